import { type DeploymentV1Config } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { type NetworkPolicyV1Config } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { type ServiceV1Config } from "@cdktf/provider-kubernetes/lib/service-v1";
import { type WaveSettings } from "../settings/schema";
import { SYSTEM_NODES } from "../../core/cluster/node-labels";
import { WAVE_APP, labelsOf } from "./labels";
import { mountOptionsAnnotation } from "./mount-options";
import { type WaveInputs, type WaveParts } from "./objects";
import {
  restrictedContainer,
  restrictedPod,
} from "../../kubernetes/restricted-pod";

/** Name of Deployment and Service, as in the upstream manifests: Wave's `surreal.default.url` holds it. */
export const SURREAL_NAME = "surrealv1";

/** Port of the Service. */
export const SURREAL_SERVICE_PORT = 8100;

/** Port of the container, and of every NetworkPolicy: policies see the pod's port and not the Service's. */
export const SURREAL_PORT = 8000;

/** Label that selects the store's pods. */
export const SURREAL_LABELS = { app: SURREAL_NAME };

/** Secret that holds `SURREAL_PASS`. */
export const SURREAL_SECRET = "surreal-credentials";

/** Label that selects the pods of the export job, the only client besides Wave. */
export const SURREAL_EXPORT_LABELS = { app: "surreal-export" };

/** Owner of the files behind the access point, and user of the process. */
export const SURREAL_UID = 65532;

const ACCOUNT = "surrealdb";

/** Claim of the store's folder. */
export const SURREAL_CLAIM = "surreal-fs";

const labels = labelsOf(SURREAL_NAME, "database");

const DATA_PATH = "/mnt/efs/surreal-db";

/** User and password of the store, for server and client alike: 1.5.4 reads both from the environment. */
export const surrealCredentials = [
  { name: "SURREAL_USER", value: "root" },
  {
    name: "SURREAL_PASS",
    valueFrom: { secretKeyRef: { name: SURREAL_SECRET, key: "SURREAL_PASS" } },
  },
];

/** SurrealDB, Wave's store on the classic line. */
export function surrealObjects(
  settings: WaveSettings,
  inputs: Pick<WaveInputs, "secretsChecksum">,
): Pick<
  WaveParts,
  "serviceAccounts" | "deployments" | "services" | "networkPolicies"
> {
  const { namespace } = settings.wave;
  return {
    serviceAccounts: {
      // Without token and without role.
      [ACCOUNT]: {
        metadata: { name: ACCOUNT, namespace, labels },
        automountServiceAccountToken: false,
      },
    },
    deployments: { [SURREAL_NAME]: deployment(settings, inputs) },
    services: { [SURREAL_NAME]: service(namespace) },
    networkPolicies: { [SURREAL_NAME]: networkPolicy(namespace) },
  };
}

function deployment(
  settings: WaveSettings,
  { secretsChecksum }: Pick<WaveInputs, "secretsChecksum">,
): DeploymentV1Config {
  const { namespace } = settings.wave;
  return {
    metadata: { name: SURREAL_NAME, namespace, labels },
    spec: {
      replicas: "1",
      // A second process cannot open the files while the first runs: a rolling update would wait for ever.
      strategy: { type: "Recreate" },
      selector: { matchLabels: SURREAL_LABELS },
      template: {
        metadata: {
          labels,
          annotations: {
            "checksum/secrets": secretsChecksum,
            ...mountOptionsAnnotation,
          },
        },
        spec: {
          serviceAccountName: ACCOUNT,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          nodeSelector: { "kubernetes.io/arch": "amd64", ...SYSTEM_NODES },
          terminationGracePeriodSeconds: 60,
          securityContext: restrictedPod(SURREAL_UID),
          container: [container(settings)],
          volume: [
            {
              name: "data",
              persistentVolumeClaim: { claimName: SURREAL_CLAIM },
            },
          ],
        },
      },
    },
  };
}

function container({ wave }: WaveSettings) {
  const health = { path: "/health", port: String(SURREAL_PORT) };
  return {
    name: "surrealdb",
    image: wave.images.surrealdb,
    args: ["start", "--no-banner", `file://${DATA_PATH}`],
    env: [
      ...surrealCredentials,
      // Off by default in 1.5.4: without it everybody is owner.
      { name: "SURREAL_AUTH", value: "true" },
      { name: "SURREAL_BIND", value: `0.0.0.0:${SURREAL_PORT}` },
    ],
    port: [{ name: "http", containerPort: SURREAL_PORT, protocol: "TCP" }],
    resources: {
      requests: { cpu: "250m", memory: wave.classic.surrealMemory },
      limits: { memory: wave.classic.surrealMemory },
    },
    // Two minutes to open the store and replay its log.
    startupProbe: {
      httpGet: health,
      periodSeconds: 5,
      timeoutSeconds: 3,
      failureThreshold: 24,
    },
    readinessProbe: { httpGet: health, periodSeconds: 10, timeoutSeconds: 3 },
    livenessProbe: {
      httpGet: health,
      periodSeconds: 10,
      timeoutSeconds: 3,
      failureThreshold: 10,
    },
    securityContext: restrictedContainer,
    volumeMount: [{ name: "data", mountPath: DATA_PATH }],
  };
}

function service(namespace: string): ServiceV1Config {
  return {
    metadata: { name: SURREAL_NAME, namespace, labels },
    spec: {
      type: "ClusterIP",
      selector: SURREAL_LABELS,
      port: [
        {
          name: "http",
          port: SURREAL_SERVICE_PORT,
          targetPort: String(SURREAL_PORT),
          protocol: "TCP",
        },
      ],
    },
  };
}

/** In: Wave and the export. Out: nothing, the files come through the node. */
function networkPolicy(namespace: string): NetworkPolicyV1Config {
  const clients = [{ app: WAVE_APP }, SURREAL_EXPORT_LABELS];
  return {
    metadata: { name: SURREAL_NAME, namespace, labels },
    spec: {
      podSelector: { matchLabels: SURREAL_LABELS },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        {
          from: clients.map((matchLabels) => ({
            podSelector: { matchLabels },
          })),
          ports: [{ port: String(SURREAL_PORT), protocol: "TCP" }],
        },
      ],
    },
  };
}
