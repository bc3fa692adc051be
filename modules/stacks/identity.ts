import { type Construct } from "constructs";
import { OidcProvider } from "../aws/iam/oidc-provider";
import { dataOutputs } from "../contracts/data";
import { identityNotes, identityOutputs } from "../contracts/identity";
import { readOutputs, writeOutputs } from "../contracts/outputs";
import { readNetwork } from "../core/state/read-network";
import { readState } from "../core/state/remote-state";
import { controllerRoles } from "../core/controllers/controllers";
import { needsOf } from "../core/facts";
import { createServiceAccountRoles } from "../core/service-account-roles";
import { factsOf } from "../facts";
import { namesOf } from "../lib/names";
import { type Settings, requireWave } from "../schema";
import { createWaveIdentity } from "../wave/identity/identity";
import { BaseStack } from "../core/state/base-stack";

/** Who may do what in AWS: roles of workloads and controllers, certificate, mail. */
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
    const wave = createWaveIdentity(this, { settings, data, provider });
    const controllers = controllerRoles(settings, needsOf(factsOf(settings)), {
      network,
      data,
    });
    const roles = createServiceAccountRoles(this, settings, provider, {
      "efs-csi-controller": controllers.efsCsiController,
      "efs-csi-node": controllers.efsCsiNode,
      "load-balancer-controller": controllers.loadBalancerController,
    });

    writeOutputs(this, identityOutputs, {
      ...wave.outputs,
      oidcProviderArn: provider.arn,
      efsCsiControllerRoleArn: roles["efs-csi-controller"]?.arn,
      efsCsiNodeRoleArn: roles["efs-csi-node"]?.arn,
      loadBalancerControllerRoleArn: roles["load-balancer-controller"]?.arn,
    });
    writeOutputs(this, identityNotes, wave.notes);
  }
}
