/** AWS partition: the middle part of every ARN. */
export type AwsPartition = "aws" | "aws-us-gov" | "aws-cn";

/** Partition of a region: `aws`, `aws-us-gov` or `aws-cn`. */
export function partitionOf(region: string): AwsPartition {
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  if (region.startsWith("cn-")) return "aws-cn";
  return "aws";
}

/** DNS suffix of a region's service hosts: `amazonaws.com`, in China `amazonaws.com.cn`. */
export function dnsSuffixOf(region: string): string {
  return partitionOf(region) === "aws-cn"
    ? "amazonaws.com.cn"
    : "amazonaws.com";
}

/**
 * Short form of a region, `eu-central-1` → `euc1`, `us-gov-west-1` → `usgw1`: for names that are unique in the account
 * whatever the region, as those of IAM.
 */
export function shortRegion(region: string): string {
  const [country = "", ...rest] = region.split("-");
  const number = rest.pop() ?? "";
  return country + rest.map(shortDirection).join("") + number;
}

function shortDirection(word: string): string {
  const compound = /^(north|south)(east|west)$/.exec(word);
  if (compound !== null)
    return `${compound[1]?.[0] ?? ""}${compound[2]?.[0] ?? ""}`;
  return word === "gov" ? "g" : (word[0] ?? "");
}
