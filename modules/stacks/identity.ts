import { type Construct } from "constructs";
import { OidcProvider } from "../aws/iam/oidc-provider";
import { dataOutputs } from "../contracts/data";
import { identityNotes, identityOutputs } from "../contracts/identity";
import { readOutputs, writeOutputs } from "../contracts/outputs";
import { readNetwork } from "../core/state/read-network";
import { readState } from "../core/state/remote-state";
import { controllerRoles } from "../core/controllers/controller-roles";
import { namesOf } from "../lib/names";
import { type Settings, requireWave } from "../schema";
import { certificateArnOf } from "../wave/identity/certificate";
import { placeMailDomain } from "../wave/identity/mail-domain";
import {
  placeEcrRole,
  placeServiceAccountRoles,
} from "../wave/identity/place-roles";
import {
  guardRepositories,
  placeEcrKeyPolicy,
} from "../wave/identity/repository-access";
import { waveRoles } from "../wave/identity/roles";
import { BaseStack } from "../core/state/base-stack";

/** Who may do what in AWS: roles of workloads and controllers, certificate, mail (DEC-10). */
export class IdentityStack extends BaseStack {
  constructor(scope: Construct, all: Settings) {
    const settings = requireWave(all);
    super(scope, "identity", settings);
    const network = readNetwork(this, settings);
    const data = readOutputs(
      readState(this, settings, "data"),
      dataOutputs,
      {},
    );

    const provider = new OidcProvider(this, "oidc-provider", {
      name: namesOf(settings).of("oidc"),
      issuer: network.oidcIssuer,
      retain: settings.retain,
    });
    const wave = waveRoles(settings, data);
    const controllers = controllerRoles(settings, { network, data });
    const roles = placeServiceAccountRoles(this, settings, provider, {
      "wave-server": wave.server,
      "wave-build": wave.build,
      "wave-cache": wave.cache,
      "surreal-export": wave.export,
      "efs-csi-controller": controllers.efsCsiController,
      "efs-csi-node": controllers.efsCsiNode,
      "load-balancer-controller": controllers.loadBalancerController,
    });
    const ecrRoleArn = placeEcrRole(this, settings, wave, roles["wave-server"]);
    const buildRoleArn = roles["wave-build"]?.arn;
    guardRepositories(this, settings, data, ecrRoleArn ?? buildRoleArn);

    writeOutputs(this, identityOutputs, {
      oidcProviderArn: provider.arn,
      serverRoleArn: roles["wave-server"]?.arn,
      buildRoleArn,
      exportRoleArn: roles["surreal-export"]?.arn,
      ecrRoleArn,
      cacheRoleArn: roles["wave-cache"]?.arn,
      efsCsiControllerRoleArn: roles["efs-csi-controller"]?.arn,
      efsCsiNodeRoleArn: roles["efs-csi-node"]?.arn,
      loadBalancerControllerRoleArn: roles["load-balancer-controller"]?.arn,
      certificateArn: certificateArnOf(this, settings),
    });
    writeOutputs(this, identityNotes, {
      ecrKeyPolicyArn: placeEcrKeyPolicy(this, settings, data),
      mailDnsRecords: placeMailDomain(this, settings),
    });
  }
}
