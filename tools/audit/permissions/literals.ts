import { dnsSuffixOf, partitionOf } from "../../../modules/lib/aws-partition";
import { type Graph, type Subject, ofType } from "../graph";
import { documentOf, first, isObject } from "../reading";

/** Where an environment is deployed, as its AWS provider says. */
interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly dnsSuffix: string;
}

/** Place of a stack. */
export function placeOf(graph: Graph, stack: string): Place {
  const provider = ofType(graph, "provider.aws").find(
    (one) => one.stack === stack,
  );
  const region = String(first(provider?.body, "region"));
  return {
    partition: partitionOf(region),
    region,
    accountId: String(first(provider?.body, "allowed_account_ids")),
    dnsSuffix: dnsSuffixOf(region),
  };
}

/**
 * A policy document of a resource with literals in the place of what only AWS knows. They are made of construct paths, so
 * that a reader knows the resource and no two resources have the same: `key/data.storage-key`.
 *
 * @throws Error for an expression that is not known here.
 */
export function literalDocument(
  graph: Graph,
  stack: string,
  text: unknown,
): unknown {
  const document = documentOf(text);
  if (!isObject(document))
    throw new Error(`${stack}: not a policy document: ${String(text)}`);
  return literalOf(graph, stack, document);
}

/** A value, and all below it, without expressions. */
export function literalOf(
  graph: Graph,
  stack: string,
  value: unknown,
): unknown {
  if (typeof value === "string")
    return value.replace(EXPRESSION, (_, expression: string) =>
      evaluate(graph, stack, expression),
    );
  if (Array.isArray(value))
    return value.map((one) => literalOf(graph, stack, one));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      String(literalOf(graph, stack, key)),
      literalOf(graph, stack, one),
    ]),
  );
}

const EXPRESSION = /(?<!\$)\$\{((?:[^{}]|\{[^{}]*\})*)\}/g;
const TRIMMED = /^trimprefix\((.+), \\?"(.+?)\\?"\)$/;
const REMOTE = /^data\.terraform_remote_state\.([a-z-]+)\.outputs\.(\w+)$/;
const LOCAL = /^((?:data\.)?aws_\w+\.[A-Za-z][\w-]*)\.([\w.[\]]+)$/;

function evaluate(graph: Graph, stack: string, expression: string): string {
  const [, inner, prefix = ""] = TRIMMED.exec(expression) ?? [];
  if (inner !== undefined) {
    const whole = evaluate(graph, stack, inner);
    return whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
  }
  const [, producer = "", output] = REMOTE.exec(expression) ?? [];
  if (output !== undefined) {
    const value = graph.outputs.get(`${producer}.${output}`);
    if (value !== undefined) return String(literalOf(graph, producer, value));
  }
  const [, address = "", attribute = ""] = LOCAL.exec(expression) ?? [];
  const subject = graph.byAddress.get(`${stack}:${address}`);
  const found = subject && attributeOf(graph, subject, attribute);
  if (found !== undefined) return found;
  throw new Error(`${stack}: no literal is known for \${${expression}}`);
}

/** Attributes that AWS makes, and all that the JSON has. */
function attributeOf(
  graph: Graph,
  subject: Subject,
  attribute: string,
): string | undefined {
  if (attribute === "arn") return arnOf(graph, subject);
  const name = attribute === "id" ? IDS_IN_JSON[subject.type] : attribute;
  if (name === undefined) return idOf(subject);
  if (attribute.endsWith("oidc[0].issuer")) {
    const { region, dnsSuffix } = placeOf(graph, subject.stack);
    return `https://oidc.eks.${region}.${dnsSuffix}/id/CLUSTER`;
  }
  const value = first(subject.body, name);
  return value === undefined
    ? undefined
    : String(literalOf(graph, subject.stack, value));
}

/** Attributes that are the id, for types whose id is no invention of AWS. */
const IDS_IN_JSON: Readonly<Record<string, string>> = {
  aws_s3_bucket: "bucket",
  aws_iam_role: "name",
  aws_ecr_repository: "name",
};

/** Prefixes that the ids of AWS have. */
const PREFIXES: Readonly<Record<string, string>> = {
  aws_vpc: "vpc-",
  aws_efs_file_system: "fs-",
  aws_efs_access_point: "fsap-",
};

/** `data/storage-key/Default` → `data.storage-key`. */
const idOf = ({ type, path }: Subject): string =>
  (PREFIXES[type] ?? "") + path.replace(/\/Default$/, "").replaceAll("/", ".");

/** What stands in an ARN after the account. */
const ARNS: Readonly<
  Record<string, (subject: Subject, name: (key: string) => string) => string>
> = {
  aws_eks_cluster: (_, name) => `eks:…:cluster/${name("name")}`,
  aws_kms_key: (subject) => `kms:…:key/${idOf(subject)}`,
  aws_efs_file_system: (subject) =>
    `elasticfilesystem:…:file-system/${idOf(subject)}`,
  aws_efs_access_point: (subject) =>
    `elasticfilesystem:…:access-point/${idOf(subject)}`,
  aws_cloudwatch_log_group: (_, name) => `logs:…:log-group:${name("name")}`,
  aws_ecr_repository: (_, name) => `ecr:…:repository/${name("name")}`,
  aws_s3_bucket: (_, name) => `s3:::${name("bucket")}`,
  aws_iam_role: (_, name) => `iam::…:role${name("path")}${name("name")}`,
  aws_iam_policy: (_, name) => `iam::…:policy${name("path")}${name("name")}`,
  aws_iam_openid_connect_provider: (_, name) =>
    `iam::…:oidc-provider/${name("url").replace("https://", "")}`,
  aws_db_instance: (_, name) => `rds:…:db:${name("identifier")}`,
  aws_elasticache_replication_group: (_, name) =>
    `elasticache:…:replicationgroup:${name("replication_group_id")}`,
  // Secrets Manager ends every ARN with six characters of its own.
  aws_secretsmanager_secret: ({ body }, name) =>
    `secretsmanager:…:secret:${name("name" in body ? "name" : "name_prefix")}AbCdEf`,
  aws_sns_topic: (_, name) => `sns:…:${name("name")}`,
  aws_sqs_queue: (_, name) => `sqs:…:${name("name")}`,
  aws_dynamodb_table: (_, name) => `dynamodb:…:table/${name("name")}`,
  aws_backup_vault: (_, name) => `backup:…:backup-vault:${name("name")}`,
  aws_acm_certificate: (subject) => `acm:…:certificate/${idOf(subject)}`,
  aws_sesv2_email_identity: (_, name) =>
    `ses:…:identity/${name("email_identity")}`,
};

/** ARN of a resource; undefined for types that no policy names. */
export function arnOf(graph: Graph, subject: Subject): string | undefined {
  const { partition, region, accountId } = placeOf(graph, subject.stack);
  // What a data source reads has the name of the resource that somebody else made.
  const type = subject.type.replace(/^data\./, "");
  const text = ARNS[type]?.(subject, (key) =>
    String(literalOf(graph, subject.stack, first(subject.body, key))),
  );
  if (text === undefined) return undefined;
  const where = text.startsWith("iam") ? accountId : `${region}:${accountId}`;
  return `arn:${partition}:${text.replace("…", where)}`;
}
