import { type Construct } from "constructs";
import { createGround } from "../core/cluster/ground";
import { type PlatformFacts, needsOf } from "../core/facts";
import { coreExpectations } from "../core/preflight/core-expectations";
import { Preflight } from "../core/preflight/preflight";
import { computeEnvExpectations } from "../compute-env/preflight";
import { deliveryExpectations } from "../delivery/preflight";
import { emgExpectations } from "../emg/preflight";
import { networkNotes, networkOutputs } from "../contracts/network";
import { writeOutputs } from "../contracts/outputs";
import { factsOf } from "../facts";
import {
  type Settings,
  hasComputeEnv,
  hasDelivery,
  hasEmg,
  hasWave,
} from "../schema";
import { noWaveExpectations, waveExpectations } from "../wave/preflight";
import { waitingPodsAlarms } from "../aws/cloudwatch/cluster-alarms";
import { isCreatedCluster } from "../core/kinds";
import { createAlarms } from "../core/observability/alarms";
import { createAlarmTopic } from "../core/observability/topic";
import { BaseStack } from "../core/state/base-stack";

/** VPC and EKS cluster with its nodes, made or read: what the other three stacks stand on. */
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
        ...(hasComputeEnv(settings) ? computeEnvExpectations(settings) : []),
        ...(hasDelivery(settings) ? deliveryExpectations(settings) : []),
        ...(hasEmg(settings) ? emgExpectations(settings) : []),
      ],
    });
    const { vpc, cluster, buildSecurityGroupId, addOnVersions } = createGround(
      this,
      settings,
      {
        needs: needsOf(facts),
        buildPorts: facts.flatMap(({ buildPorts = [] }) => buildPorts),
      },
    );
    const alarmTopicArn = createAlarmTopic(this, settings);
    // In a cluster that exists pods of others wait too.
    if (isCreatedCluster(settings) && alarmTopicArn !== undefined)
      createAlarms(
        this,
        settings,
        { alarmTopicArn },
        "pods",
        waitingPodsAlarms(cluster.clusterName),
      );
    writeOutputs(this, networkOutputs, {
      vpcId: vpc.vpcId,
      vpcOwnerId: vpc.ownerId,
      privateSubnetIds: vpc.privateSubnetIds,
      publicSubnetIds: vpc.publicSubnetIds,
      clusterArn: cluster.arn,
      clusterName: cluster.clusterName,
      clusterEndpoint: cluster.endpoint,
      clusterCertificateAuthority: cluster.certificateAuthority,
      clusterSecurityGroupId: cluster.securityGroupId,
      buildSecurityGroupId,
      oidcIssuer: cluster.oidcIssuer,
      alarmTopicArn,
    });
    writeOutputs(this, networkNotes, {
      kubeconfigCommand: `aws eks update-kubeconfig --region ${settings.region} --name ${cluster.clusterName}`,
      addonVersions: addOnVersions,
    });
  }
}
