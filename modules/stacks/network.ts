import { type Construct } from "constructs";
import { type EksCluster, clusterLogGroupName } from "../aws/eks/eks-cluster";
import { flowLogGroupName } from "../aws/network/flow-log";
import { KmsKey } from "../aws/kms/kms-key";
import { clusterNameOf, createCluster } from "../core/cluster/cluster";
import { type NodeGroups } from "../core/cluster/node-groups";
import { createNodes } from "../core/cluster/nodes";
import { createVpc } from "../core/cluster/vpc";
import { type PlatformFacts, needsOf } from "../core/facts";
import { coreExpectations } from "../core/preflight/core-expectations";
import { Preflight } from "../core/preflight/preflight";
import { type Vpc } from "../aws/network/vpc";
import { networkNotes, networkOutputs } from "../contracts/network";
import { writeOutputs } from "../contracts/outputs";
import { isCreatedCluster, isCreatedNetwork } from "../core/kinds";
import { namesOf } from "../lib/names";
import { factsOf } from "../facts";
import { type Settings, hasWave } from "../schema";
import { noWaveExpectations, waveExpectations } from "../wave/preflight";
import { BaseStack } from "../core/state/base-stack";

/** VPC and EKS cluster with its nodes: what the other three stacks stand on. */
export class NetworkStack extends BaseStack {
  constructor(
    scope: Construct,
    settings: Settings,
    facts: readonly PlatformFacts[] = factsOf(settings),
  ) {
    super(scope, "network", settings);
    new Preflight(this, "preflight", {
      expectations: [
        ...coreExpectations(settings, facts),
        ...(hasWave(settings)
          ? waveExpectations(settings)
          : noWaveExpectations(settings)),
      ],
    });
    if (!isCreatedNetwork(settings) || !isCreatedCluster(settings))
      throw new Error("A VPC or cluster that exists is not supported yet.");
    const logsKeyArn = this.createLogsKey().arn;
    const { vpc, connectivity } = createVpc(this, settings, {
      needs: needsOf(facts),
      logsKeyArn,
    });
    const cluster = createCluster(this, settings, {
      subnetIds: Object.values(vpc.privateSubnetIds),
      logsKeyArn,
    });
    const { nodes, addOnVersions } = createNodes(this, settings, {
      vpc,
      connectivity,
      cluster,
      buildPorts: facts.flatMap(({ buildPorts = [] }) => buildPorts),
    });
    this.writeOutputs(vpc, cluster, nodes, addOnVersions);
  }

  private createLogsKey(): KmsKey {
    const { settings } = this;
    return new KmsKey(this, "logs-key", {
      name: namesOf(settings).of("logs"),
      description: "Logs of the control plane and of the VPC.",
      accountId: settings.accountId,
      region: settings.region,
      retain: settings.retain,
      logGroupNames: [
        clusterLogGroupName(clusterNameOf(settings)),
        flowLogGroupName(namesOf(settings).prefix),
      ],
    });
  }

  private writeOutputs(
    vpc: Vpc,
    cluster: EksCluster,
    { buildSecurityGroupId }: NodeGroups,
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
      buildSecurityGroupId,
      oidcIssuer: cluster.oidcIssuer,
    });
    writeOutputs(this, networkNotes, {
      kubeconfigCommand: `aws eks update-kubeconfig --region ${this.settings.region} --name ${cluster.clusterName}`,
      addonVersions: addOnVersions,
    });
  }
}
