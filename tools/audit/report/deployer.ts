import { type Settings } from "../../../modules/schema";
import { HOLDERS, deployerFiles } from "../../operate/deployer/files";
import { type Graph } from "../graph";
import { type Grant, type Target, grantOf } from "../permissions/ask";
import { type LiteralDocument } from "../permissions/roles";
import { type Statement, conditionsOf, principalsOf, texts } from "../policies";
import { targetsIn } from "./escalation-targets";
import { WAYS_OVER_THINGS } from "./escalation-things";
import { ESCALATIONS, type Escalation, type On } from "./escalations";
import { type Asker, deployerDocuments, deployerOf } from "./principals";
import { type Table, distinct, lines } from "./table";

/** What the deployer may do, and whether it can give itself more. */
export function deployerTables(graph: Graph, settings: Settings): Table[] {
  return [
    {
      id: "deployer",
      title: "What the deployer may do",
      note: `Terraform is run by ${settings.access.deployer}. Its policies are no part of the JSON: npm run deployer-policy prints them for these settings, the stack state that of the states, and an operator attaches them. What else is attached to it, and who may take it, only IAM of the account knows. Documents that the folder deployer/ has for somebody else come last, and count in no sentence here.`,
      columns: [
        "Service",
        "Effect",
        "Action",
        "Resource",
        "Condition",
        "Statement",
        "Document",
        "Whose",
      ],
      rows: documentsOf(graph, settings)
        .flatMap(([name, whose, { Statement }]) =>
          Statement.flatMap((one) => rowsOf(one, name, whose)),
        )
        .sort((one, other) =>
          isOthers(one) === isOthers(other)
            ? order(one[0], other[0])
            : isOthers(one)
              ? 1
              : -1,
        ),
      summary: [deployerSentence(deployerDocuments(graph, settings))],
    },
    escalationTable(graph, settings),
  ];
}

const DEPLOYER = "the deployer";
const isOthers = (row: readonly string[]): boolean => row.at(-1) !== DEPLOYER;
const order = (one: string, other: string): number =>
  one < other ? -1 : one > other ? 1 : 0;

/** Every document of the folder `deployer/`, and what the stack of the state prints: name, whose it is. */
function documentsOf(
  graph: Graph,
  settings: Settings,
): [string, string, LiteralDocument][] {
  const { state } = deployerDocuments(graph, settings);
  const files = Object.entries(deployerFiles(settings)).map(
    ([file, document]): [string, string, LiteralDocument] => [
      file,
      new Map<string, string>(Object.entries(HOLDERS)).get(file) ?? DEPLOYER,
      document,
    ],
  );
  return graph.outputs.has("state.deployer_policy") && state
    ? [...files, ["output deployer_policy of the stack state", DEPLOYER, state]]
    : files;
}

/** Every thing, or every one of a type: `*`, `arn:aws:ec2:eu-central-1:123456789012:network-interface/*`. */
const isWholeType = (arn: string): boolean =>
  arn === "*" ||
  (NO_TYPE.test(arn)
    ? arn.split(":").slice(5).join(":") === "*"
    : /^arn:(?:[^:]*:){4}(?:[\w-]+[/:])?\*$/.test(arn));

/** Services whose ARNs begin with the name of a thing: what stands before `:*` or `/*` is no type. */
const NO_TYPE = /^arn:[^:]*:(s3|sns|sqs):/;

type Condition = ReturnType<typeof conditionsOf>[number];

/** Whether it lets in every thing without that tag. */
const opensWithoutTag = ([operator, key, values]: Condition): boolean =>
  key.startsWith("aws:ResourceTag/") &&
  (operator.endsWith("IfExists") ||
    (operator === "Null" && values.includes("true")));

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
  const named = (those: readonly Statement[]): string =>
    distinct(those.map(({ Sid = "no Sid" }) => Sid)).join(", ");
  const untagged = statements.filter((one) =>
    conditionsOf(one).some(opensWithoutTag),
  );
  const tags = distinct(
    untagged
      .flatMap((one) => conditionsOf(one).filter(opensWithoutTag))
      .map(([, key]) => key.replace(/^.*\//, "")),
  );
  const anything = statements.filter(
    (one) =>
      texts(one.Resource).some(isWholeType) &&
      conditionsOf(one).every(
        (condition) =>
          condition[1] === "aws:RequestedRegion" ||
          (condition[0].endsWith("IfExists") && !opensWithoutTag(condition)),
      ),
  );
  return [
    `The deployer changes things of ${services.length} services (${services.join(", ")})`,
    anything.length === 0
      ? "each statement names what it changes, or has a condition"
      : `on every thing of a kind in the account or the region, without a condition that always binds, by ${named(anything)}`,
    ...(untagged.length === 0
      ? []
      : [
          `where a thing has no tag ${tags.join(" or ")}, whoever's it is, by ${named(untagged)}`,
        ]),
  ]
    .join("; ")
    .concat(".");
}

const changes = (action: string): boolean =>
  !/:(Get|List|Describe|BatchGet|Lookup|Decrypt)/.test(action);

/** A row for each service that a statement is about. */
const rowsOf = (
  statement: Statement,
  document: string,
  whose: string,
): [string, ...string[]][] => {
  const actions = texts(statement.Action);
  return distinct(actions.map((one) => one.replace(/:.*/, ""))).map(
    (service) => [
      service,
      statement.Effect ?? "",
      lines(actions.filter((one) => one.startsWith(`${service}:`))),
      lines([
        ...texts(statement.Resource),
        ...principalsOf(statement).map((one) => `by ${one}`),
      ]),
      lines(
        conditionsOf(statement).map(
          ([operator, key, values]) =>
            `${operator} ${key} = ${values.join(" or ")}`,
        ),
      ),
      statement.Sid ?? "",
      document,
      whose,
    ],
  );
};

type Asked = Escalation & { readonly grants: readonly (Grant | undefined)[] };

function escalationTable(graph: Graph, settings: Settings): Table {
  const deployer = deployerOf(graph, settings);
  const targets = targetsIn(graph, settings);
  const ways = [...ESCALATIONS, ...WAYS_OVER_THINGS]
    .filter(({ calls }) => calls.every(([, on]) => targets[on].length > 0))
    .map((one): Asked => ({
      ...one,
      grants: grantsOf(deployer, one, targets),
    }));
  const open = ways.filter(isOpen);
  const account = open.filter(
    (one) => one.gain.startsWith("every right") && !isBounded(one),
  );
  const verdict =
    account.length > 0
      ? `The deployer can give itself every right of the account: ${named(account)}.`
      : open.some(isBounded)
        ? "By roles the deployer can give itself every right that the permissions boundary leaves, and none beyond it."
        : "None of the known ways to every right of the account is open to the deployer.";
  const [roles, things, others] = [
    undefined,
    "the environment" as const,
    "others" as const,
  ].map((over) => open.filter((one) => one.over === over));
  return {
    id: "escalation",
    title: "Can the deployer give itself more",
    note: "Known ways from rights to more rights, asked of IAM's simulator with the policies of table deployer alone. A way is open when each of its calls is allowed on something: a role of the environment, another role, itself, a user, a thing of the environment or of others. Ways to kinds of things that the environment does not have are left out.",
    columns: ["Way", "Calls", "Verdict", "By statement", "Gain"],
    rows: [...open, ...ways.filter((one) => !isOpen(one))].map(rowOf),
    summary: [
      verdict,
      `${open.length} of ${ways.length} known ways are open. To more rights: ${named(roles)}.`,
      `Over what the environment has, by what the deployer may do itself: ${named(things)}.`,
      `Over what others have: ${named(others)}.`,
    ],
    look: [
      ...(account.length > 0
        ? [
            `${verdict} No permissions boundary is set: iam.permissionsBoundaryArn would hold the roles that it writes within one, not the ${open.length - (roles?.length ?? 0)} ways by what it may do itself.`,
          ]
        : []),
      ...(takenIn(open).length > 0
        ? [
            `What others have without a tag Name the deployer can make its own by one: ${takenIn(open).join(", ")}. Give each a Name.`,
          ]
        : []),
    ],
  };
}

const isOpen = ({ grants }: Asked): boolean =>
  grants.every((one) => one !== undefined);

const isBounded = ({ grants }: Asked): boolean =>
  grants.some((one) =>
    one?.given.some((text) => text.startsWith("iam:PermissionsBoundary")),
  );

/** Ways in a sentence, those that are alike together. */
function named(ways: readonly Asked[] = []): string {
  const phrases = distinct(
    ways.map(({ way, alike: [phrase] = [way] }) => phrase),
  );
  return ways.length === 0
    ? "none"
    : phrases
        .map((phrase) => phrase.replace("…", thingsOf(ways, phrase).join(", ")))
        .join("; ");
}

const thingsOf = (ways: readonly Asked[], phrase: string): string[] =>
  ways.flatMap(({ alike }) => (alike?.[0] === phrase ? [alike[1]] : []));

/** Things of others without a Name that a tag makes its own. */
const takenIn = (ways: readonly Asked[]): string[] =>
  ways.flatMap(({ over, alike: [phrase, thing] = ["", ""] }) =>
    over === "others" && phrase.endsWith("without a Name") ? [thing] : [],
  );

const rowOf = (asked: Asked): string[] => [
  asked.way,
  lines(asked.calls.map(([action, on]) => `${action} on ${on}`)),
  isOpen(asked)
    ? isBounded(asked)
      ? "allowed inside the boundary"
      : "allowed"
    : "denied",
  lines(
    distinct(
      asked.grants.flatMap((one) =>
        one === undefined || !isOpen(asked)
          ? []
          : [
              `${one.statement.Sid ?? "no Sid"}${one.given.length === 0 ? "" : ` [${one.given.join("; ")}]`}`,
            ],
      ),
    ),
  ),
  asked.gain,
];

/** For each call what lets it through, on the first thing on which something does. */
const grantsOf = (
  deployer: Asker,
  { calls }: Escalation,
  targets: Readonly<Record<On, readonly Target[]>>,
): (Grant | undefined)[] =>
  calls.map(([action, on, request]) => {
    for (const target of targets[on]) {
      const grant = grantOf(deployer, action, {
        ...target,
        ...(request && { request: request(target.arn.split(":")[1] ?? "") }),
      });
      if (grant !== undefined) return grant;
    }
    return undefined;
  });
