import { REGISTRY_LOGINS } from "../../core/registries";
import { systemNodes } from "../../core/cluster/node-labels";
import { amd64Nodes } from "./nodes";
import {
  type DeploymentV1Config,
  type DeploymentV1SpecTemplateSpec,
  type DeploymentV1SpecTemplateSpecContainer,
} from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { type WaveEnvironment } from "../release/release";
import {
  REGISTRY_SECRET,
  WAVE,
  WAVE_PORT,
  WAVE_SERVICE_ACCOUNT,
} from "./kubernetes-names";
import { WAVE_APP, labelsOf } from "./labels";
import { hasBuilds } from "../release/line";
import {
  imageRepository,
  serverCpuLimit,
  serverMemory,
} from "../release/line-defaults";
import { mountOptionsAnnotation } from "./mount-options";
import { type WaveInputs } from "./objects";
import {
  restrictedContainer,
  restrictedPod,
} from "../../kubernetes/restricted-pod";
import { spreadOut } from "../../kubernetes/spread";
import { serverEnvironment } from "./server-environment";
import { serverProbes } from "./server-probes";
import { WORK_FOLDER, serverMounts, serverVolumes } from "./server-volumes";

/** Where a Deployment's replicas stand in Terraform. */
const REPLICAS = "spec[0].replicas";

/** User and group of Wave, and owner of the shared folder. */
const WAVE_UID = 101;

/** Deployment `wave`. */
export function serverDeployment(
  settings: WaveEnvironment,
  inputs: Pick<WaveInputs, "configChecksum" | "secretsChecksum">,
): DeploymentV1Config {
  const { wave } = settings;
  const labels = labelsOf(WAVE_APP, "server");
  return {
    metadata: { name: WAVE, namespace: wave.namespace, labels },
    spec: {
      replicas: String(wave.autoscaling?.minReplicas ?? wave.replicas),
      selector: { matchLabels: { app: WAVE_APP } },
      strategy: {
        type: "RollingUpdate",
        rollingUpdate: { maxUnavailable: "0", maxSurge: "1" },
      },
      template: {
        metadata: {
          labels,
          // Neither the mounted file nor the environment of a running pod follows a change.
          annotations: {
            "checksum/config": inputs.configChecksum,
            "checksum/secrets": inputs.secretsChecksum,
            ...(hasBuilds(settings) && mountOptionsAnnotation),
          },
        },
        spec: podOf(settings),
      },
    },
    ...(wave.autoscaling && {
      lifecycle: leftToAutoscaler(wave, wave.autoscaling.minReplicas),
    }),
  };
}

/**
 * Replicas that Terraform sets once: it would undo the autoscaler's work at every apply. An autoscaler never starts what has
 * none, and a rollout of no pods is a success, so a Deployment that somebody scaled to zero stops the next plan.
 */
const leftToAutoscaler = (
  { namespace }: WaveEnvironment["wave"],
  minReplicas: number,
): DeploymentV1Config["lifecycle"] => ({
  ignoreChanges: [REPLICAS],
  postcondition: [
    {
      condition: `\${self.${REPLICAS} != "0"}`,
      errorMessage: `Deployment ${WAVE} has no replicas, and the autoscaler leaves it so. Start it, then repeat: kubectl scale deployment ${WAVE} -n ${namespace} --replicas=${minReplicas}`,
    },
  ],
});

function podOf(settings: WaveEnvironment): DeploymentV1SpecTemplateSpec {
  const { hardening } = settings.wave;
  return {
    // A pod that names one gets none of its account.
    imagePullSecrets: [
      { name: REGISTRY_SECRET },
      ...((settings.registries ?? []).length > 0
        ? [{ name: REGISTRY_LOGINS }]
        : []),
    ],
    serviceAccountName: WAVE_SERVICE_ACCOUNT,
    // Wave makes the pods of its builds, so it is the one pod that needs the Kubernetes API.
    automountServiceAccountToken: hasBuilds(settings),
    enableServiceLinks: false,
    restartPolicy: "Always",
    // The image of the classic line exists for amd64 only.
    nodeSelector: settings.release.isClassic
      ? amd64Nodes(settings)
      : systemNodes(settings),
    topologySpreadConstraint: spreadOut(WAVE_APP),
    // The pause before the stop signal, then time for open pulls.
    terminationGracePeriodSeconds: 60,
    securityContext: hardening.runAsNonRoot
      ? restrictedPod(WAVE_UID)
      : { seccompProfile: restrictedPod(WAVE_UID).seccompProfile },
    container: [containerOf(settings)],
    volume: serverVolumes(settings),
  };
}

function containerOf(
  settings: WaveEnvironment,
): DeploymentV1SpecTemplateSpecContainer {
  const { wave } = settings;
  const memory = serverMemory(settings);
  const cpuLimit = serverCpuLimit(settings);
  return {
    name: WAVE_APP,
    image: imageOf(settings),
    imagePullPolicy: "Always",
    workingDir: WORK_FOLDER,
    port: [{ name: "http", containerPort: WAVE_PORT, protocol: "TCP" }],
    env: serverEnvironment(settings),
    resources: {
      requests: { cpu: wave.cpuRequest, memory },
      limits: { memory, ...(cpuLimit !== undefined && { cpu: cpuLimit }) },
    },
    ...serverProbes(settings),
    // Time for the load balancer to stop sending new requests.
    lifecycle: {
      preStop: [{ exec: { command: ["/bin/sh", "-c", "sleep 15"] } }],
    },
    securityContext: {
      ...restrictedContainer,
      runAsNonRoot: wave.hardening.runAsNonRoot,
      readOnlyRootFilesystem: wave.hardening.readOnlyRootFilesystem,
    },
    volumeMount: serverMounts(settings),
  };
}

/** Wave's image. */
export function imageOf(settings: WaveEnvironment): string {
  const { version, image } = settings.wave;
  const { tag = `v${version}`, digest } = image;
  const repository = imageRepository(settings);
  return digest === undefined
    ? `${repository}:${tag}`
    : `${repository}@${digest}`;
}
