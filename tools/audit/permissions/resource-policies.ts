import { type Graph, ofType } from "../graph";
import { first, referred } from "../reading";
import published from "./aws-managed-policies.json";
import { arnOf } from "./literals";
import { type LiteralDocument, documentIn } from "./roles";

/** Types with a resource policy: the attribute that names the resource, and its type. */
const GUARDED = {
  aws_s3_bucket_policy: ["bucket", "aws_s3_bucket"],
  aws_ecr_repository_policy: ["repository", "aws_ecr_repository"],
  aws_efs_file_system_policy: ["file_system_id", "aws_efs_file_system"],
  aws_sns_topic_policy: ["arn", "aws_sns_topic"],
  aws_sqs_queue_policy: ["queue_url", "aws_sqs_queue"],
} as const;

/** Types that hold their own. */
const OWN = ["aws_kms_key", "aws_sns_topic", "aws_sqs_queue"];

/** Policies of resources by the ARN of the resource. */
export function resourcePoliciesOf(graph: Graph): [string, LiteralDocument][] {
  const own = ofType(graph, ...OWN)
    .filter(({ body }) => body.policy !== undefined)
    .map((one) => [one, one] as const);
  const others = Object.entries(GUARDED).flatMap(([type, [path, target]]) =>
    ofType(graph, type).flatMap((one) =>
      referred(graph, one, path, target).map(
        (guarded) => [one, guarded] as const,
      ),
    ),
  );
  return [...own, ...others].map(([one, guarded]) => [
    arnOf(graph, guarded) ?? "",
    documentIn(graph, one.stack, first(one.body, "policy")),
  ]);
}

/** A managed policy as AWS published it at the date in the file; undefined where the file does not have it. */
export const managedPolicy = (name: string): LiteralDocument | undefined =>
  (
    published as Readonly<
      Record<string, { readonly document: LiteralDocument } | undefined>
    >
  )[name]?.document;
