import { type Finding } from "../evaluate";
import { type Json, type StackJson } from "../graph";
import { first, isObject } from "../reading";
import { type Part, apart, attributeDifferences } from "./parts";

/** What a change is about, in the order of the report. */
export const GROUPS = [
  "Protection taken away",
  "Permissions",
  "Network",
  "Data",
  "Other",
] as const;

/** One attribute of one block. */
export interface Change extends Part {
  readonly stack: string;
  /** As in a plan: `aws_vpc.vpc`, `output.vpc_id`, `terraform`. */
  readonly address: string;
  readonly group: (typeof GROUPS)[number];
}

type Stacks = Readonly<Record<string, StackJson>>;

/** Every difference of every block of all stacks. Rules that no longer hold say which attributes protected. */
export function structuralChanges(
  before: Stacks,
  after: Stacks,
  lost: readonly Finding[] = [],
): Change[] {
  return union(before, after).flatMap((stack) => {
    if (before[stack] === after[stack]) return [];
    const [was, is] = [before, after].map((one) => blocksOf(one[stack] ?? {}));
    return union(was ?? {}, is ?? {}).flatMap((address) =>
      blockChanges(address, was?.[address], is?.[address]).map((part) => ({
        stack,
        address,
        ...part,
        group: groupOf(stack, address, part, lost),
      })),
    );
  });
}

/** A block that came or went is one line, with what is in it where it permits something; its statements have one each. */
function blockChanges(address: string, was?: Json, is?: Json): Part[] {
  if (was === is) return [];
  if (was !== undefined && is !== undefined)
    return attributeDifferences(was, is);
  const body = (apart(was ?? is) ?? {}) as Json;
  const isShown = PERMISSIONS.test(address) || NETWORK.test(address);
  const documents = Object.entries(body).flatMap(([name, document]) =>
    Object.entries(
      isObject(document) ? (first(document, "Statement") ?? {}) : {},
    ).map(([key, statement]): [string, unknown] => [
      `${name}.Statement${key}`,
      statement,
    ]),
  );
  const rest = Object.entries(body).filter(
    ([name, value]) =>
      !/^(tags|lifecycle|depends_on|provider|description)$/.test(name) &&
      first(value, "Statement") === undefined,
  );
  return [
    ["", isShown ? Object.fromEntries(rest) : MADE] as const,
    ...(isShown ? documents : []),
  ].map(([attribute, value]) =>
    was === undefined
      ? { attribute, before: undefined, after: value }
      : { attribute, before: value, after: undefined },
  );
}

const MADE = Symbol("made");

/** Blocks by address. What is no map of blocks, such as `terraform`, is one. */
export function blocksOf(json: StackJson): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(json).flatMap(([kind, body]): [string, Json][] => {
      if (kind === "//") return [];
      if (!isObject(body) || kind === "terraform" || kind === "locals")
        return [[kind, blockOf(body)]];
      const prefix = kind === "resource" ? "" : `${kind}.`;
      return Object.entries(body).flatMap(([type, ones]) =>
        Array.isArray(ones) || (isObject(ones) && NAMED_TWICE.has(kind))
          ? Object.entries(ones).map(([name, one]): [string, Json] => [
              prefix + type + (isObject(ones) ? `.${name}` : `[${name}]`),
              blockOf(one),
            ])
          : [[prefix + type, blockOf(ones)]],
      );
    }),
  );
}

const blockOf = (value: unknown): Json => (isObject(value) ? value : { value });

const NAMED_TWICE = new Set(["resource", "data", "ephemeral"]);

const union = (...ones: readonly object[]): string[] => [
  ...new Set(ones.flatMap(Object.keys)),
];

const PERMISSIONS =
  /(^|\.)(aws_iam_|aws_eks_access|aws_eks_pod_identity|kubernetes_(cluster_)?role|kubernetes_service_account)|_policy\.|_policy_attachment\./;
const NETWORK =
  /(^|\.)(aws_(default_)?(vpc|subnet|security_group|route|network_acl|nat_|internet_|eip|lb|flow_log|wafv2)|kubernetes_(network_policy|ingress|service_v1))/;
const DATA =
  /(^|\.)(aws_(s3|db|rds|efs|elasticache|ecr|kms|backup|secretsmanager|dynamodb|cloudwatch_log)|kubernetes_(secret|persistent))/;

function groupOf(
  stack: string,
  address: string,
  part: Part,
  lost: readonly Finding[],
): Change["group"] {
  if (isWeaker(part) || decided(stack, address, part, lost))
    return "Protection taken away";
  if (part.attribute.startsWith("depends_on")) return "Other";
  if (NETWORK.test(address)) return "Network";
  if (PERMISSIONS.test(address) || /\bpolicy\b/.test(part.attribute))
    return "Permissions";
  return DATA.test(address) ? "Data" : "Other";
}

const GUARDS =
  /(prevent_destroy|deletion_protection|encrypted|encryption_enabled|key_rotation|block_public_\w+|ignore_public_acls|restrict_public_buckets|multi_az|read_only_root_filesystem|run_as_non_root)$/;
const DANGERS =
  /(force_(destroy|delete)|skip_final_snapshot|delete_automated_backups|public(ly_access(ible)?|_access)|privileged|privilege_escalation|host_(network|pid|ipc))$/;
const SPANS = /(retention\w*|window_in_days|_days|days)$/;

/** Weaker by the name of the attribute, whether a rule asks for it or not. */
function isWeaker({ attribute, before, after }: Part): boolean {
  const [was, is] = [before, after].map(String);
  if (GUARDS.test(attribute)) return was === "true" && is !== "true";
  if (DANGERS.test(attribute)) return was !== "true" && is === "true";
  return (
    SPANS.test(attribute) &&
    before !== undefined &&
    !(Number(after) >= Number(before))
  );
}

/** Whether an attribute decides a rule that held, and no longer does. */
function decided(
  stack: string,
  address: string,
  { attribute }: Part,
  lost: readonly Finding[],
): boolean {
  const [type = ""] = address.replace(/^(data|ephemeral)\./, "").split(".");
  const plain = attribute.replace(/\[[^\]]*\]/g, "");
  return lost.some(
    ({ rule, subject }) =>
      subject.stack === stack &&
      rule.attributes.some((one) =>
        subject.address === address
          ? isBelow(plain, one)
          : isBelow(`${type}.${plain}`, one),
      ),
  );
}

/** One of the two is the other, or a part of it; a block that is gone took all its attributes with it. */
const isBelow = (one: string, other: string): boolean =>
  one === other ||
  one.startsWith(`${other}.`) ||
  other.startsWith(one.endsWith(".") ? one : `${one}.`);
