import { withRelease } from "../../modules/wave/release/release";
import {
  CLUSTER_AUTOSCALER,
  clusterAutoscalerImage,
} from "../../modules/core/controllers/cluster-autoscaler";
import { EFS_CSI_DRIVER } from "../../modules/core/controllers/efs-csi-driver";
import { LOAD_BALANCER_CONTROLLER } from "../../modules/core/controllers/load-balancer-controller";
import { hasFusePlugin } from "../../modules/compute-env/facts";
import { type ComputeEnvSettings } from "../../modules/compute-env/settings/schema";
import { controllersOf } from "../../modules/core/controllers/given";
import { needsOf } from "../../modules/core/facts";
import { factsOf } from "../../modules/facts";
import {
  type Settings,
  hasComputeEnv,
  hasDelivery,
  hasEmg,
  hasWave,
} from "../../modules/schema";
import { type WaveSettings } from "../../modules/wave/settings/schema";
import { hasBuilds, isClassic } from "../../modules/wave/release/line";
import { imageOf } from "../../modules/wave/objects/server-deployment";
import {
  type UpstreamImage,
  upstreamImages,
} from "../../modules/wave/release/upstream-images";
import {
  type ImageReference,
  isPinned,
  readReference,
} from "../../modules/lib/image-reference";
import { endOf } from "../../modules/core/versions/support";
import { deliveryImages } from "./delivery-images";
import { emgImages } from "./emg-images";
import { BOTH, type Entry } from "./image-entry";
import { hasAutoscaler } from "../../modules/core/cluster/autoscaled-groups";

/** An image that an environment starts. */
export interface StartedImage extends ImageReference {
  /** What is in it, as `support-table.ts` names it. */
  readonly product: string;
  /** Who starts it, and when. */
  readonly startedBy: string;
  /** The setting that names a mirror; absent when there is none. */
  readonly setting?: string;
  /** Architectures its maker's sources or tags name; empty where nobody looked. */
  readonly architectures: readonly string[];
  /** Last day of support of what is in it; absent when no date is known. */
  readonly ends?: string;
  /** False for a name without a version: what runs can change from day to day. */
  readonly pinned: boolean;
}

const AMD64 = ["amd64"];

/**
 * Every image that these settings start: by Terraform, by the charts, by `config.yml` and by Wave itself. Not among them:
 * what EKS brings with its add-ons and node images, from its own registries, and what a build starts from, which the one
 * who asks for the build chooses.
 */
export const imagesOf = (settings: Settings): StartedImage[] =>
  [
    ...(hasWave(settings) ? waveImages(settings) : []),
    ...(hasComputeEnv(settings) ? computeEnvImages(settings) : []),
    ...(hasDelivery(settings) ? deliveryImages(settings) : []),
    ...(hasEmg(settings) ? emgImages(settings) : []),
    ...chartImages(settings),
  ].flatMap(({ image, architectures = [], ...entry }) => {
    if (image === undefined) return [];
    const reference = readReference(image);
    const pinned = isPinned(reference);
    const ends = endOf(entry.product, reference.tag ?? "");
    return [
      {
        ...reference,
        ...entry,
        architectures,
        pinned,
        ...(ends === undefined ? {} : { ends }),
      },
    ];
  });

const waveImages = (settings: WaveSettings): Entry[] => [
  ...serverImages(settings),
  ...(hasBuilds(settings) ? buildImages(settings) : []),
];

function computeEnvImages(settings: ComputeEnvSettings): Entry[] {
  const { images } = settings.computeEnv;
  return [
    {
      image: images.cleanup,
      product: "kubectl",
      startedBy: "Terraform: the clean-up before a destroy",
      setting: "computeEnv.images.cleanup",
    },
    {
      image: hasFusePlugin(settings) ? images.fusePlugin : undefined,
      product: "FUSE device plugin of Nextflow",
      startedBy: "Terraform: DaemonSet of the device plugin",
      setting: "computeEnv.images.fusePlugin",
    },
  ];
}

function serverImages(settings: WaveSettings): Entry[] {
  const line = isClassic(settings) ? "classic" : "current";
  const wave: Entry = {
    image: imageOf(withRelease(settings)),
    product: `Wave, ${line} line`,
    startedBy: "Terraform: Deployment wave",
    setting: "wave.image",
    architectures: line === "classic" ? AMD64 : BOTH,
  };
  if (line === "current") return [wave];
  const { surrealdb, upload } = settings.wave.images;
  return [
    wave,
    {
      image: surrealdb,
      product: "SurrealDB",
      startedBy: "Terraform: Deployment and export of SurrealDB",
      setting: "wave.images.surrealdb",
    },
    {
      image: upload,
      product: "AWS CLI",
      startedBy: "Terraform: export of SurrealDB",
      setting: "wave.images.upload",
    },
  ];
}

function buildImages(settings: WaveSettings): Entry[] {
  const { wave } = settings;
  const upstream = upstreamImages(wave.version);
  const entry = (
    key: UpstreamImage,
    product: string,
    when: string,
    architectures: readonly string[] = [],
  ): Entry => ({
    image: wave.images[key] ?? upstream[key],
    product,
    startedBy: `Wave: ${when}`,
    setting: `wave.images.${key}`,
    architectures,
  });
  // On the classic line it needs a privileged pod, which the namespace refuses without this setting.
  const singularity = !isClassic(settings) || wave.build.singularity;
  return [
    {
      image: wave.images.sweep,
      product: "kubectl",
      startedBy: isClassic(settings)
        ? "Terraform: removal of failed builds, and the clean-up before a destroy"
        : "Terraform: the clean-up before a destroy",
      setting: "wave.images.sweep",
    },
    ...(isClassic(settings)
      ? [entry("kaniko", "Kaniko", "every build")]
      : [
          entry("buildkit", "BuildKit", "every build"),
          entry("skopeo", "Skopeo", "every copy of an image"),
        ]),
    ...(singularity
      ? [
          entry(
            "singularity",
            "SingularityCE",
            "every build of a Singularity image",
            isClassic(settings) ? AMD64 : [],
          ),
        ]
      : []),
    ...(isClassic(settings)
      ? []
      : [
          entry(
            "singularityInit",
            "BusyBox",
            "every build of a Singularity image",
          ),
        ]),
    ...(wave.scan.enabled ? [entry("scanner", "Trivy", "every scan")] : []),
  ];
}

function chartImages(settings: Settings): Entry[] {
  const { efsCsiDriver, loadBalancerController } = settings.charts;
  const owners = controllersOf(settings);
  const controller = `${LOAD_BALANCER_CONTROLLER.chart} ${LOAD_BALANCER_CONTROLLER.version}`;
  const driver = `${EFS_CSI_DRIVER.chart} ${EFS_CSI_DRIVER.version}`;
  const ofDriver = EFS_CSI_DRIVER.images;
  const sidecar = (
    key: "livenessProbeImage" | "nodeDriverRegistrarImage" | "provisionerImage",
  ): Entry => ({
    image: efsCsiDriver[key] ?? ofDriver[key],
    product: "Kubernetes CSI sidecars",
    startedBy: `chart ${driver}`,
    setting: `charts.efsCsiDriver.${key}`,
  });
  return [
    ...(owners.loadBalancerController === "ours"
      ? [
          {
            image:
              loadBalancerController.image ?? LOAD_BALANCER_CONTROLLER.image,
            product: "AWS Load Balancer Controller",
            startedBy: `chart ${controller}`,
            setting: "charts.loadBalancerController.image",
            architectures: BOTH,
          },
        ]
      : []),
    ...(hasAutoscaler(settings, needsOf(factsOf(settings)))
      ? [
          {
            image: clusterAutoscalerImage(settings),
            product: "Cluster Autoscaler",
            startedBy: `chart ${CLUSTER_AUTOSCALER.chart} ${CLUSTER_AUTOSCALER.version}`,
            setting: "charts.clusterAutoscaler.image",
            architectures: BOTH,
          },
        ]
      : []),
    ...(needsOf(factsOf(settings)).efs && owners.efsCsiDriver === "ours"
      ? [
          {
            image: efsCsiDriver.image ?? ofDriver.image,
            product: "EFS CSI driver",
            startedBy: `chart ${driver}`,
            setting: "charts.efsCsiDriver.image",
            architectures: BOTH,
          },
          sidecar("livenessProbeImage"),
          sidecar("nodeDriverRegistrarImage"),
          sidecar("provisionerImage"),
        ]
      : []),
  ];
}
