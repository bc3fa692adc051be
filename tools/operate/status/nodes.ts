import { DescribeNodegroupCommand, EKSClient } from "@aws-sdk/client-eks";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type AwsAccess } from "../aws/clients";
import { type Row, counted, daysBetween } from "./part";
import { type StackState, attributesOf } from "./states";

type Aws = Pick<AwsAccess, "client">;

/** An image older than that lacks fixes of months, whatever is newer. */
const OLD_DAYS = 90;

/** The nodes of every group: their health, the age of their image, and whether EKS has a newer one. */
export async function nodeRows(
  states: readonly StackState[],
  aws: Aws,
  now: Date,
): Promise<Row[]> {
  const groups = attributesOf(states, "aws_eks_node_group");
  return (
    await Promise.all(
      groups.map((group) =>
        groupRows(
          String(group.cluster_name),
          String(group.node_group_name),
          aws,
          now,
        ),
      ),
    )
  ).flat();
}

async function groupRows(
  clusterName: string,
  nodegroupName: string,
  aws: Aws,
  now: Date,
): Promise<Row[]> {
  const what = `node group ${nodegroupName}`;
  const { nodegroup = {} } = await aws
    .client(EKSClient)
    .send(new DescribeNodegroupCommand({ clusterName, nodegroupName }));
  const { releaseVersion = "", version = "", amiType = "", status } = nodegroup;
  const issues = nodegroup.health?.issues ?? [];
  const newest = await newestRelease(version, amiType, aws);
  return [
    imageRow(what, releaseVersion, newest, now),
    ...(status === "ACTIVE" || status === undefined
      ? []
      : [{ what, found: `is ${status}`, standing: "wrong" as const }]),
    ...issues.map(({ code, message }) => ({
      what,
      found: `${code ?? "issue"}: ${message ?? ""}`,
      standing: "wrong" as const,
    })),
  ];
}

/** A release ends in its day: `1.36.0-20260901`. One of Bottlerocket has none. */
export function imageRow(
  what: string,
  release: string,
  newest: string | undefined,
  now: Date,
): Row {
  const [, year, month, day] = /-(\d{4})(\d\d)(\d\d)$/.exec(release) ?? [];
  const days =
    year === undefined
      ? undefined
      : daysBetween(new Date(`${year}-${month ?? ""}-${day ?? ""}`), now);
  const newer =
    newest === undefined
      ? ", the newest release was not asked"
      : newest === release
        ? ", the newest"
        : `, and ${newest} is there`;
  const isOld = days !== undefined && days > OLD_DAYS;
  return {
    what,
    found: `image ${release}${days === undefined ? "" : `, ${counted(days, "day")} old`}${newer}`,
    standing:
      isOld && newest !== release
        ? "wrong"
        : newest !== undefined && newest !== release
          ? "know"
          : "fine",
  };
}

/** Parameters of Systems Manager, as the EKS user guide names them ("Retrieve recommended Amazon Linux AMI IDs"). */
const FAMILIES: Readonly<Record<string, string>> = {
  AL2023_x86_64_STANDARD: "amazon-linux-2023/x86_64/standard",
  AL2023_ARM_64_STANDARD: "amazon-linux-2023/arm64/standard",
};

async function newestRelease(
  minor: string,
  amiType: string,
  aws: Aws,
): Promise<string | undefined> {
  const family = FAMILIES[amiType];
  if (family === undefined) return undefined;
  try {
    const { Parameter } = await aws.client(SSMClient).send(
      new GetParameterCommand({
        Name: `/aws/service/eks/optimized-ami/${minor}/${family}/recommended/release_version`,
      }),
    );
    return Parameter?.Value;
  } catch {
    // The row says that it was not asked: the image itself is known.
    return undefined;
  }
}
