import { partitionOf } from "../../../modules/lib/aws-partition";
import { namesOf } from "../../../modules/lib/names";
import { type Settings } from "../../../modules/schema";
import { type Graph, ofType } from "../graph";
import { type Grant, type Target, grantOf } from "../permissions/ask";
import { arnOf } from "../permissions/literals";
import { resourcePoliciesOf } from "../permissions/resource-policies";
import { type Statement, conditionsOf, texts } from "../policies";
import { isObject } from "../reading";
import { ESCALATIONS, type Escalation, type On } from "./escalations";
import { type Asker, deployerDocuments, deployerOf } from "./principals";
import { type Table, distinct, lines } from "./table";

/** What the deployer may do, and whether it can give itself more. */
export function deployerTables(graph: Graph, settings: Settings): Table[] {
  const documents = deployerDocuments(graph, settings);
  const escalation = escalationTable(graph, settings);
  return [
    {
      id: "deployer",
      title: "What the deployer may do",
      note: `Terraform is run by ${settings.access.deployer}. Its policies are no part of the JSON: npm run deployer-policy prints them for these settings, the stack state that of the states, and an operator attaches them. What else is attached to it, and who may take it, only IAM of the account knows.`,
      columns: [
        "Service",
        "Effect",
        "Action",
        "Resource",
        "Condition",
        "Statement",
        "Document",
      ],
      rows: Object.entries(documents)
        .flatMap(([name, { Statement }]) =>
          Statement.flatMap((one) => rowsOf(one, name)),
        )
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
      summary: [deployerSentence(documents)],
    },
    escalation,
  ];
}

/** Every thing, or every one of a type: `*`, `arn:aws:ec2:eu-central-1:123456789012:network-interface/*`. */
const WHOLE_TYPE = /^(arn:(?:[^:]*:){4}(?:[\w-]+[/:])?)?\*$/;

/** In which services it changes something, and where it does so on anything. */
function deployerSentence(
  documents: ReturnType<typeof deployerDocuments>,
): string {
  const statements = Object.values(documents)
    .flatMap(({ Statement }) => Statement)
    .filter(({ Effect }) => Effect === "Allow")
    .map((one) => ({ ...one, actions: texts(one.Action).filter(changes) }))
    .filter(({ actions }) => actions.length > 0);
  const services = distinct(
    statements.flatMap(({ actions }) =>
      actions.map((one) => one.replace(/:.*/, "")),
    ),
  ).sort();
  const anything = statements.filter(
    (one) =>
      texts(one.Resource).some((arn) => WHOLE_TYPE.test(arn)) &&
      conditionsOf(one).every(
        ([operator, key]) =>
          key === "aws:RequestedRegion" || operator.endsWith("IfExists"),
      ),
  );
  return `The deployer changes things of ${services.length} services (${services.join(", ")}); ${anything.length === 0 ? "each statement names what it changes, or has a condition" : `on every thing of a kind in the account or the region, without a condition that always binds, by ${distinct(anything.map(({ Sid = "" }) => Sid)).join(", ")}`}.`;
}

const changes = (action: string): boolean =>
  !/:(Get|List|Describe|BatchGet|Lookup|Decrypt)/.test(action);

/** A row for each service that a statement is about. */
const rowsOf = (
  statement: Statement,
  document: string,
): [string, ...string[]][] => {
  const actions = texts(statement.Action);
  return distinct(actions.map((one) => one.replace(/:.*/, ""))).map(
    (service) => [
      service,
      statement.Effect ?? "",
      lines(actions.filter((one) => one.startsWith(`${service}:`))),
      lines(texts(statement.Resource)),
      lines(
        conditionsOf(statement).map(
          ([operator, key, values]) =>
            `${operator} ${key} = ${values.join(" or ")}`,
        ),
      ),
      statement.Sid ?? "",
      document,
    ],
  );
};

function escalationTable(graph: Graph, settings: Settings): Table {
  const deployer = deployerOf(graph, settings);
  const targets = targetsIn(graph, settings);
  const ways = ESCALATIONS.map((one) => ({
    ...one,
    grants: grantsOf(deployer, one, targets),
  }));
  const open = ways.filter(({ grants }) =>
    grants.every((one) => one !== undefined),
  );
  const isBounded = ({ grants }: (typeof ways)[number]): boolean =>
    grants.some((one) =>
      one?.given.some((text) => text.startsWith("iam:PermissionsBoundary")),
    );
  const account = open.filter(
    (one) => one.gain.startsWith("every right") && !isBounded(one),
  );
  const bounded = open.filter(isBounded);
  const verdict =
    account.length > 0
      ? `The deployer can give itself every right of the account: ${account.map(({ way }) => way).join("; ")}.`
      : bounded.length > 0
        ? "The deployer can give itself every right that the permissions boundary leaves, and none beyond it."
        : "None of the known ways to every right of the account is open to the deployer.";
  return {
    id: "escalation",
    title: "Can the deployer give itself more",
    note: "Known ways from rights to more rights, asked of IAM's simulator with the policies of table deployer alone. A way is open when each of its calls is allowed on something: a role of the environment, another role, itself, a user.",
    columns: ["Way", "Calls", "Verdict", "By statement", "Gain"],
    rows: ways.map(({ way, calls, grants, gain }) => [
      way,
      lines(calls.map(([action, on]) => `${action} on ${on}`)),
      grants.some((one) => one === undefined)
        ? "denied"
        : isBounded({ way, calls, grants, gain })
          ? "allowed inside the boundary"
          : "allowed",
      lines(
        distinct(
          grants.flatMap((one) =>
            one === undefined
              ? []
              : [
                  `${one.statement.Sid ?? "no Sid"}${one.given.length === 0 ? "" : ` [${one.given.join("; ")}]`}`,
                ],
          ),
        ),
      ),
      gain,
    ]),
    summary: [
      verdict,
      `${open.length} of ${ways.length} known ways are open: ${open.map(({ way }) => way).join("; ")}.`,
    ],
    look:
      account.length > 0
        ? [
            `${verdict} No permissions boundary is set: iam.permissionsBoundaryArn would hold it within one.`,
          ]
        : [],
  };
}

const grantsOf = (
  deployer: Asker,
  { calls }: Escalation,
  targets: Readonly<Record<On, Target>>,
): (Grant | undefined)[] =>
  calls.map(([action, on, request]) =>
    grantOf(deployer, action, {
      ...targets[on],
      ...(request && { request: request(targets[on].arn.split(":")[1] ?? "") }),
    }),
  );

/** Something of each kind. Tags and names are those of the JSON. */
function targetsIn(graph: Graph, settings: Settings): Record<On, Target> {
  const { accountId, region, access, iam } = settings;
  const policies = new Map(resourcePoliciesOf(graph));
  const first = (...types: readonly string[]): Target => {
    const [subject] = ofType(graph, ...types);
    const tags = subject?.body.tags;
    const arn = (subject && arnOf(graph, subject)) ?? "*";
    return {
      arn,
      accountId,
      ...(isObject(tags) && { tags: tags as Record<string, string> }),
      policy: policies.get(arn),
    };
  };
  const of = (service: string, place: string, what: string): Target => ({
    arn: `arn:${partitionOf(region)}:${service}:${place}:${accountId}:${what}`,
    accountId,
  });
  return {
    "own role": of("iam", "", `role${iam.path}${namesOf(settings).iam("any")}`),
    "another role": of("iam", "", `role${iam.path}any-other`),
    "another policy": of("iam", "", `policy${iam.path}any-other`),
    itself: { arn: access.deployer, accountId },
    "a user": of("iam", "", "user/any"),
    cluster: first("aws_eks_cluster", "data.aws_eks_cluster"),
    key: first("aws_kms_key"),
    nodes: of("ec2", region, "instance/any"),
    "launch template": of("ec2", region, "launch-template/any"),
  };
}
