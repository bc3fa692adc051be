import { type Construct } from "constructs";
import { NodeAddOns, PodAddOns } from "../aws/eks/cluster-add-ons";
import { EksAccess } from "../aws/eks/eks-access";
import { EksCluster, clusterLogGroupName } from "../aws/eks/eks-cluster";
import { FlowLog, flowLogGroupName } from "../aws/network/flow-log";
import { InterfaceEndpoints } from "../aws/network/interface-endpoints";
import { KmsKey } from "../aws/kms/kms-key";
import { NodeGroups } from "../core/cluster/node-groups";
import { Preflight } from "../core/preflight/preflight";
import { Vpc } from "../aws/network/vpc";
import { networkNotes, networkOutputs } from "../contracts/network";
import { writeOutputs } from "../contracts/outputs";
import { namesOf } from "../lib/names";
import { type Settings } from "../schema";
import { BaseStack } from "../core/state/base-stack";

/** VPC and EKS cluster with its nodes: what the other three stacks stand on (INF-01, INF-13, INF-17, INF-18). */
export class NetworkStack extends BaseStack {
  constructor(scope: Construct, settings: Settings) {
    super(scope, "network", settings);
    new Preflight(this, "preflight", { settings });
    const logsKey = this.placeLogsKey();
    const vpc = this.placeVpc(logsKey);
    const cluster = this.placeCluster(vpc, logsKey);
    const addOnVersions = this.placeNodes(vpc, cluster);
    this.writeOutputs(vpc, cluster, addOnVersions);
  }

  private placeLogsKey(): KmsKey {
    const { settings } = this;
    return new KmsKey(this, "logs-key", {
      name: namesOf(settings).of("logs"),
      description: "Logs of the control plane and of the VPC.",
      accountId: settings.accountId,
      region: settings.region,
      retain: settings.retain,
      logGroupNames: [
        clusterLogGroupName(settings),
        flowLogGroupName(settings),
      ],
    });
  }

  private placeVpc(logsKey: KmsKey): Vpc {
    const { settings } = this;
    const vpc = new Vpc(this, "vpc", { settings });
    const { vpcId } = vpc;
    const kmsKeyArn = logsKey.arn;
    new FlowLog(this, "flow-log", { settings, vpcId, kmsKeyArn });
    if (settings.network.interfaceEndpoints.length > 0) {
      const subnetIds = Object.values(vpc.privateSubnetIds);
      const id = "interface-endpoints";
      new InterfaceEndpoints(this, id, { settings, vpcId, subnetIds });
    }
    return vpc;
  }

  private placeCluster(vpc: Vpc, logsKey: KmsKey): EksCluster {
    return new EksCluster(this, "cluster", {
      settings: this.settings,
      subnetIds: vpc.privateSubnetIds,
      logsKeyArn: logsKey.arn,
    });
  }

  /** In the order of DEC-11: way in, add-ons of nodes, nodes, add-ons that are pods. */
  private placeNodes(vpc: Vpc, cluster: EksCluster): Record<string, string> {
    const common = {
      settings: this.settings,
      clusterName: cluster.clusterName,
    };
    const access = new EksAccess(this, "access", common);
    const nodeAddOns = new NodeAddOns(this, "node-add-ons", common);
    const nodes = new NodeGroups(this, "nodes", {
      ...common,
      subnetIds: Object.values(vpc.privateSubnetIds),
      after: [...access.deployer, ...nodeAddOns.resources, ...vpc.waysOut],
    });
    const after = [nodes.system];
    const podAddOns = new PodAddOns(this, "pod-add-ons", { ...common, after });
    return { ...nodeAddOns.versions, ...podAddOns.versions };
  }

  private writeOutputs(
    vpc: Vpc,
    cluster: EksCluster,
    addOnVersions: Record<string, string>,
  ): void {
    writeOutputs(this, networkOutputs, {
      vpcId: vpc.vpcId,
      privateSubnetIds: vpc.privateSubnetIds,
      publicSubnetIds: vpc.publicSubnetIds,
      clusterArn: cluster.arn,
      clusterName: cluster.clusterName,
      clusterEndpoint: cluster.endpoint,
      clusterCertificateAuthority: cluster.certificateAuthority,
      clusterSecurityGroupId: cluster.securityGroupId,
      oidcIssuer: cluster.oidcIssuer,
    });
    writeOutputs(this, networkNotes, {
      kubeconfigCommand: `aws eks update-kubeconfig --region ${this.settings.region} --name ${cluster.clusterName}`,
      addonVersions: addOnVersions,
    });
  }
}
