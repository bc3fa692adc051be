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
