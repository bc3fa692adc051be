import {
  type Answer,
  type Call,
  type EmulatedService,
  type Forward,
  AwsError,
  formOf,
  listOf,
} from "./call";

/** IAM takes `Team` and `team` for one key ("Tags for IAM resources" of its user guide); moto takes them for two. */
function refuseTwins(call: Call, forward: Forward): Promise<Answer> | Answer {
  const keys = listOf(formOf(call), "Tags.member").map(({ Key = "" }) =>
    Key.toLowerCase(),
  );
  if (new Set(keys).size < keys.length)
    throw new AwsError(
      "InvalidInput",
      "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    );
  return forward();
}

const TAGGING = [
  ...["CreateRole", "TagRole", "CreatePolicy", "TagPolicy"],
  ...["CreateOpenIDConnectProvider", "TagOpenIDConnectProvider"],
];

/** What moto accepts and IAM refuses. */
export const iamService = (): EmulatedService => ({
  service: "iam",
  errors: "query",
  operations: TAGGING.map((name) => ({ name, answer: refuseTwins })),
});
