import { type Construct } from "constructs";
import { FlowLog } from "../../aws/network/flow-log";
import { InterfaceEndpoints } from "../../aws/network/interface-endpoints";
import { Vpc } from "../../aws/network/vpc";
import { partitionOf } from "../../lib/aws-partition";
import { namesOf } from "../../lib/names";
import { type CoreSettings } from "../settings/schema";

/** The VPC that the settings describe, its flow log, and interface endpoints where some are wanted. */
export function createVpc(
  scope: Construct,
  settings: CoreSettings,
  logsKeyArn: string,
): Vpc {
  const { accountId, iam, network, region, retain } = settings;
  const name = namesOf(settings).prefix;
  const { cidr, zones, natGateways } = network;
  const vpc = new Vpc(scope, "vpc", {
    name,
    region,
    cidr,
    zones,
    natGateways,
    retain,
  });
  const { vpcId } = vpc;
  new FlowLog(scope, "flow-log", {
    name,
    vpcId,
    accountId,
    kmsKeyArn: logsKeyArn,
    retentionDays: network.flowLogRetentionDays,
    roleName: namesOf(settings).iam("flow-log"),
    iam,
    partition: partitionOf(region),
  });
  if (network.interfaceEndpoints.length > 0)
    new InterfaceEndpoints(scope, "interface-endpoints", {
      name,
      region,
      vpcId,
      vpcCidr: cidr,
      subnetIds: Object.values(vpc.privateSubnetIds),
      services: network.interfaceEndpoints,
    });
  return vpc;
}
