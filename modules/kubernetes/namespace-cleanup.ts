import { type Release } from "@cdktf/provider-helm/lib/release";
import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { createLocalChart } from "./local-chart";
import { roleBindingOf } from "./role-binding";

/** Properties of `createNamespaceCleanup`. */
export interface NamespaceCleanupProps {
  /** Namespace to clean; it exists already. */
  readonly namespace: string;
  /** Name of account, Role and binding, and value of the label `app` of the pod. */
  readonly name: string;
  /** Labels of account, Role and binding. */
  readonly labels: Readonly<Record<string, string>>;
  /** Image of kubectl. */
  readonly image: string;
  /** Labels of the nodes that it runs on; `{}` for any that have no taint. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  /**
   * Secrets that the image is pulled with.
   * @default none
   */
  readonly imagePullSecret?: readonly { readonly name: string }[];
  /** What it is uninstalled before: the namespace, and everything that pods use. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * Removes Deployments, Jobs and pods of a namespace when the stack is destroyed: a pod that is left would hold its claim,
 * and with it the destroy for twenty minutes.
 *
 * Who may make pods depends on the release, so as to go first. So does a quota: a full one would refuse the pod.
 */
export function createNamespaceCleanup(
  scope: Construct,
  id: string,
  props: NamespaceCleanupProps,
): Release {
  const { name, namespace, labels } = props;
  const metadata = { name, namespace, labels };
  const dependsOn = [...props.dependsOn];
  const allow = (apiGroup: string, resource: string) => ({
    apiGroups: [apiGroup],
    resources: [resource],
    verbs: ["list", "delete"],
  });
  const account = new ServiceAccountV1(scope, `${id}-account`, {
    metadata,
    automountServiceAccountToken: false,
    imagePullSecret: props.imagePullSecret && [...props.imagePullSecret],
    dependsOn,
  });
  const role = new RoleV1(scope, `${id}-role`, {
    metadata,
    rule: [
      allow("apps", "deployments"),
      allow("batch", "jobs"),
      allow("", "pods"),
    ],
    dependsOn,
  });
  const binding = new RoleBindingV1(scope, `${id}-role-binding`, {
    ...roleBindingOf(metadata, name, [
      { kind: "ServiceAccount", name, namespace },
    ]),
    dependsOn: [account, role],
  });
  return createLocalChart(scope, id, {
    chart: "namespace-cleanup",
    namespace,
    values: {
      image: props.image,
      serviceAccount: name,
      app: name,
      nodeSelector: { ...props.nodeSelector },
    },
    dependsOn: [...dependsOn, account, binding],
  });
}
