import { type Settings } from "../../../modules/schema";
import { type Graph, type Subject, ofType } from "../graph";
import { type Target, grantsOf } from "../permissions/ask";
import { arnOf, literalOf } from "../permissions/literals";
import { resourcePoliciesOf } from "../permissions/resource-policies";
import { texts } from "../policies";
import { isObject } from "../reading";
import { OPERATIONS, type Operations } from "./access-assets";
import {
  behindPassword,
  clusterAccess,
  isMutable,
  mounters,
  removalsOf,
  subscribers,
  writersOf,
} from "./access-beside-iam";
import { buildNamespaces } from "../exposures";
import { askersOf } from "./askers";
import { podMakers } from "./pod-makers";
import { type Asker, deployerOf, servicesIn } from "./principals";
import { type Table, distinct, lines } from "./table";

type Row = readonly [
  asset: string,
  read: string[],
  write: string[],
  remove: string[],
  administer: string[],
  path: string,
];

/** Who may read, write, delete and administer each asset: people, roles, services of AWS, asked of the IAM simulator. */
export function accessTable(graph: Graph, settings: Settings): Table {
  const rows = [...awsRows(graph, settings), ...clusterAccess(graph)];
  return {
    id: "access",
    title: "Who may do what",
    note: `Asked of IAM's simulator: each role with its policies and the managed policies of AWS, against the policy of the asset. A condition that only a request can meet stands behind the call. In brackets who takes a role. The policies of ${deployerOf(graph, settings).label}, who deploys, are no part of the JSON: they are what npm run deployer-policy and the stack state print, and an operator attaches them. “Account (root, IAM)”: the asset leaves it to IAM of the account, which these files do not know. PostgreSQL and Redis are read through IAM by a copy alone: a snapshot, restored with a password of one’s own. Who administers can give the rest. Policies of an organisation and sessions with less are not known here.`,
    columns: ["Asset", "Read", "Write", "Delete", "Administer", "Path"],
    rows: rows.map(([asset, read, write, remove, administer, path]) => [
      asset,
      ...[read, write, remove, administer].map((one) => lines(distinct(one))),
      path,
    ]),
    summary: imageSentences(rows),
    look: rows
      .filter((row) => row.flat().some((one) => /^(ANY|anybody)/.test(one)))
      .map(([asset]) => `${asset}: open to every account`),
  };
}

function awsRows(graph: Graph, settings: Settings): Row[] {
  const policies = new Map(resourcePoliciesOf(graph));
  const askers = askersOf(graph, settings);
  return Object.entries(OPERATIONS).flatMap(([type, operations]) =>
    ofType(graph, type).flatMap((subject): Row[] => {
      const target = targetOf(graph, subject, policies);
      if (target === undefined) return [];
      const cell = (calls: readonly string[]): string[] =>
        whoMay(askers, calls, operations, target);
      const write = cell(operations.write);
      const handed =
        type === "aws_ecr_repository" ? givenLogins(graph, write) : [];
      const pushed =
        type === "aws_ecr_repository" && /\(pods /.test(write.join());
      return [
        [
          `${KINDS[type] ?? type} ${nameIn(target.arn)}`,
          [
            ...cell(operations.read),
            ...behindPassword(subject),
            ...subscribers(graph, subject),
            ...mounters(graph, subject),
          ],
          [
            ...write,
            ...handed,
            ...(pushed
              ? ["whoever else holds the login to push: table secrets"]
              : []),
            ...writersOf(graph, subject),
            ...mounters(graph, subject),
            ...behindPassword(subject),
            ...(isMutable(subject) && write.length > 0
              ? ["overwrites: tags are mutable"]
              : []),
          ],
          [...cell(operations.remove), ...removalsOf(graph, subject)],
          cell(operations.administer),
          subject.path,
        ],
      ];
    }),
  );
}

/** Wave gives the login of who writes on to its builds, and keeps it: known from its sources, not from the JSON. */
const givenLogins = (graph: Graph, write: readonly string[]): string[] => {
  const givers = podMakers(graph).filter(
    ({ who, namespace, does }) =>
      does === "makes" &&
      buildNamespaces(graph).includes(namespace) &&
      write.some((one) => one.includes(`pods ${who})`)),
  );
  return distinct(
    givers.flatMap(({ who, namespace }) => [
      `users: by a login that ${who} gives to builds in ${namespace}`,
      "whoever has the password of Redis: by logins that Wave keeps there",
    ]),
  );
};

/** Asks who does something with one ARN, as the table does. */
export function readersOf(
  graph: Graph,
  settings: Settings,
): (arn: string, call: string) => string[] {
  const askers = askersOf(graph, settings);
  const { accountId } = settings;
  const known = new Map<string, string[]>();
  return (arn, call) => {
    const key = `${call} ${arn}`;
    const found =
      known.get(key) ?? whoMay(askers, [call], {}, { arn, accountId });
    known.set(key, found);
    return found;
  };
}

const KINDS: Readonly<Record<string, string>> = {
  aws_s3_bucket: "S3 bucket",
  aws_ecr_repository: "ECR repository",
  aws_efs_file_system: "EFS file system",
  aws_db_instance: "PostgreSQL",
  aws_elasticache_replication_group: "Redis",
  aws_kms_key: "KMS key",
  aws_secretsmanager_secret: "secret",
  aws_sqs_queue: "SQS queue",
  aws_sns_topic: "SNS topic",
  aws_dynamodb_table: "DynamoDB table",
  aws_backup_vault: "backup vault",
  aws_cloudwatch_log_group: "log group",
  aws_acm_certificate: "certificate",
  aws_sesv2_email_identity: "mail identity",
  aws_eks_cluster: "EKS cluster",
};

const nameIn = (arn: string): string =>
  arn
    .split(":")
    .slice(5)
    .join(":")
    .replace(
      /^(repository|file-system|db|replicationgroup|key|secret|table|backup-vault|log-group|certificate|identity|cluster)[:/]/,
      "",
    )
    .replace(/AbCdEf$/, "…");

function targetOf(
  graph: Graph,
  subject: Subject,
  policies: ReadonlyMap<string, Target["policy"]>,
): Target | undefined {
  const arn = arnOf(graph, subject);
  if (arn === undefined) return undefined;
  const { tags } = subject.body;
  return {
    arn,
    accountId: String(
      arnOf(graph, { ...subject, type: "aws_kms_key" })?.split(":")[4],
    ),
    tags: isObject(tags)
      ? (literalOf(graph, subject.stack, tags) as Record<string, string>)
      : {},
    policy: policies.get(arn),
  };
}

/** `role (pods a/b): PutImage`, with what lies inside where it is not all; then who can act as these roles and pods. */
function whoMay(
  askers: readonly Asker[],
  calls: readonly string[],
  { inside }: Pick<Operations, "inside">,
  target: Target,
): string[] {
  const found = [...askers, ...servicesIn(target.policy)].flatMap((who) => {
    const ways = calls.flatMap((call) =>
      waysOf(who, call, inside?.calls.test(call) ? inside.after : "", target),
    );
    return ways.length === 0
      ? []
      : [{ who, text: `${who.label}: ${distinct(ways).join(", ")}` }];
  });
  return [
    ...found.map(({ text }) => text),
    ...distinct(found.flatMap(({ who: { behind = [] } }) => behind)),
  ];
}

/** @param after What stands between the asset and what the call names inside of it; empty: the call names the asset. */
function waysOf(
  who: Asker,
  call: string,
  after: string,
  target: Target,
): string[] {
  const name = call.replace(/^.*:/, "");
  /** Conditions of each way to do it; empty: without one. */
  const ask = (arn: string): string[] => {
    const ways: string[] = [];
    for (const { given } of grantsOf(who, call, { ...target, arn })) {
      if (given.length === 0) return [""];
      ways.push(given.join("; "));
    }
    return distinct(ways);
  };
  const shownAs = (where: string, ways: readonly string[]): string[] => {
    if (ways.length === 0) return [];
    const given = ways.includes("") ? "" : ` [${ways.join(" | ")}]`;
    return [`${name}${where}${given}`];
  };
  if (after === "") return shownAs("", ask(target.arn));
  // A pattern would be taken for all that it may meet: one name stands for every other.
  const inside = target.arn + after;
  const whole = ask(`${inside}any`);
  if (whole.length > 0) return shownAs("", whole);
  const parts = distinct(
    [...who.documents, ...(target.policy === undefined ? [] : [target.policy])]
      .flatMap((document) => document.Statement)
      .flatMap(({ Resource }) => texts(Resource))
      .filter((one) => one.startsWith(inside)),
  ).filter((one) => ask(one.replaceAll("*", "any")).length > 0);
  if (parts.length === 0) return [];
  return shownAs(
    ` ${parts.map((one) => one.slice(inside.length)).join(" ")}`,
    distinct(parts.flatMap((one) => ask(one.replaceAll("*", "any")))),
  );
}

/** What the question of images asks: who overwrites and who deletes them. */
const imageSentences = (rows: readonly Row[]): string[] =>
  rows
    .filter(([asset]) => asset.startsWith("ECR repository"))
    .map(
      ([asset, , write, remove, administer]) =>
        `${asset}: deleted by ${names(remove)}; ${write.some((one) => one.startsWith("overwrites")) ? "overwritten, as tags are mutable," : "written, never overwritten,"} by ${names(write)}; ${names(administer)} can change its policies.`,
    );

/** Each once, with the way where somebody has no other than by somebody else. */
function names(cell: readonly string[]): string {
  const told = cell
    .filter((one) => !one.startsWith("overwrites"))
    .map((one) => {
      const [, name = one, way = ""] = /^(.*?): (.*)$/.exec(one) ?? [];
      return { name, way: /^(by|as) /.test(way) ? ` (${way})` : "" };
    });
  const direct = told.filter(({ way }) => way === "").map(({ name }) => name);
  return (
    distinct([
      ...direct,
      ...told
        .filter(({ name }) => !direct.includes(name))
        .map(({ name, way }) => `${name}${way}`),
    ]).join(", ") || "nobody"
  );
}
