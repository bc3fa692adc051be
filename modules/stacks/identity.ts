import { type Construct } from "constructs";
import { dataOutputs } from "../contracts/data";
import { identityNotes, identityOutputs } from "../contracts/identity";
import { readOutputs, writeOutputs } from "../contracts/outputs";
import { controllerRoles } from "../core/controllers/controllers";
import { createOidcProvider } from "../core/controllers/oidc-provider";
import { type PlatformFacts, needsOf } from "../core/facts";
import { agentRole } from "../core/observability/agents";
import { createServiceAccountRoles } from "../core/service-account-roles";
import { BaseStack } from "../core/state/base-stack";
import { readNetwork } from "../core/state/read-network";
import { readState } from "../core/state/remote-state";
import { factsOf } from "../facts";
import { type Settings, hasWave } from "../schema";
import { hasBuilds } from "../wave/release/line";
import { createWaveIdentity } from "../wave/identity/identity";

/** Who may do what in AWS: the cluster's OIDC provider, roles of controllers; with Wave its roles, certificate and mail. */
export class IdentityStack extends BaseStack {
  constructor(
    scope: Construct,
    settings: Settings,
    facts: readonly PlatformFacts[] = factsOf(settings),
  ) {
    super(scope, "identity", settings);
    const network = readNetwork(this, settings);
    const provider = createOidcProvider(this, settings, network.oidcIssuer);

    const data = hasWave(settings)
      ? readOutputs(readState(this, settings, "data"), dataOutputs, {})
      : undefined;
    const wave =
      hasWave(settings) && data !== undefined
        ? createWaveIdentity(this, { settings, data, network, provider })
        : undefined;
    const controllers = controllerRoles(settings, needsOf(facts), {
      network,
      // Wave Lite has none, and its neighbours have their own.
      fileSystemId:
        hasWave(settings) && hasBuilds(settings)
          ? data?.fileSystemId
          : undefined,
    });
    const roles = createServiceAccountRoles(this, settings, provider, {
      "efs-csi-controller": controllers.efsCsiController,
      "efs-csi-node": controllers.efsCsiNode,
      "load-balancer-controller": controllers.loadBalancerController,
      "cluster-autoscaler": controllers.clusterAutoscaler,
      "cloudwatch-agent": agentRole(settings),
    });

    writeOutputs(this, identityOutputs, {
      ...wave?.outputs,
      oidcProviderArn: provider.arn,
      efsCsiControllerRoleArn: roles["efs-csi-controller"]?.arn,
      efsCsiNodeRoleArn: roles["efs-csi-node"]?.arn,
      efsCsiNodeRoleName: hasOwnFiles(facts)
        ? roles["efs-csi-node"]?.resource.name
        : undefined,
      loadBalancerControllerRoleArn: roles["load-balancer-controller"]?.arn,
      clusterAutoscalerRoleArn: roles["cluster-autoscaler"]?.arn,
      cloudwatchAgentRoleArn: roles["cloudwatch-agent"]?.arn,
    });
    writeOutputs(this, identityNotes, { ...wave?.notes });
  }
}

/** Whether a platform has a file system in its own stack: those of Wave are in `data`, and the roles here name them. */
const hasOwnFiles = (facts: readonly PlatformFacts[]): boolean =>
  facts.some(({ platform, needs }) => platform !== "wave" && needs.efs);
