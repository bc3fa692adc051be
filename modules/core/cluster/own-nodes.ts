import { type Construct } from "constructs";
import { EksAddOn } from "../../aws/eks/eks-add-on";
import { controllersOf } from "../controllers/given";
import { type ExistingClusterSettings } from "../kinds";
import { type ClusterFields, createAccess, managesAccess } from "./cluster";
import { NodeGroups } from "./node-groups";
import { systemNodes } from "./node-labels";
import { type ClusterNetwork } from "./vpc";

/** What they stand on. */
export interface OwnNodesInputs {
  readonly vpc: ClusterNetwork["vpc"];
  readonly cluster: ClusterFields;
  /** Ports of registries that builds reach, besides 80 and 443. */
  readonly buildPorts: readonly number[];
}

/** What they are known by. */
export interface OwnNodes {
  /** Security group of the nodes that builds run on; undefined where there are none of ours. */
  readonly buildSecurityGroupId: string | undefined;
  /** Versions of the add-ons of ours that run, by their short name. */
  readonly addOnVersions: Readonly<Record<string, string>>;
}

/** What a cluster that exists gets of ours, and only where the settings ask for it: access, node groups, metrics server. */
export function createOwnNodes(
  scope: Construct,
  settings: ExistingClusterSettings,
  { vpc, cluster, buildPorts }: OwnNodesInputs,
): OwnNodes {
  const { clusterName } = cluster;
  const access = managesAccess(settings)
    ? createAccess(scope, settings, clusterName).deployer
    : [];
  const hasGroups = Object.keys(settings.cluster.nodeGroups).length > 0;
  const nodes = hasGroups
    ? new NodeGroups(scope, "nodes", {
        settings,
        clusterName,
        clusterSecurityGroupId: cluster.securityGroupId,
        vpcId: vpc.vpcId,
        buildPorts,
        subnetIds: Object.values(vpc.privateSubnetIds),
        dependsOn: access,
      })
    : undefined;
  return {
    buildSecurityGroupId: nodes?.buildSecurityGroupId,
    addOnVersions:
      controllersOf(settings).metricsServer === "ours"
        ? {
            metricsServer: createMetricsServer(scope, settings, {
              clusterName,
              dependsOn: nodes?.system ? [nodes.system] : [],
            }).version,
          }
        : {},
  };
}

/** The add-on of EKS, at the version that it recommends for the minor. */
const createMetricsServer = (
  scope: Construct,
  settings: ExistingClusterSettings,
  props: Pick<
    ConstructorParameters<typeof EksAddOn>[2],
    "clusterName" | "dependsOn"
  >,
): EksAddOn => {
  const nodeSelector = systemNodes(settings);
  return new EksAddOn(scope, "metrics-server", {
    ...props,
    addOn: "metrics-server",
    kubernetesVersion: settings.cluster.version,
    configuration:
      Object.keys(nodeSelector).length > 0 ? { nodeSelector } : undefined,
  });
};
