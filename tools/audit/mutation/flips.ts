import { isRange } from "../../../modules/lib/ip-range";

/** A weaker value, and what was done. */
export type Flip = readonly [change: string, value: unknown];

/** Words of Terraform, AWS and Kubernetes that mean protection, and what a careless hand would write instead. */
const WEAKER: Readonly<Record<string, readonly unknown[]>> = {
  "aws:kms": ["AES256"],
  KMS: ["AES256"],
  AES256: ["none"],
  ENABLED: ["DISABLED"],
  Enabled: ["Suspended", "Disabled"],
  enabled: ["disabled"],
  required: ["optional", "preferred"],
  REQUIRE: ["OPTIONAL"],
  restricted: ["baseline", "privileged"],
  baseline: ["privileged"],
  RuntimeDefault: ["Unconfined"],
  ClusterIP: ["NodePort", "LoadBalancer"],
  ip: ["instance"],
  BucketOwnerEnforced: ["ObjectWriter"],
  ALL: ["REJECT", "NET_RAW"],
  API: ["API_AND_CONFIG_MAP", "CONFIG_MAP"],
  STANDARD: ["EXTENDED"],
  RSA_2048_BIT: ["RSA_1024_BIT"],
  Retain: ["Delete"],
  Always: ["Never", "IfNotPresent"],
  Forbid: ["Allow"],
  Recreate: ["RollingUpdate"],
  DNS: ["NONE"],
  expire: ["keep"],
  Role: ["ClusterRole"],
  ServiceAccount: ["User", "Group"],
  Prefix: ["Exact"],
  HTTPS: ["HTTP"],
  tcp: ["-1"],
  "SSE-C": ["NONE"],
  "sts.amazonaws.com": ["*"],
  ddl: ["none"],
  secrets: ["configmaps"],
  "internet-facing": [],
  IMMUTABLE: ["MUTABLE"],
  PROXY_V2: ["OFF"],
};

/** TLS policies and AWS policies are known by pattern. */
const PATTERNS: readonly (readonly [pattern: RegExp, weaker: string])[] = [
  [/^ELBSecurityPolicy-/, "ELBSecurityPolicy-2016-08"],
  [
    /^arn:aws[\w-]*:iam::aws:policy\//,
    "arn:aws:iam::aws:policy/AdministratorAccess",
  ],
  [
    /^arn:aws[\w-]*:eks::aws:cluster-access-policy\/(?!AmazonEKSClusterAdminPolicy)/,
    "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
  ],
  [/^(AL2023|BOTTLEROCKET)_/, "AL2_x86_64"],
  [/^https:\/\//, "http://elsewhere.example.com"],
  [/^rediss:\/\//, "redis://elsewhere.example.com:6379"],
  [/sslmode=/, "jdbc:postgresql://elsewhere.example.com/wave?sslmode=disable"],
  [/^0?[0-7]{3}$/, "0777"],
  [/^system:serviceaccount:/, "system:serviceaccount:default:default"],
  [/^rds-ca-/, "rds-ca-2019"],
];

/** Weaker values for a leaf: from the value alone, whatever the attribute. */
export function flipsOf(value: unknown): Flip[] {
  if (value === true || value === false) return [["flip", !value]];
  if (value === "true" || value === "false")
    return [["flip", value === "true" ? "false" : "true"]];
  if (typeof value === "number")
    return numberFlips(value).map(([change, n]) => [change, n]);
  if (typeof value !== "string" || value.includes("\n")) return [];
  if (/^\d+$/.test(value) && !/^\d{12}$/.test(value))
    return numberFlips(Number(value)).map(([change, n]) => [change, String(n)]);
  return [...rangeFlips(value), ...wordFlips(value), ...referenceFlips(value)];
}

const numberFlips = (value: number): [string, number][] => [
  ...(value === 0 ? [] : [["lower", 0] as [string, number]]),
  ["raise", value * 10 + 1],
];

const rangeFlips = (value: string): Flip[] =>
  isRange(value) && value !== "0.0.0.0/0" ? [["widen", "0.0.0.0/0"]] : [];

function wordFlips(value: string): Flip[] {
  const word = WEAKER[value] ?? [];
  const known = PATTERNS.find(([pattern]) => pattern.test(value));
  return [
    ...word.map((weaker): Flip => ["weaken", weaker]),
    ...(known === undefined ? [] : [["weaken", known[1]] as Flip]),
  ];
}

/** A reference that leads nowhere of ours: for a key, that of AWS; for a group, one that nobody judged. */
const referenceFlips = (value: string): Flip[] =>
  /^\$\{[^}]*\}/.test(value) ? [["unlink", "alias/aws/elsewhere"]] : [];
