import {
  DescribeInstancesCommand,
  DescribeNatGatewaysCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from "@aws-sdk/client-resource-groups-tagging-api";
import { type AwsAccess } from "../aws/clients";

/** ARNs of everything in the region with all of these tags, as AWS's tagging API knows it: what has no tags is not in it. */
export async function taggedWith(
  aws: AwsAccess,
  tags: Readonly<Record<string, string>>,
): Promise<string[]> {
  const client = aws.client(ResourceGroupsTaggingAPIClient);
  const found: string[] = [];
  let PaginationToken: string | undefined;
  do {
    const page = await client.send(
      new GetResourcesCommand({
        TagFilters: Object.entries(tags).map(([Key, value]) => ({
          Key,
          Values: [value],
        })),
        ResourcesPerPage: 100,
        PaginationToken,
      }),
    );
    for (const { ResourceARN } of page.ResourceTagMappingList ?? [])
      if (ResourceARN !== undefined) found.push(ResourceARN);
    // An empty one is the last page's.
    PaginationToken =
      page.PaginationToken === "" ? undefined : page.PaginationToken;
  } while (PaginationToken !== undefined);
  return found;
}

/**
 * Without what EC2 shows for an hour after it is gone: instances that are terminated, and NAT gateways that are deleted.
 *
 * @param arns Such as `arn:aws:ec2:eu-central-1:111122223333:natgateway/nat-1`.
 */
export async function stillThere(
  aws: AwsAccess,
  arns: readonly string[],
): Promise<string[]> {
  const idsOf = (kind: string): string[] =>
    arns.flatMap((arn) => arn.split(`:${kind}/`).slice(1));
  const ec2 = aws.client(EC2Client);
  const gone: (string | undefined)[] = [];
  const gateways = idsOf("natgateway");
  if (gateways.length > 0) {
    const { NatGateways = [] } = await ec2.send(
      new DescribeNatGatewaysCommand({ NatGatewayIds: gateways }),
    );
    const ended = NatGateways.filter(({ State }) => State === "deleted");
    gone.push(...ended.map(({ NatGatewayId }) => NatGatewayId));
  }
  const instances = idsOf("instance");
  if (instances.length > 0) {
    const { Reservations = [] } = await ec2.send(
      new DescribeInstancesCommand({ InstanceIds: instances }),
    );
    const ended = Reservations.flatMap(({ Instances = [] }) =>
      Instances.filter(({ State }) => State?.Name === "terminated"),
    );
    gone.push(...ended.map(({ InstanceId }) => InstanceId));
  }
  return arns.filter((arn) => !gone.includes(arn.split("/").at(-1)));
}

/** What is there now and was not before, in two kinds: AWS deletes no key in less than a week. */
export function leftOf(
  before: readonly string[],
  now: readonly string[],
): { readonly left: string[]; readonly waiting: string[] } {
  const news = now.filter((arn) => !before.includes(arn));
  const isKey = (arn: string): boolean => arn.split(":")[2] === "kms";
  return {
    left: news.filter((arn) => !isKey(arn)),
    waiting: news.filter(isKey),
  };
}
