import {
  type Graph,
  type Subject,
  targetsOf,
} from "../../../../tools/audit/graph";
import { placeOf } from "../../../../tools/audit/permissions/literals";
import { type Context } from "../../../support/simulate";
import { callsOfType } from "./calls-of-types";

/** Which service stands behind a call of a type, as condition keys name it. */
const LINKED: Readonly<Record<string, string>> = {
  backup: "backup",
  eks: "eks",
  elasticache: "elasticache",
  elasticfilesystem: "elasticfilesystem",
  rds: "rds",
};

/** What the request for an action says; several, where AWS may say it in more than one way. */
export function contextsOf(
  graph: Graph,
  subject: Subject,
  does: string,
  call: string,
): Context[] {
  const { region, partition, accountId, dnsSuffix } = placeOf(
    graph,
    subject.stack,
  );
  const service = call.split(":")[0] ?? "";
  const create = callsOfType(subject.type).create[0]?.split(":")[1] ?? "";
  const context: Context = {
    "aws:RequestedRegion": region,
    "ec2:CreateAction":
      does === "ec2:CreateTags" && service === "eks" ? "RunInstances" : create,
    "elasticfilesystem:CreateAction": create,
    "ec2:LaunchTemplate": `arn:${partition}:ec2:${region}:${accountId}:launch-template/lt-1`,
    "iam:AWSServiceName": `${LINKED[service] ?? service}.amazonaws.com`,
    ...(service === "autoscaling" && {
      "aws:TagKeys": [
        (subject.body.tag as { key?: string } | undefined)?.key ??
          "wave-on-eks/autoscaled-by",
      ],
    }),
    ...(typeof subject.body.policy_arn === "string" && {
      "iam:PolicyARN": subject.body.policy_arn,
    }),
    // EKS makes the grant of a cluster's key by itself; the other services say that it is for their resource.
    ...(service !== "eks" && { "kms:GrantIsForAWSResource": "true" }),
    ...(does === "route53:ChangeResourceRecordSets" && {
      "route53:ChangeResourceRecordSetsNormalizedRecordNames": [
        recordName(subject),
      ],
    }),
  };
  const suffixes = [...new Set(["amazonaws.com", dnsSuffix])];
  if (does.startsWith("kms:") && service !== "eks" && service !== "kms")
    return suffixes.map((suffix) => ({
      ...context,
      "kms:ViaService": `${service}.${region}.${suffix}`,
    }));
  if (does === "iam:PassRole")
    return takersOf(graph, subject).flatMap((taker) =>
      suffixes.map((suffix) => ({
        ...context,
        "iam:PassedToService": `${taker}.${suffix}`,
      })),
    );
  return [context];
}

/** Services that the trust of the roles names which a resource takes; the role of an add-on's service account is given to EKS. */
const takersOf = (graph: Graph, subject: Subject): string[] =>
  targetsOf(graph, subject.stack, subject.body)
    .filter(({ type }) => type === "aws_iam_role")
    .flatMap(({ body }) =>
      subject.type === "aws_eks_addon"
        ? ["eks"]
        : [
            ...String(body.assume_role_policy).matchAll(
              /"([a-z.-]+)\.amazonaws\.com/g,
            ),
          ].map(([, service = ""]) => service),
    );

/** Name of a record; where only AWS knows it, one like it. */
function recordName({ body }: Subject): string {
  const name = String(body.name);
  const [, proven] =
    /domain_name == \\?"(?:\*\.)?([^"\\]+)\\?"/.exec(name) ?? [];
  return proven === undefined
    ? // IAM writes what is no letter of a name as an octal code.
      name.replace(/^\$\{.*\}(?=\.)/, "token").replace("*", String.raw`\052`)
    : `_1234.${proven}`;
}
