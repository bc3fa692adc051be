import { type DeploymentV1Config } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { type NetworkPolicyV1Config } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { type ServiceV1Config } from "@cdktf/provider-kubernetes/lib/service-v1";
import { type WaveSettings } from "../settings/schema";
import { amd64Nodes } from "./nodes";
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

/** Secret that holds `SURREAL_PASS` of the root user, and the file of all users. */
export const SURREAL_SECRET = "surreal-credentials";

/** Key of that Secret: statements that make the users, or give them their passwords anew. */
export const SURREAL_USERS_FILE = "users.surql";

/** Where that file is mounted. */
const USERS_FOLDER = "/users";

/** User that Wave logs in as: an editor of its database, and nothing else. */
export const SURREAL_USER = "wave";

/** Names that Wave uses when nothing else is configured. */
export const SURREAL_PLACE = ["--namespace", "seqera", "--database", "wave"];

/** Label that selects the pods of the export job, the only client besides Wave. */
export const SURREAL_EXPORT_LABELS = { app: "surreal-export" };

/** Owner of the files behind the access point, and user of the process. */
export const SURREAL_UID = 65532;

const ACCOUNT = "surrealdb";

/** Claim of the store's folder. */
export const SURREAL_CLAIM = "surreal-fs";

const labels = labelsOf(SURREAL_NAME, "database");

const DATA_PATH = "/mnt/efs/surreal-db";

/** Root user and its password, for server and export alike: 1.5.4 reads both from the environment. */
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
  inputs: Pick<WaveInputs, "surrealChecksum">,
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
  { surrealChecksum }: Pick<WaveInputs, "surrealChecksum">,
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
            "checksum/secrets": surrealChecksum,
            ...mountOptionsAnnotation,
          },
        },
        spec: {
          serviceAccountName: ACCOUNT,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          nodeSelector: amd64Nodes(settings),
          terminationGracePeriodSeconds: 60,
          securityContext: restrictedPod(SURREAL_UID),
          initContainer: [users(settings)],
          container: [container(settings)],
          volume: [
            { name: "users", secret: usersFile },
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

/** The password of the root user is for the server alone. */
const usersFile = {
  secretName: SURREAL_SECRET,
  items: [{ key: SURREAL_USERS_FILE, path: SURREAL_USERS_FILE }],
};

/**
 * Opens the files before the server does, and makes the users: at every start, so that a new password counts, and a
 * restored store has the users of today. The server itself would make a root user once and never change it.
 */
function users({ wave }: WaveSettings) {
  return {
    name: "users",
    image: wave.images.surrealdb,
    args: [
      "import",
      "--endpoint",
      `file://${DATA_PATH}`,
      ...SURREAL_PLACE,
      `${USERS_FOLDER}/${SURREAL_USERS_FILE}`,
    ],
    resources: resources(wave.classic.surrealMemory),
    securityContext: restrictedContainer,
    volumeMount: [
      DATA,
      { name: "users", mountPath: USERS_FOLDER, readOnly: true },
    ],
  };
}

const DATA = { name: "data", mountPath: DATA_PATH };

const resources = (memory: string) => ({
  requests: { cpu: "250m", memory },
  limits: { memory },
});

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
    resources: resources(wave.classic.surrealMemory),
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
    volumeMount: [DATA],
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
