import {
  EC2Client,
  type Tag,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
  DescribeAddressesCommand,
} from "@aws-sdk/client-ec2";
import { isCreatedNetwork } from "../../../modules/core/kinds";
import { namesOf } from "../../../modules/lib/names";
import { type Severity } from "./check";
import { type Examined } from "./examined";

/** What an environment needs of a quota. */
export interface Use {
  readonly path: string;
  readonly needs: number;
  /** What is needed, in a few words. */
  readonly what: string;
  /** What the rest of the account uses. */
  readonly others: number;
  /** The other way out. */
  readonly orElse: string;
  readonly severity: Severity;
}

/** Ways out that are the same for all of them. */
const LESS = "or free what nobody uses";

/** The VPC itself. */
export const vpcUse = (examined: Examined) =>
  createdNetwork(examined) &&
  countOthers(
    examined,
    pages(
      paginateDescribeVpcs({ client: examined.aws.client(EC2Client) }, {}),
      ({ Vpcs }) => Vpcs,
    ),
    {
      path: "network.kind",
      needs: 1,
      what: "a VPC",
      orElse: `${LESS}, or use a VPC that exists (network.kind: existing)`,
    },
  );

/** Its internet gateway. */
export const gatewayUse = (examined: Examined) =>
  createdNetwork(examined)?.internet
    ? countOthers(
        examined,
        pages(
          paginateDescribeInternetGateways(
            { client: examined.aws.client(EC2Client) },
            {},
          ),
          ({ InternetGateways }) => InternetGateways,
        ),
        {
          path: "network.internet",
          needs: 1,
          what: "an internet gateway",
          orElse: LESS,
        },
      )
    : undefined;

/** Addresses of the NAT gateways. */
export function addressUse(examined: Examined) {
  const zones = natZones(examined);
  return zones.length === 0
    ? undefined
    : countOthers(
        examined,
        examined.aws
          .client(EC2Client)
          .send(new DescribeAddressesCommand({}))
          .then(({ Addresses = [] }) => Addresses),
        {
          path: "network.natGateways",
          needs: zones.length,
          what: `${zones.length} NAT gateways`,
          orElse:
            zones.length > 1
              ? `${LESS}, or write network.natGateways: single`
              : LESS,
        },
      );
}

/** Of each zone: its NAT gateway. */
export function natUse(examined: Examined): Promise<Use[]> | undefined {
  const zones = natZones(examined);
  return zones.length === 0 ? undefined : natByZone(examined, zones);
}

async function natByZone(
  examined: Examined,
  zones: readonly string[],
): Promise<Use[]> {
  const client = examined.aws.client(EC2Client);
  const [gateways, subnets] = await Promise.all([
    pages(
      paginateDescribeNatGateways(
        { client },
        { Filter: [{ Name: "state", Values: ["pending", "available"] }] },
      ),
      ({ NatGateways }) => NatGateways,
    ),
    pages(paginateDescribeSubnets({ client }, {}), ({ Subnets }) => Subnets),
  ]);
  const zoneOf = new Map(
    subnets.map(({ SubnetId, AvailabilityZone }) => [
      SubnetId,
      AvailabilityZone,
    ]),
  );
  const { region } = examined.settings;
  return zones.map((zone) => ({
    path: "network.zones",
    needs: 1,
    what: `a NAT gateway in ${region}${zone}`,
    others: gateways.filter(
      (gateway) =>
        !isOwn(examined, gateway) &&
        zoneOf.get(gateway.SubnetId) === region + zone,
    ).length,
    orElse: LESS,
    severity: "stops",
  }));
}

const createdNetwork = ({ settings }: Examined) =>
  isCreatedNetwork(settings) ? settings.network : undefined;

/** Letters of the zones that get a NAT gateway. */
function natZones(examined: Examined): string[] {
  const network = createdNetwork(examined);
  if (!network?.internet) return [];
  return network.natGateways === "single"
    ? network.zones.slice(0, 1)
    : network.zones;
}

interface Tagged {
  readonly Tags?: Tag[] | undefined;
}

async function countOthers(
  examined: Examined,
  asked: Promise<readonly Tagged[]>,
  use: Omit<Use, "others" | "severity">,
): Promise<Use[]> {
  const others = (await asked).filter((one) => !isOwn(examined, one)).length;
  return [{ ...use, others, severity: "stops" }];
}

/** Whether something in EC2 carries a name of this environment. */
function isOwn({ settings }: Examined, { Tags = [] }: Tagged): boolean {
  const { prefix } = namesOf(settings);
  const name = Tags.find(({ Key }) => Key === "Name")?.Value ?? "";
  return name === prefix || name.startsWith(`${prefix}-`);
}

async function pages<Page, One>(
  asked: AsyncIterable<Page>,
  listOf: (page: Page) => One[] | undefined,
): Promise<One[]> {
  const all: One[] = [];
  for await (const page of asked) all.push(...(listOf(page) ?? []));
  return all;
}
