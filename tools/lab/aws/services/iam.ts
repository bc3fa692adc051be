import { readFileSync } from "node:fs";
import { type PolicyDocument } from "../../../../modules/lib/policy";
import { isAllowed } from "../../deployer/evaluate";
import {
  type Answer,
  type Call,
  type EmulatedService,
  type Forward,
  AwsError,
  formOf,
  listOf,
  plainListOf,
  queryAnswer,
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

/** The policies that the lab has attached to the deployer are asked, as for its calls. */
function simulate(form: URLSearchParams, policiesFile: string): Answer {
  const documents = JSON.parse(
    readFileSync(policiesFile, "utf8"),
  ) as PolicyDocument[];
  const [resource = "*"] = plainListOf(form, "ResourceArns.member");
  const context = Object.fromEntries(
    listOf(form, "ContextEntries.member").map((entry) => [
      entry.ContextKeyName ?? "",
      Object.entries(entry)
        .filter(([name]) => name.startsWith("ContextKeyValues.member."))
        .map(([, value]) => value),
    ]),
  );
  return queryAnswer("SimulatePrincipalPolicy", {
    IsTruncated: false,
    EvaluationResults: {
      member: plainListOf(form, "ActionNames.member").map((action) => ({
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: isAllowed(documents, { action, resource, context })
          ? "allowed"
          : "implicitDeny",
      })),
    },
  });
}

const TAGGING = [
  ...["CreateRole", "TagRole", "CreatePolicy", "TagPolicy"],
  ...["CreateOpenIDConnectProvider", "TagOpenIDConnectProvider"],
];

/** What moto accepts and IAM refuses. */
export const iamService = (policiesFile: string): EmulatedService => ({
  service: "iam",
  errors: "query",
  operations: [
    ...TAGGING.map((name) => ({ name, answer: refuseTwins })),
    {
      name: "SimulatePrincipalPolicy",
      answer: (call) => simulate(formOf(call), policiesFile),
    },
  ],
});
