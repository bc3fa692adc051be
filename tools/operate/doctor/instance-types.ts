import {
  DescribeAvailabilityZonesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { isCreatedCluster } from "../../../modules/core/kinds";
import { zonesOf } from "../../../modules/core/network-facts";
import { WITHOUT_EKS } from "../../../modules/core/preflight/region";
import { errorName } from "../aws/errors";
import { type Check, type Finding } from "./check";
import { type Examined, once } from "./examined";
import { type Nodes, nodesOf } from "./nodes";

/** The zones are this account's, and each group of nodes has a type in each of them, of its image's architecture. */
export const instanceTypeChecks = (examined: Examined): Check[] => {
  const usable = once(() => usableZones(examined));
  return [
    // Zones of a cluster that exists are those of its subnets.
    ...(isCreatedCluster(examined.settings)
      ? [
          {
            about: "zones",
            ask: async () => zones(examined, await usable()),
          },
        ]
      : []),
    ...nodesOf(examined.settings).flatMap((nodes) => [
      {
        about: `instance types of ${nodes.path} by zone`,
        ask: async () => offered(examined, nodes, await usable()),
      },
      {
        about: `architecture of ${nodes.path}`,
        ask: () => architecture(examined, nodes),
      },
    ]),
  ];
};

const pathOfZones = ({ settings: { network } }: Examined): string =>
  network.kind === "created" ? "network.zones" : "network.subnets";

/** Names of the zones that this account has and EKS uses. */
async function usableZones({ aws }: Examined): Promise<string[]> {
  const { AvailabilityZones = [] } = await aws
    .client(EC2Client)
    .send(new DescribeAvailabilityZonesCommand({}));
  return AvailabilityZones.filter(
    ({ State, ZoneId = "" }) =>
      State === "available" && !WITHOUT_EKS.includes(ZoneId),
  ).map(({ ZoneName = "" }) => ZoneName);
}

function zones(examined: Examined, usable: readonly string[]): Finding[] {
  const { settings } = examined;
  return zonesOf(settings)
    .filter((zone) => !usable.includes(settings.region + zone))
    .map((zone) => ({
      path: pathOfZones(examined),
      found: `"${zone}", but in this account EKS can use only ${usable.join(", ")}`,
      fix: "choose letters of these",
      severity: "stops",
    }));
}

async function offered(
  examined: Examined,
  { path, instanceTypes }: Nodes,
  usable: readonly string[],
): Promise<Finding[]> {
  const { aws, settings } = examined;
  const { region } = settings;
  const { InstanceTypeOfferings = [] } = await aws.client(EC2Client).send(
    new DescribeInstanceTypeOfferingsCommand({
      LocationType: "availability-zone",
      Filters: [{ Name: "instance-type", Values: [...instanceTypes] }],
    }),
  );
  const types = InstanceTypeOfferings.map(
    ({ InstanceType }) => InstanceType as string,
  );
  const places = InstanceTypeOfferings.map(({ Location }) => Location);
  return [
    ...instanceTypes
      .filter((type) => !types.includes(type))
      .map((type) => ({
        path: `${path}.instanceTypes`,
        found: `${type}, which ${region} does not offer`,
        fix: "choose another type of the same architecture",
        severity: "stops" as const,
      })),
    ...zonesOf(settings)
      // A zone that cannot be used is said once.
      .filter((zone) => usable.includes(region + zone))
      .filter((zone) => places.length > 0 && !places.includes(region + zone))
      .map((zone) => ({
        path: `${path}.instanceTypes`,
        found: `${instanceTypes.join(", ")}: no type that ${region}${zone} offers, so nodes would not start there`,
        fix: `add a type, or leave the zone out of ${pathOfZones(examined)}`,
        severity: "stops" as const,
      })),
  ];
}

/** A type that the region does not have is said elsewhere. */
async function architecture(
  examined: Examined,
  { path, instanceTypes, amiType }: Nodes,
): Promise<Finding[]> {
  const wanted = amiType.includes("_ARM_64") ? "arm64" : "x86_64";
  const types = await describeTypes(examined, instanceTypes);
  return types
    .filter(({ architectures }) => !architectures.includes(wanted))
    .map(({ type, architectures }) => ({
      path: `${path}.instanceTypes`,
      found: `${type} is ${architectures.join(" and ")}, and ${path}.amiType is ${amiType}`,
      fix: `choose types of ${wanted}, or an amiType of ${architectures.join(" or ")}`,
      severity: "stops",
    }));
}

/** An instance type of EC2. */
export interface InstanceType {
  readonly type: string;
  readonly vCpus: number;
  readonly architectures: readonly string[];
}

/** Those of the types that the region has. */
export async function describeTypes(
  { aws }: Examined,
  types: readonly string[],
): Promise<InstanceType[]> {
  try {
    const { InstanceTypes = [] } = await aws.client(EC2Client).send(
      // A filter finds none where the list of types would be refused as a whole.
      new DescribeInstanceTypesCommand({
        Filters: [{ Name: "instance-type", Values: [...new Set(types)] }],
      }),
    );
    return InstanceTypes.map(({ InstanceType, VCpuInfo, ProcessorInfo }) => ({
      type: InstanceType as string,
      vCpus: VCpuInfo?.DefaultVCpus ?? 0,
      architectures: ProcessorInfo?.SupportedArchitectures ?? [],
    }));
  } catch (error) {
    if (errorName(error) === "InvalidInstanceType") return [];
    throw error;
  }
}
