import { type StackJson } from "../audit/graph";
import { COLOURS, type Piece, box, picture, text } from "./svg";

/** What a stack deploys, and what it reads. */
export interface StackFacts {
  readonly stack: string;
  /** Such as `3 NAT gateways`. */
  readonly contents: readonly string[];
  /** Names of outputs, by the stack that writes them. */
  readonly reads: Readonly<Record<string, readonly string[]>>;
}

/** Types that a reader looks for: one, and several. */
const NAMES: readonly (readonly [string, string, string])[] = [
  ["aws_vpc", "VPC", "VPCs"],
  ["aws_subnet", "subnet", "subnets"],
  ["aws_nat_gateway", "NAT gateway", "NAT gateways"],
  ["aws_eks_cluster", "EKS cluster", "EKS clusters"],
  ["aws_eks_node_group", "node group", "node groups"],
  ["aws_eks_addon", "EKS add-on", "EKS add-ons"],
  ["aws_eks_access_entry", "access entry", "access entries"],
  ["aws_flow_log", "flow log", "flow logs"],
  ["aws_efs_file_system", "EFS file system", "EFS file systems"],
  ["aws_elasticache_replication_group", "Redis", "Redis"],
  ["aws_db_instance", "PostgreSQL", "PostgreSQL"],
  ["aws_s3_bucket", "S3 bucket", "S3 buckets"],
  ["aws_ecr_repository", "ECR repository", "ECR repositories"],
  ["aws_dynamodb_table", "DynamoDB table", "DynamoDB tables"],
  ["aws_sqs_queue", "SQS queue", "SQS queues"],
  ["aws_sns_topic", "SNS topic", "SNS topics"],
  ["aws_secretsmanager_secret", "generated secret", "generated secrets"],
  ["aws_kms_key", "KMS key", "KMS keys"],
  ["aws_iam_openid_connect_provider", "OIDC provider", "OIDC providers"],
  ["aws_iam_role", "IAM role", "IAM roles"],
  ["aws_acm_certificate", "certificate", "certificates"],
  ["aws_sesv2_email_identity", "SES identity", "SES identities"],
  ["aws_cloudwatch_metric_alarm", "alarm", "alarms"],
  ["aws_cloudwatch_dashboard", "dashboard", "dashboards"],
  ["helm_release", "Helm release", "Helm releases"],
  ["kubernetes_namespace_v1", "namespace", "namespaces"],
  ["kubernetes_service_account_v1", "service account", "service accounts"],
  ["kubernetes_deployment_v1", "Deployment", "Deployments"],
  ["kubernetes_network_policy_v1", "network policy", "network policies"],
  ["kubernetes_ingress_v1", "Ingress, its ALB", "Ingresses, their ALB"],
  ["aws_route53_record", "DNS record", "DNS records"],
];

const REMOTE = /\bdata\.terraform_remote_state\.([a-z-]+)\.outputs\.(\w+)/g;

/** The facts of stacks in the order of a deploy; those that nobody writes to, and that write to nobody, are left out. */
export function stackFacts(
  stacks: Readonly<Record<string, StackJson>>,
  order: readonly string[],
): StackFacts[] {
  return order.flatMap((stack) => {
    const json = stacks[stack];
    if (json === undefined) return [];
    const reads: Record<string, string[]> = {};
    for (const [, from = "", output = ""] of JSON.stringify(json).matchAll(
      REMOTE,
    ))
      if (reads[from]?.includes(output) !== true)
        reads[from] = [...(reads[from] ?? []), output].sort();
    return [{ stack, contents: contentsOf(json), reads }];
  });
}

const contentsOf = ({ resource = {} }: StackJson): string[] =>
  NAMES.flatMap(([type, one, several]) => {
    const count = Object.keys(resource[type] ?? {}).length;
    if (count === 0) return [];
    return count === 1 ? [one] : [`${count} ${several}`];
  });

const COLUMN = 236;
const LINE = 15;
const EDGE = 16;
const GAP = 10;
const HEAD = 34;

/**
 * Stacks on the diagonal in the order of a deploy. To the right of a stack stands what it writes, in the column of the stack that
 * reads it: so every arrow goes right and then down, and nothing can cross.
 */
export function stacksPicture(facts: readonly StackFacts[]): string {
  const heights = facts.map(({ stack, contents }) =>
    Math.max(
      HEAD + contents.length * LINE + 4,
      ...facts.map(
        ({ reads }) => HEAD + (reads[stack]?.length ?? 0) * LINE + 4,
      ),
    ),
  );
  const tops = heights.map((_, row) =>
    heights.slice(0, row).reduce((sum, height) => sum + height + GAP, EDGE),
  );
  const width = 2 * EDGE + facts.length * COLUMN + (facts.length - 1) * GAP;
  const height = (tops.at(-1) ?? 0) + (heights.at(-1) ?? 0) + EDGE;
  const xOf = (column: number): number => EDGE + column * (COLUMN + GAP);
  const pieces = facts.flatMap(({ stack, contents }, row) => {
    const y = tops[row] ?? 0;
    const tall = heights[row] ?? 0;
    return [
      ...cell(xOf(row), y, tall, stack, contents, "stack"),
      ...facts.flatMap(({ stack: reader, reads }, column) => {
        const outputs = reads[stack];
        return outputs === undefined
          ? []
          : cell(
              xOf(column),
              y,
              tall,
              `${outputs.length} to ${reader}`,
              outputs,
              "outputs",
            );
      }),
    ];
  });
  return picture(
    width,
    height,
    `The stacks ${facts.map(({ stack }) => stack).join(", ")}: what each deploys, and which outputs of it are read by which`,
    [...pieces, ...legend(EDGE, tops.at(-1) ?? 0, heights.at(-1) ?? 0)],
  );
}

function cell(
  x: number,
  y: number,
  height: number,
  title: string,
  lines: readonly string[],
  kind: "stack" | "outputs",
): Piece[] {
  const isStack = kind === "stack";
  return [
    box(
      x,
      y,
      COLUMN,
      height,
      isStack
        ? { fill: COLOURS.blue, line: COLOURS.blueLine }
        : { fill: COLOURS.pale, line: COLOURS.line, dashed: true },
    ),
    text(x + 12, y + 22, title, {
      bold: true,
      size: isStack ? 15 : 12,
      colour: isStack ? COLOURS.ink : COLOURS.quiet,
    }),
    ...lines.map((line, index) =>
      text(x + 12, y + HEAD + 8 + index * LINE, line, {
        size: isStack ? 12 : 11,
        mono: !isStack,
      }),
    ),
  ];
}

/** Beneath the diagonal there is room. */
const legend = (x: number, y: number, height: number): Piece[] =>
  [
    "Blue: what a stack deploys. Deploy goes down the diagonal, destroy goes up.",
    "Dashed: the outputs of the row's stack that the column's stack reads,",
    "by remote state: ids, ARNs, names and endpoints, never a secret.",
  ].map((content, index) =>
    text(x + 4, y + height - 44 + index * 18, content, {
      size: 12,
      colour: COLOURS.quiet,
    }),
  );
