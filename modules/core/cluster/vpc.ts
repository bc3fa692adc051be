import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { FlowLog } from "../../aws/network/flow-log";
import { InterfaceEndpoints } from "../../aws/network/interface-endpoints";
import { IsolatedSubnets } from "../../aws/network/isolated-subnets";
import { Vpc } from "../../aws/network/vpc";
import { partitionOf } from "../../lib/aws-partition";
import { namesOf } from "../../lib/names";
import { type PlatformNeeds } from "../facts";
import { type CreatedNetworkSettings } from "../kinds";
import { subnetRanges } from "../network-facts";
import { endpointServices } from "./endpoint-services";

/** What the cluster stands in. */
export interface ClusterNetwork {
  readonly vpc: Pick<Vpc, "vpcId" | "privateSubnetIds" | "publicSubnetIds"> & {
    /** Account of a VPC that exists; undefined of one that is made here. */
    readonly ownerId?: string;
  };
  /** What makes registries and AWS reachable from the private subnets: nodes can neither join nor be drained without. */
  readonly connectivity: readonly ITerraformDependable[];
}

/** The VPC that the settings describe, its flow log, and interface endpoints where some are wanted or needed. */
export function createVpc(
  scope: Construct,
  settings: CreatedNetworkSettings,
  { needs, logsKeyArn }: { needs: PlatformNeeds; logsKeyArn: string },
): ClusterNetwork {
  const { accountId, iam, network, region, retain } = settings;
  const name = namesOf(settings).prefix;
  const { cidr, podCidr, zones, internet, natGateways } = network;
  const vpc = new Vpc(scope, "vpc", {
    name,
    region,
    cidr,
    podCidr,
    zones,
    internet,
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
  const endpoints = createEndpoints(scope, settings, needs, vpc);
  return {
    vpc,
    connectivity: internet
      ? vpc.internetConnectivity
      : [...vpc.internetConnectivity, ...endpoints],
  };
}

function createEndpoints(
  scope: Construct,
  settings: CreatedNetworkSettings,
  needs: PlatformNeeds,
  vpc: Vpc,
): readonly ITerraformDependable[] {
  const { network, region } = settings;
  const services = endpointServices(settings, needs);
  if (services.length === 0) return [];
  const name = namesOf(settings).prefix;
  const { vpcId } = vpc;
  return new InterfaceEndpoints(scope, "interface-endpoints", {
    name,
    region,
    vpcId,
    vpcCidr: network.cidr,
    podCidr: network.podCidr,
    // In subnets of their own what policies let builds reach is endpoints only, and not the Kubernetes API.
    subnetIds: Object.values(
      network.internet
        ? vpc.privateSubnetIds
        : new IsolatedSubnets(scope, "endpoint-subnets", {
            name: `${name}-endpoints`,
            region,
            vpcId,
            ranges: subnetRanges(settings, "endpoints"),
          }).subnetIds,
    ),
    services,
  }).resources;
}
