import {
  type NodeSelector,
  SYSTEM_NODES,
} from "../../../modules/core/cluster/node-labels";
import { CLUSTER_AUTOSCALER } from "../../../modules/core/controllers/cluster-autoscaler";
import { EFS_CSI_DRIVER } from "../../../modules/core/controllers/efs-csi-driver";
import { LOAD_BALANCER_CONTROLLER } from "../../../modules/core/controllers/load-balancer-controller";
import { type KubernetesObject } from "../../operate/manifests/manifests";

/** What stands in for a chart of the controllers: nothing of it has to work. */
export interface StubRelease {
  /** Version that the `workloads` stack pins. */
  readonly version: string;
  readonly objects: readonly KubernetesObject[];
}

/** Objects that a real chart leaves in the cluster when it is uninstalled. */
export const keptByCharts = ["CSIDriver efs.csi.aws.com"];

/** Webhooks of the load-balancer controller's chart; both kinds have this name. */
export const controllerWebhooks = "aws-load-balancer-webhook";

/** A controller that only waits, where the real one would run. */
export const controller = (
  name: string,
  nodes: NodeSelector,
  namespace: string = LOAD_BALANCER_CONTROLLER.namespace,
): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace },
  spec: {
    replicas: 2,
    selector: { matchLabels: { "app.kubernetes.io/name": name } },
    template: {
      metadata: { labels: { "app.kubernetes.io/name": name } },
      spec: {
        nodeSelector: nodes,
        automountServiceAccountToken: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65534,
          seccompProfile: { type: "RuntimeDefault" },
        },
        containers: [
          {
            name: "pause",
            image: "registry.k8s.io/pause:3.10",
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ["ALL"] },
            },
          },
        ],
      },
    },
  },
});

/** A kind of objects that takes any field. */
export const definition = (
  group: string,
  version: string,
  [kind, plural]: readonly [string, string],
  scope: "Namespaced" | "Cluster" = "Namespaced",
): KubernetesObject => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: `${plural}.${group}` },
  spec: {
    group,
    scope,
    names: { kind, plural, singular: kind.toLowerCase() },
    versions: [
      {
        name: version,
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: {
            type: "object",
            "x-kubernetes-preserve-unknown-fields": true,
          },
        },
      },
    ],
  },
});

/** Kept like the real one: it is a hook, and so no part of the release. */
const efsDriver: KubernetesObject = {
  apiVersion: "storage.k8s.io/v1",
  kind: "CSIDriver",
  metadata: {
    name: "efs.csi.aws.com",
    annotations: {
      "helm.sh/hook": "pre-install,pre-upgrade",
      "helm.sh/hook-delete-policy": "before-hook-creation",
      "helm.sh/resource-policy": "keep",
    },
  } as KubernetesObject["metadata"],
  spec: { attachRequired: false },
};

/** The real one refuses every Ingress until its pods answer. Nobody answers this one, so it lets everything through. */
const ingressWebhook: KubernetesObject = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name: controllerWebhooks },
  webhooks: [
    {
      name: "vingress.elbv2.k8s.aws",
      admissionReviewVersions: ["v1"],
      sideEffects: "None",
      failurePolicy: "Ignore",
      timeoutSeconds: 1,
      clientConfig: {
        service: {
          name: "aws-load-balancer-webhook-service",
          namespace: LOAD_BALANCER_CONTROLLER.namespace,
          path: "/validate-networking-v1-ingress",
        },
      },
      rules: [
        {
          apiGroups: ["networking.k8s.io"],
          apiVersions: ["v1"],
          operations: ["CREATE", "UPDATE"],
          resources: ["ingresses"],
        },
      ],
    },
  ],
};

/** Parameters of classes of the load-balancer controller. */
export const ingressClassParams = definition(
  "elbv2.k8s.aws",
  "v1beta1",
  ["IngressClassParams", "ingressclassparams"],
  "Cluster",
);

/**
 * Stand-ins by name of the chart.
 * @param nodes Labels of the nodes that the pods of controllers run on.
 */
export const stubReleases = (
  nodes: NodeSelector = SYSTEM_NODES,
): Readonly<Record<string, StubRelease>> => ({
  [EFS_CSI_DRIVER.chart]: {
    version: EFS_CSI_DRIVER.version,
    objects: [efsDriver, controller("efs-csi-controller", nodes)],
  },
  [LOAD_BALANCER_CONTROLLER.chart]: {
    version: LOAD_BALANCER_CONTROLLER.version,
    objects: [
      controller("aws-load-balancer-controller", nodes),
      ingressWebhook,
      ingressClassParams,
    ],
  },
  [CLUSTER_AUTOSCALER.chart]: {
    version: CLUSTER_AUTOSCALER.version,
    objects: [controller("cluster-autoscaler", nodes)],
  },
});
