import { type CronJobV1Config } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import { type NetworkPolicyV1Config } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { type WaveSettings } from "../settings/schema";
import {
  dnsEgress,
  podEgress,
  webEgress,
} from "../../kubernetes/network-policy";
import { SURREAL_EXPORTS_PREFIX } from "../stores/log-prefixes";
import { ROLE_ANNOTATION } from "../../aws/iam/role-trust";
import { proxyPorts, proxyVariables } from "../../core/proxy";
import { amd64Nodes } from "./nodes";
import { labelsOf } from "./labels";
import { type WaveInputs, type WaveParts } from "./objects";
import {
  restrictedContainer,
  restrictedPod,
} from "../../kubernetes/restricted-pod";
import {
  SURREAL_EXPORT_LABELS,
  SURREAL_LABELS,
  SURREAL_NAME,
  SURREAL_PLACE,
  SURREAL_PORT,
  SURREAL_SERVICE_PORT,
  SURREAL_UID,
  surrealCredentials,
} from "./surrealdb";

/** Name of the job and of its service account; the trust of the export role names the account. */
export const SURREAL_EXPORT_NAME = SURREAL_EXPORT_LABELS.app;

const labels = labelsOf(SURREAL_EXPORT_NAME, "database");

const EXPORT_FOLDER = "/export";

const FILE = `${EXPORT_FOLDER}/wave.surql`;

/** Daily export of SurrealDB to the logs bucket. */
export function surrealExport(
  settings: WaveSettings,
  { data, identity }: Pick<WaveInputs, "data" | "identity">,
): Pick<WaveParts, "serviceAccounts" | "cronJobs" | "networkPolicies"> {
  const { namespace } = settings.wave;
  return {
    serviceAccounts: {
      [SURREAL_EXPORT_NAME]: {
        metadata: {
          name: SURREAL_EXPORT_NAME,
          namespace,
          labels,
          annotations: { [ROLE_ANNOTATION]: identity.exportRoleArn },
        },
        // The role's token is a volume of its own; the one for the Kubernetes API is not needed.
        automountServiceAccountToken: false,
      },
    },
    cronJobs: {
      [SURREAL_EXPORT_NAME]: cronJob(settings, data.logsBucket),
    },
    networkPolicies: { [SURREAL_EXPORT_NAME]: networkPolicy(settings) },
  };
}

function cronJob(settings: WaveSettings, bucket: string): CronJobV1Config {
  const { wave } = settings;
  return {
    metadata: {
      name: SURREAL_EXPORT_NAME,
      namespace: wave.namespace,
      labels,
    },
    spec: {
      schedule: wave.classic.exportSchedule,
      timezone: "Etc/UTC",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels },
        spec: {
          backoffLimit: 2,
          activeDeadlineSeconds: 3600,
          template: {
            metadata: { labels },
            spec: {
              serviceAccountName: SURREAL_EXPORT_NAME,
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              restartPolicy: "Never",
              nodeSelector: amd64Nodes(settings),
              // The group makes the role's token file readable.
              securityContext: {
                ...restrictedPod(SURREAL_UID),
                fsGroup: String(SURREAL_UID),
              },
              initContainer: [exporter(settings)],
              container: [uploader(settings, bucket)],
              volume: [
                { name: "export", emptyDir: { sizeLimit: "10Gi" } },
                { name: "tmp", emptyDir: { sizeLimit: "1Gi" } },
              ],
            },
          },
        },
      },
    },
  };
}

/** The store's own image, so that client and server are of one version; it has no shell and no AWS client. */
function exporter({ wave }: WaveSettings) {
  return {
    name: "export",
    image: wave.images.surrealdb,
    args: [
      "export",
      "--endpoint",
      `http://${SURREAL_NAME}:${SURREAL_SERVICE_PORT}`,
      ...SURREAL_PLACE,
      FILE,
    ],
    env: surrealCredentials,
    resources: {
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { memory: "512Mi" },
    },
    securityContext: restrictedContainer,
    volumeMount: [{ name: "export", mountPath: EXPORT_FOLDER }],
  };
}

/** One object per run, named after its Job: `surreal-export-<minute of the schedule>.surql`; a retry overwrites it. */
function uploader(settings: WaveSettings, bucket: string) {
  const { region, wave } = settings;
  return {
    name: "upload",
    image: wave.images.upload,
    args: [
      "s3",
      "cp",
      "--only-show-errors",
      FILE,
      `s3://${bucket}/${SURREAL_EXPORTS_PREFIX}/$(JOB_NAME).surql`,
    ],
    env: [
      {
        name: "JOB_NAME",
        valueFrom: {
          fieldRef: {
            fieldPath: "metadata.labels['batch.kubernetes.io/job-name']",
          },
        },
      },
      { name: "AWS_REGION", value: region },
      { name: "HOME", value: "/tmp" },
      ...Object.entries(proxyVariables(settings)).map(([name, value]) => ({
        name,
        value,
      })),
    ],
    resources: {
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { memory: "512Mi" },
    },
    securityContext: restrictedContainer,
    volumeMount: [
      { name: "export", mountPath: EXPORT_FOLDER, readOnly: true },
      { name: "tmp", mountPath: "/tmp" },
    ],
  };
}

/** Out: DNS, the store, and HTTPS for STS and S3, but not the node's credentials. In: nothing. */
function networkPolicy(settings: WaveSettings): NetworkPolicyV1Config {
  const { namespace } = settings.wave;
  return {
    metadata: { name: SURREAL_EXPORT_NAME, namespace, labels },
    spec: {
      podSelector: { matchLabels: SURREAL_EXPORT_LABELS },
      policyTypes: ["Ingress", "Egress"],
      egress: [
        dnsEgress,
        podEgress(SURREAL_LABELS, SURREAL_PORT),
        webEgress([...new Set([443, ...proxyPorts(settings)])]),
      ],
    },
  };
}
