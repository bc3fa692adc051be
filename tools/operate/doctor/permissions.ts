import {
  IAMClient,
  type ContextEntry,
  SimulatePrincipalPolicyCommand,
} from "@aws-sdk/client-iam";
import { type PolicyStatement } from "../../../modules/lib/policy";
import { deployerPolicies } from "../deployer/documents";
import { type Check, type Finding } from "./check";
import { type Examined } from "./examined";

/** Actions that are asked of one statement: policies are attached whole or not at all. */
const MOST = 4;

/**
 * IAM says whether the deployer may do what a deploy does: of each document of `npm run deployer-policy`, one statement for each
 * service. Service control policies take part; conditions that only a request has are given as the documents want them.
 */
export const permissionChecks = (examined: Examined): Check[] =>
  Object.entries(deployerPolicies(examined.settings))
    // Only needed while the bucket of the states is made.
    .filter(([name]) => name !== "state-bucket")
    .flatMap(([name, { Statement }]) =>
      representatives(Statement).map((statement) => ({
        about: `permissions: ${serviceOf(statement)} of deployer-${name}.json`,
        ask: () => simulate(examined, name, statement),
      })),
    );

/** The first statement of each service. */
const representatives = (
  statements: readonly PolicyStatement[],
): PolicyStatement[] => [
  ...new Map(
    [...statements]
      .reverse()
      .map((statement) => [serviceOf(statement), statement]),
  ).values(),
];

const actionsOf = ({ Action }: PolicyStatement): string[] => [Action].flat();

const serviceOf = (statement: PolicyStatement): string =>
  actionsOf(statement)[0]?.split(":")[0] ?? "";

async function simulate(
  { aws, environment, settings }: Examined,
  document: string,
  statement: PolicyStatement,
): Promise<Finding[]> {
  const { deployer } = settings.access;
  const [pattern = "*"] = [statement.Resource ?? "*"].flat();
  const { EvaluationResults = [] } = await aws.client(IAMClient).send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: deployer,
      ActionNames: actionsOf(statement).slice(0, MOST),
      ...(pattern !== "*" && { ResourceArns: [likeOf(pattern)] }),
      ContextEntries: contextOf(statement),
    }),
  );
  const refused = EvaluationResults.filter(
    ({ EvalDecision }) => EvalDecision !== "allowed",
  );
  if (refused.length === 0) return [];
  const actions = refused.map(({ EvalActionName = "" }) => EvalActionName);
  const byOrganization = refused.some(
    ({ OrganizationsDecisionDetail }) =>
      OrganizationsDecisionDetail?.AllowedByOrganizations === false,
  );
  return [
    {
      path: "access.deployer",
      found: `${deployer} may not do ${actions.join(", ")}${byOrganization ? " (a policy of the organization)" : ""}`,
      fix: byOrganization
        ? "ask whoever owns the organization's policies"
        : `npm run deployer-policy -- ${environment} deployer/ writes deployer/deployer-${document}.json: attach it`,
      severity: "stops",
    },
  ];
}

/** Something that a pattern stands for. */
const likeOf = (pattern: string): string =>
  pattern.replaceAll("*", "x").replaceAll("?", "x");

/** What a request would say that meets the conditions. */
function contextOf({ Condition = {} }: PolicyStatement): ContextEntry[] {
  const values = new Map<string, { values: string[]; type: string }>();
  for (const [operator, keys] of Object.entries(Condition))
    for (const [key, wanted] of Object.entries(keys)) {
      const [first = ""] = [wanted].flat();
      // A key that must not be there is not there.
      if (operator === "Null") {
        if (first === "false" && !values.has(key))
          values.set(key, { values: ["x"], type: "string" });
        continue;
      }
      values.set(key, {
        values: [likeOf(first)],
        type: operator.startsWith("ForA")
          ? "stringList"
          : operator.startsWith("Bool")
            ? "boolean"
            : "string",
      });
    }
  return [...values].map(([ContextKeyName, { values: given, type }]) => ({
    ContextKeyName,
    ContextKeyType: type as ContextEntry["ContextKeyType"],
    ContextKeyValues: given,
  }));
}
