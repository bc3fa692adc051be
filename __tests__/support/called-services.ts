import { type WaveSettings } from "../../modules/wave/settings/schema";
import { type Graph, ofType } from "../../tools/audit/graph";
import { rolesOf } from "../../tools/audit/permissions/roles";
import { texts } from "../../tools/audit/policies";
import { first } from "../../tools/audit/reading";
import { managedPolicy } from "../../tools/audit/permissions/resource-policies";

/** Ends of the names of the endpoints that the actions of a service go to, where they are not named as the actions are. */
const ENDPOINTS: Readonly<Record<string, readonly string[]>> = {
  ecr: ["ecr.api", "ecr.dkr", "s3"],
  ses: ["email"],
};

/** What a service of AWS calls in the name of the role, or what is allowed and not called. */
const NOT_CALLED = [
  // Elastic Load Balancing makes its linked role with the permissions of its caller.
  "iam:CreateServiceLinkedRole",
  // The Ingress names its certificate, and no log-in: the controller looks for a certificate where none is named.
  "acm:ListCertificates",
  "acm:DescribeCertificate",
  "iam:GetServerCertificate",
  "iam:ListServerCertificates",
  "cognito-idp:DescribeUserPoolClient",
];

interface Statement {
  readonly Action?: unknown;
  readonly Condition?: unknown;
}

/** Endpoints of AWS that nodes and pods of an environment call, as their roles may. */
export function calledServices(graph: Graph, settings: WaveSettings): string[] {
  const roles = [...rolesOf(graph, settings).values()].filter(({ trust }) =>
    /"(ec2\.amazonaws\.com[^"]*|sts:AssumeRoleWithWebIdentity)"|:role\//.test(
      JSON.stringify(trust),
    ),
  );
  const statements = roles.flatMap(({ policies, managed }): Statement[] => [
    ...Object.values(policies).flatMap(({ Statement }) => Statement),
    ...managed.flatMap((name) => [...(managedPolicy(name)?.Statement ?? [])]),
  ]);
  const actions = statements
    // The key works through S3 only: S3 calls it.
    .filter(
      ({ Condition }) =>
        !JSON.stringify(Condition ?? "").includes("kms:ViaService"),
    )
    .flatMap(({ Action }) => texts(Action))
    .filter((action) => !NOT_CALLED.includes(action));
  const services = new Set(actions.map((action) => action.split(":")[0] ?? ""));
  return [
    ...new Set([
      // Every role of a service account is taken there.
      "sts",
      ...[...services].flatMap((service) => ENDPOINTS[service] ?? [service]),
    ]),
  ].sort();
}

/** Ends of the names of the endpoints that a VPC has. */
export const endpointsOf = (graph: Graph): string[] =>
  ofType(graph, "aws_vpc_endpoint")
    .map(({ body }) =>
      String(first(body, "service_name")).replace(
        /^com\.amazonaws\.[a-z0-9-]+\./,
        "",
      ),
    )
    .sort();
