import { stringify } from "yaml";
import {
  ACCOUNT_CONFIG,
  FLUX_NAMESPACE,
  POD_ACCOUNT,
} from "../../../modules/delivery/names";
import { type KubernetesObject } from "../../operate/manifests/manifests";
import { type PackedChart, packageOf } from "../stand-ins/charts";

/** Version of every chart that the lab packs. */
const VERSION = "1.0.0";

/** Namespace in which nothing of the platform may change anything. */
export const ELSEWHERE = "kube-system";

/** Secret of a service, which the lab makes: a release reads it, and Flux may not make one. */
export const RELEASE_SECRET = "lab-release";

/** ConfigMap that a good release makes of the values it was given. */
export const PROOF = "lab-proof";

const at = (kind: string, name: string, namespace?: string) => ({
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});

const namespaceObject = {
  apiVersion: "v1",
  ...at("Namespace", "lab-namespace"),
};
const clusterRole = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  ...at("ClusterRole", "lab-cluster-role"),
  rules: [],
};
const secretIn = (namespace: string): KubernetesObject => ({
  apiVersion: "v1",
  ...at("Secret", `lab-in-${namespace}`, namespace),
});
const configMapIn = (namespace: string): KubernetesObject => ({
  apiVersion: "v1",
  ...at("ConfigMap", "lab-more", namespace),
});

const nothing = [{ apiVersion: "v1", ...at("ConfigMap", "lab-nothing") }];

/** Charts, by what is in them: what a service is made of, and what a service must not make. */
const charts: Readonly<Record<string, readonly object[]>> = {
  "lab-service": [
    {
      apiVersion: "v1",
      ...at("ConfigMap", PROOF),
      data: {
        domain: "{{ .Values.myAccount.domainName }}",
        secret: "{{ .Values.fromSecret }}",
      },
    },
    {
      apiVersion: "apps/v1",
      ...at("Deployment", "lab-service"),
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: "lab-service" } },
        template: {
          metadata: { labels: { app: "lab-service" } },
          spec: {
            automountServiceAccountToken: false,
            containers: [
              { name: "pause", image: "registry.k8s.io/pause:3.10" },
            ],
          },
        },
      },
    },
  ],
  "lab-namespace": [namespaceObject],
  "lab-cluster-role": [clusterRole],
  "lab-elsewhere": [configMapIn(ELSEWHERE)],
  "lab-nothing": nothing,
  "lab-other-account": nothing,
};

/** All charts, packed. */
export const releaseCharts = (): PackedChart[] =>
  Object.entries(charts).map(([name, objects]) => ({
    name,
    version: VERSION,
    content: packageOf(name, VERSION, objects),
  }));

/** The repository of charts, for releases of one namespace. */
export const chartSource = (
  namespace: string,
  url: string,
): KubernetesObject => ({
  apiVersion: "source.toolkit.fluxcd.io/v1",
  ...at("HelmRepository", "lab", namespace),
  spec: { interval: "1m", url },
});

/** A release of one of the charts. */
export const helmRelease = (
  namespace: string,
  chart: string,
  spec: HelmReleaseChange = {},
): KubernetesObject => ({
  apiVersion: "helm.toolkit.fluxcd.io/v2",
  ...at("HelmRelease", chart, namespace),
  spec: {
    interval: "1m",
    timeout: "1m",
    chart: {
      spec: {
        chart,
        version: VERSION,
        sourceRef: { kind: "HelmRepository", name: "lab" },
      },
    },
    ...spec,
  },
});

export interface HelmReleaseChange {
  readonly targetNamespace?: string;
  readonly serviceAccountName?: string;
  readonly valuesFrom?: readonly object[];
}

/** A release as a service has one: values from the ConfigMap of its namespace, and from a Secret. */
export const goodRelease = (namespace: string): KubernetesObject =>
  helmRelease(namespace, "lab-service", {
    valuesFrom: [
      {
        kind: "ConfigMap",
        name: ACCOUNT_CONFIG,
        valuesKey: `${ACCOUNT_CONFIG}.yaml`,
      },
      {
        kind: "Secret",
        name: RELEASE_SECRET,
        valuesKey: "value",
        targetPath: "fromSecret",
      },
    ],
  });

/** Refused to the folder, by what it holds. */
export const refusedObjects = (
  namespace: string,
): Readonly<Record<string, KubernetesObject>> => ({
  "a Namespace": namespaceObject,
  "a ClusterRole": clusterRole,
  "a Secret beside Wave": secretIn("wave"),
  "a Secret of a service": secretIn(namespace),
  "a release in another namespace": helmRelease(ELSEWHERE, "lab-nothing"),
});

/** Refused to a service's own release, by what it does. */
export const refusedReleases = (
  namespace: string,
): Readonly<Record<string, KubernetesObject>> => ({
  "a Namespace": helmRelease(namespace, "lab-namespace"),
  "a ClusterRole": helmRelease(namespace, "lab-cluster-role"),
  "an object of another namespace": helmRelease(namespace, "lab-elsewhere"),
  "all of it in another namespace": helmRelease(namespace, "lab-nothing", {
    targetNamespace: ELSEWHERE,
  }),
  "another account": helmRelease(namespace, "lab-other-account", {
    serviceAccountName: POD_ACCOUNT,
  }),
  "a source of another namespace": {
    ...helmRelease(namespace, "lab-other-source"),
    spec: {
      interval: "1m",
      chartRef: {
        kind: "OCIRepository",
        name: "lab",
        namespace: FLUX_NAMESPACE,
      },
    },
  },
});

/** A folder with these objects, each in a file of its own. */
export const folderOf = (
  path: string,
  objects: readonly KubernetesObject[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    objects.map((object) => {
      const { name, namespace = FLUX_NAMESPACE } = object.metadata;
      const file = `${path}/${namespace}/${object.kind}-${name}.yaml`;
      return [file, stringify(object)];
    }),
  );
