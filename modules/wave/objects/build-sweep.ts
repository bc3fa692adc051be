import { type CronJobV1Config } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import { type NetworkPolicyV1Config } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { type NetworkFacts } from "../../core/network-facts";
import { type WaveSettings } from "../settings/schema";
import { apiEgress } from "../../kubernetes/network-policy";
import { systemNodes } from "../../core/cluster/node-labels";
import { roleBindingOf } from "../../kubernetes/role-binding";
import { labelsOf } from "./labels";
import { type WaveInputs, type WaveParts } from "./objects";
import {
  restrictedContainer,
  restrictedPod,
} from "../../kubernetes/restricted-pod";

/** Name of the sweep's objects and account. */
export const BUILD_SWEEP_NAME = "wave-build-sweep";

const labels = labelsOf(BUILD_SWEEP_NAME, "build");

/** Label of a failed pod that an earlier run has seen. */
const SEEN = "wave-build-sweep/seen";

/**
 * Removes failed build pods, which Wave leaves behind with `cleanup: OnSuccess`.
 *
 * kubectl's image has no shell, and kubectl cannot select by age. So each run removes the failed pods that the run
 * before has labelled, and then labels the others: a pod goes after one period at the earliest and two at the latest,
 * and never before Wave has read its result.
 */
export function buildSweep(
  settings: WaveSettings,
  { network }: Pick<WaveInputs, "network">,
): Pick<
  WaveParts,
  "serviceAccounts" | "roles" | "roleBindings" | "cronJobs" | "networkPolicies"
> {
  const metadata = {
    name: BUILD_SWEEP_NAME,
    namespace: settings.wave.buildNamespace,
    labels,
  };
  return {
    serviceAccounts: {
      [BUILD_SWEEP_NAME]: { metadata, automountServiceAccountToken: false },
    },
    roles: {
      [BUILD_SWEEP_NAME]: {
        metadata,
        rule: [
          {
            apiGroups: [""],
            resources: ["pods"],
            verbs: ["list", "patch", "delete"],
          },
        ],
      },
    },
    roleBindings: {
      [BUILD_SWEEP_NAME]: roleBindingOf(metadata, BUILD_SWEEP_NAME, [
        {
          kind: "ServiceAccount",
          name: BUILD_SWEEP_NAME,
          namespace: metadata.namespace,
        },
      ]),
    },
    cronJobs: { [BUILD_SWEEP_NAME]: cronJob(settings) },
    networkPolicies: { [BUILD_SWEEP_NAME]: networkPolicy(settings, network) },
  };
}

/** Every so many hours; the setting allows only divisors of a day, so that the steps are even. */
const everyHours = (hours: number): string =>
  hours === 24 ? "41 4 * * *" : `41 */${hours} * * *`;

function cronJob(settings: WaveSettings): CronJobV1Config {
  const { wave } = settings;
  const failed = ["--field-selector=status.phase=Failed"];
  return {
    metadata: {
      name: BUILD_SWEEP_NAME,
      namespace: wave.buildNamespace,
      labels,
    },
    spec: {
      schedule: everyHours(wave.build.failedPodsAfterHours),
      timezone: "Etc/UTC",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 1800,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        metadata: { labels },
        spec: {
          backoffLimit: 0,
          activeDeadlineSeconds: 600,
          template: {
            metadata: { labels },
            spec: {
              serviceAccountName: BUILD_SWEEP_NAME,
              automountServiceAccountToken: true,
              enableServiceLinks: false,
              restartPolicy: "Never",
              nodeSelector: systemNodes(settings),
              securityContext: restrictedPod(65532),
              initContainer: [
                kubectl(settings, "remove", [
                  "delete",
                  "pods",
                  `--selector=${SEEN}=true`,
                  ...failed,
                  "--wait=false",
                ]),
              ],
              container: [
                kubectl(settings, "label", [
                  "label",
                  "pods",
                  ...failed,
                  `${SEEN}=true`,
                ]),
              ],
              volume: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }],
            },
          },
        },
      },
    },
  };
}

function kubectl({ wave }: WaveSettings, name: string, args: string[]) {
  return {
    name,
    image: wave.images.sweep,
    args: [...args, `--namespace=${wave.buildNamespace}`],
    env: [{ name: "HOME", value: "/tmp" }],
    resources: {
      requests: { cpu: "50m", memory: "64Mi" },
      limits: { memory: "128Mi" },
    },
    securityContext: restrictedContainer,
    volumeMount: [{ name: "tmp", mountPath: "/tmp" }],
  };
}

/** Out: the Kubernetes API, which builds may not reach. */
function networkPolicy(
  settings: WaveSettings,
  network: NetworkFacts,
): NetworkPolicyV1Config {
  return {
    metadata: {
      name: BUILD_SWEEP_NAME,
      namespace: settings.wave.buildNamespace,
      labels,
    },
    spec: {
      podSelector: { matchLabels: { app: BUILD_SWEEP_NAME } },
      policyTypes: ["Ingress", "Egress"],
      egress: [apiEgress(network)],
    },
  };
}
