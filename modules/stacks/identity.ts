import { type Construct } from "constructs";
import { OidcProvider } from "../aws/iam/oidc-provider";
import { readDataOutputs } from "../contracts/data";
import { writeIdentityOutputs } from "../contracts/identity";
import { readNetworkOutputs } from "../contracts/network";
import { readState } from "../core/state/remote-state";
import { controllerRoles } from "../core/controllers/controller-roles";
import { namesOf } from "../lib/names";
import { type Settings } from "../schema";
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
  constructor(scope: Construct, settings: Settings) {
    super(scope, "identity", settings);
    const network = readNetworkOutputs(
      readState(this, settings, "network"),
      settings.network.zones,
    );
    const data = readDataOutputs(readState(this, settings, "data"));

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

    writeIdentityOutputs(this, {
      serverRoleArn: roles["wave-server"]?.arn,
      buildRoleArn,
      exportRoleArn: roles["surreal-export"]?.arn,
      ecrRoleArn,
      cacheRoleArn: roles["wave-cache"]?.arn,
      efsCsiControllerRoleArn: roles["efs-csi-controller"]?.arn,
      efsCsiNodeRoleArn: roles["efs-csi-node"]?.arn,
      loadBalancerControllerRoleArn: roles["load-balancer-controller"]?.arn,
      certificateArn: certificateArnOf(this, settings),
      ecrKeyPolicyArn: placeEcrKeyPolicy(this, settings, data),
      mailDnsRecords: placeMailDomain(this, settings),
    });
  }
}
