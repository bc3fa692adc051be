import {
  type Graph,
  type Subject,
  targetsOf,
} from "../../../../tools/audit/graph";
import {
  literalOf,
  placeOf,
} from "../../../../tools/audit/permissions/literals";
import { isObject } from "../../../../tools/audit/reading";
import { DEPENDENT_ACTIONS } from "../../../../tools/lab/deployer/dependent-actions";
import { type Context } from "../../../support/simulate";
import { type PlainCall } from "../../../support/simulate-principal";
import { contextsOf } from "./asked-context";
import { callsOfType } from "./calls-of-types";

/** What is done with an environment. */
export type Phase = "deploy" | "plan" | "change" | "destroy";

/** One call, on each resource that it may be asked on: the simulator knows which of them are. */
export interface Asked {
  /** Address of the resource for which it is asked. */
  readonly address: string;
  readonly does: string;
  readonly on: readonly PlainCall[];
}

interface Target {
  readonly type: string;
  readonly arn: string;
  /** Tags that it has; a new one has none yet. */
  readonly tags: Readonly<Record<string, string>>;
  readonly isNew?: boolean;
  readonly body: Subject["body"];
}

/** What Terraform asks of AWS for all resources of an environment, and what AWS asks beside it. */
export function askedIn(graph: Graph, phase: Phase): Asked[] {
  return graph.subjects
    .filter(({ type }) => /^(data\.|ephemeral\.)?aws_/.test(type))
    .flatMap((subject) => {
      const { create, read, change, destroy } = callsOfType(subject.type);
      const first = { deploy: create, plan: [], change, destroy }[phase];
      return [...first, ...read].flatMap((does, index) =>
        withDependents(does, subject).map((one) =>
          askedFor(graph, subject, one, {
            call: does,
            isNew: phase === "deploy" && index < create.length,
          }),
        ),
      );
    })
    .filter(({ on }) => on.length > 0);
}

const withDependents = (does: string, { body }: Subject): string[] => [
  does,
  ...(DEPENDENT_ACTIONS[does]?.needs ?? []).filter(
    // Only an endpoint with private names has a zone.
    (one) => !one.startsWith("route53:") || body.private_dns_enabled === true,
  ),
];

interface Circumstance {
  /** Call of Terraform. */
  readonly call: string;
  /** It makes the resource, or comes within seconds of that. */
  readonly isNew: boolean;
}

function askedFor(
  graph: Graph,
  subject: Subject,
  does: string,
  circumstance: Circumstance,
): Asked {
  const own = ownTarget(graph, subject, circumstance.isNew && isMaking(does));
  const targets = isTagging(does)
    ? own
    : [
        ...own,
        ...referredTargets(graph, subject),
        ...extraTargets(graph, subject, does),
      ];
  const fitting = targets.filter(({ type, arn }) =>
    ALONE.has(does) ? type === "" : arn.split(":")[2] === does.split(":")[0],
  );
  const contexts = contextsOf(graph, subject, does, circumstance.call);
  return {
    address: `${subject.stack}: ${subject.address}`,
    does,
    on: (fitting.length === 0 && !NEEDS_TARGET.test(does)
      ? [{ type: "", arn: "*", tags: {}, body: {} }]
      : fitting
    ).flatMap((target) =>
      contexts.map((context) => ({
        does,
        to: target.arn,
        with: {
          ...context,
          ...tagsFor(does, subject, target),
          ...ofTarget(target),
        },
      })),
    ),
  };
}

/** Asked on a key or a role that the resource names, or not at all. */
const NEEDS_TARGET =
  /^kms:(?!ListAliases|CreateKey)|^iam:(PassRole|GetRole|ListAttached)/;
const isTagging = (does: string): boolean =>
  /:(CreateTags|DeleteTags|TagResource|UntagResource|AddTags\w+|Tag[A-Z]\w+)$/.test(
    does,
  );
const isMaking = (does: string): boolean =>
  isTagging(does) ||
  /:(Create|Allocate|Request|Run|Authorize|PutKeyPolicy)\w*$/.test(does);

/** Asked on what AWS makes or takes besides, and on nothing that the resource names. */
const ALONE = new Set(["iam:CreateServiceLinkedRole"]);

function ownTarget(graph: Graph, subject: Subject, isNew: boolean): Target[] {
  const arn = arnOf(graph, subject);
  if (arn === undefined) return [];
  const tags = tagsOf(graph, subject);
  return [
    {
      type: subject.type,
      arn,
      tags: isNew ? {} : tags,
      isNew,
      body: subject.body,
    },
  ];
}

/** Bodies name these without that the call is asked on them. */
const NOT_ASKED = new Set([
  "policy",
  "tags",
  "depends_on",
  "lifecycle",
  "referenced_security_group_id",
]);

function referredTargets(graph: Graph, subject: Subject): Target[] {
  const body = Object.fromEntries(
    Object.entries(subject.body).filter(([key]) => !NOT_ASKED.has(key)),
  );
  return targetsOf(graph, subject.stack, body)
    .filter((one) => one !== subject && /^([a-z]+\.)?aws_/.test(one.type))
    .flatMap((one) =>
      subject.type.includes("ingress_rule") && one.type === "aws_eks_cluster"
        ? [clusterGroup(graph, one)]
        : ownTarget(graph, one, false),
    );
}

/** The security group that EKS makes has tags of EKS alone. */
function clusterGroup(graph: Graph, cluster: Subject): Target {
  const name = String(literalOf(graph, cluster.stack, cluster.body.name));
  return {
    type: "aws_security_group",
    arn: filled(graph, cluster, "ec2:@:security-group/sg-2") ?? "",
    tags: {
      Name: `eks-cluster-sg-${name}-1234567890`,
      "aws:eks:cluster-name": name,
      [`kubernetes.io/cluster/${name}`]: "owned",
    },
    body: {},
  };
}

/** What AWS makes or takes besides. */
const EXTRA: Readonly<Record<string, readonly string[]>> = {
  "ec2:CreateNetworkInterface": ["ec2:@:network-interface/eni-1"],
  "ec2:DeleteNetworkInterface": ["ec2:@:network-interface/eni-1"],
  "ec2:ModifyNetworkInterfaceAttribute": ["ec2:@:network-interface/eni-1"],
  "ec2:RunInstances": [
    "ec2:@:instance/i-1",
    "ec2:@:network-interface/eni-1",
    "ec2:@:security-group/sg-1",
    "ec2:@:volume/vol-1",
    "ec2:{region}::image/ami-1",
  ],
  "elasticache:CreateReplicationGroup": [
    "elasticache:@:parametergroup:default.redis7",
  ],
  "elasticache:CreateSnapshot": [
    "elasticache:@:snapshot:{replication_group_id}-final",
  ],
  "iam:CreateServiceLinkedRole": [
    "iam::#:role/aws-service-role/x/AWSServiceRoleForX",
  ],
  "rds:CreateDBInstance": ["rds:@:og:default:postgres-17"],
  "rds:CreateDBSnapshot": ["rds:@:snapshot:{identifier}-final"],
  "rds:RestoreDBInstanceFromDBSnapshot": [
    "rds:@:og:default:postgres-17",
    "rds:@:snapshot:rds:anybody-2026-01-31-02-08",
  ],
  "route53:AssociateVPCWithHostedZone": ["route53:::hostedzone/ZAWS"],
  "route53:GetChange": ["route53:::change/C1"],
};

const extraTargets = (graph: Graph, subject: Subject, does: string): Target[] =>
  (EXTRA[does] ?? []).map((template) => ({
    type: "",
    arn: filled(graph, subject, template) ?? "",
    tags: {},
    body: {},
  }));

const arnOf = (graph: Graph, subject: Subject): string | undefined => {
  const { arn } = callsOfType(subject.type);
  return arn === undefined ? undefined : filled(graph, subject, arn);
};

function filled(
  graph: Graph,
  { stack, body }: Subject,
  template: string,
): string | undefined {
  const { region, accountId, partition, dnsSuffix } = placeOf(graph, stack);
  const values: Record<string, unknown> = {
    ...body,
    region,
    suffix: dnsSuffix,
    issuer: issuerOf(body.url) ?? `oidc.eks.${region}.${dnsSuffix}/id/1`,
  };
  const text = template
    .replace("@", `${region}:${accountId}`)
    .replace("#", accountId)
    .replace(/\{(\w+)\}/g, (_, key: string) => {
      const value = String(values[key]);
      return key === "cluster_name"
        ? String(literalOf(graph, stack, value))
        : value;
    });
  return text.includes("${") ? undefined : `arn:${partition}:${text}`;
}

/** Host and path of an issuer that is known, which that of a cluster is not. */
const issuerOf = (url: unknown): string | undefined =>
  typeof url === "string" && !url.includes("${")
    ? url.replace("https://", "")
    : undefined;

function tagsOf(
  graph: Graph,
  { stack, body }: Subject,
): Record<string, string> {
  return isObject(body.tags)
    ? (literalOf(graph, stack, body.tags) as Record<string, string>)
    : {};
}

/** Tags of the request, and those that the target has. KMS may not honour a tag yet, so a key is asked without. */
function tagsFor(does: string, subject: Subject, target: Target): Context {
  const name = isObject(subject.body.tags) ? subject.body.tags.Name : undefined;
  const isSent = target.isNew === true || target.arn === "*" || isTagging(does);
  const hasTags = target.type !== "aws_kms_key" || !LATE.test(does);
  const had = Object.entries(hasTags ? target.tags : {});
  return {
    ...(isSent && typeof name === "string" && { "aws:RequestTag/Name": name }),
    ...Object.fromEntries(
      had.map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
    ),
  };
}

const LATE =
  /^kms:(Describe|Get|List|Enable|CreateAlias|Decrypt|GenerateDataKey)/;

function ofTarget({ body }: Target): Context {
  const boundary = body.permissions_boundary;
  return typeof boundary === "string"
    ? { "iam:PermissionsBoundary": boundary }
    : {};
}
