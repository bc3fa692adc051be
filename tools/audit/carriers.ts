import { CLOUDWATCH_OBSERVABILITY } from "../../modules/aws/eks/cloudwatch-observability";
import { ROLE_ANNOTATION } from "../../modules/aws/iam/role-trust";
import { kebab } from "../../modules/lib/names";
import { type Graph, type Subject, ofType, targetsOf } from "./graph";
import { at, documentOf, first, isObject } from "./reading";

/** The subjects of all service accounts that carry a role: typed ones, those of charts, and that of an add-on. */
export function carriersOf(role: Subject, graph: Graph): string[] {
  const typed = ofType(graph, "kubernetes_service_account_v1").flatMap(
    (account) =>
      at(account.body, "metadata").flatMap((metadata) =>
        accountOf(account, metadata, first(metadata, "namespace")),
      ),
  );
  const ofCharts = ofType(graph, "helm_release").flatMap((release) =>
    at(release.body, "values").flatMap((text) =>
      sections(documentOf(text)).flatMap((account) =>
        accountOf(release, account, release.body.namespace),
      ),
    ),
  );
  const { addOn, namespace, serviceAccount } = CLOUDWATCH_OBSERVABILITY;
  const ofAddOns = ofType(graph, "aws_eks_addon")
    .filter(({ body }) => body.addon_name === addOn)
    .map(({ stack, body }): [string, Subject[]] => [
      `system:serviceaccount:${namespace}:${serviceAccount}`,
      targetsOf(graph, stack, body.service_account_role_arn),
    ]);
  return [...typed, ...ofCharts, ...ofAddOns]
    .filter(([, roles]) => roles.includes(role))
    .map(([subject]) => subject);

  function accountOf(
    owner: Subject,
    account: unknown,
    namespace: unknown,
  ): [string, Subject[]][] {
    const annotations = first(account, "annotations");
    const arn = isObject(annotations)
      ? annotations[ROLE_ANNOTATION]
      : undefined;
    return [
      [
        `system:serviceaccount:${String(namespace)}:${String(first(account, "name"))}`,
        targetsOf(graph, owner.stack, arn).filter(
          ({ type }) => type === "aws_iam_role",
        ),
      ],
    ];
  }
}

/** Every `serviceAccount` of a chart's values; one without a name is called like the section around it. */
function sections(values: unknown, around = ""): unknown[] {
  if (!isObject(values)) return [];
  return Object.entries(values).flatMap(([key, value]) =>
    key === "serviceAccount" && isObject(value)
      ? [{ name: kebab(around), ...value }]
      : sections(value, key),
  );
}
