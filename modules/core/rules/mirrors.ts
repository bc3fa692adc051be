import { ecrRegistry, isEcrRegistry } from "../../lib/ecr-registry";
import { readReference } from "../../lib/image-reference";
import { type Problem } from "../../lib/problem";
import { isPublicRegistry } from "../../lib/public-registries";
import { type Rule } from "../../settings/rule";
import { hasAutoscaler } from "../cluster/autoscaled-groups";
import { clusterAutoscalerImage } from "../controllers/cluster-autoscaler";
import { EFS_CSI_DRIVER } from "../controllers/efs-csi-driver";
import { controllersOf } from "../controllers/given";
import { LOAD_BALANCER_CONTROLLER } from "../controllers/load-balancer-controller";
import { type PlatformFacts, needsOf } from "../facts";
import { type CoreSettings } from "../settings/schema";

/** An image that starts, or a repository that is used, and the setting that names another. */
export interface UsedImage {
  readonly path: string;
  readonly image: string;
  /** The settings name it. False: it is the default. */
  readonly isSet: boolean;
  /** A repository: without a tag. @default false */
  readonly isRepository?: boolean;
  /** What to do. @default write a copy in ECR */
  readonly fix?: string;
}

/** Whether a VPC without internet has a way to a registry. Of one that is neither ECR nor known to be public nobody can tell. */
function isReached(registry: string, { region }: CoreSettings): boolean {
  if (isEcrRegistry(registry)) return registry.includes(`.ecr.${region}.`);
  return !isPublicRegistry(registry);
}

/** Images that a VPC without internet cannot pull. */
export function mirrorProblems(
  settings: CoreSettings,
  images: readonly UsedImage[],
): Problem[] {
  if (settings.network.internet) return [];
  return images.flatMap(({ path, image, isSet, isRepository, fix }) => {
    const { registry, repository, tag, digest } = readReference(image);
    if (isReached(registry, settings)) return [];
    const ours = ecrRegistry(settings.accountId, settings.region);
    const version =
      digest !== undefined
        ? `@${digest}`
        : tag !== undefined && tag !== "latest"
          ? `:${tag}`
          : undefined;
    const copy = `${ours}/${repository}${version ?? ""}`;
    const isUnpinned = version === undefined && isRepository !== true;
    return [
      {
        path,
        given: `${isSet ? `"${image}"` : `nothing, which stands for ${image}`}: ${registry} is ${isEcrRegistry(registry) ? "in another region" : "on the internet"}`,
        allowed: `a registry that a VPC without internet reaches: ECR in ${settings.region}, or one in a network that is joined to it`,
        fix:
          fix ??
          (isUnpinned
            ? `copy the version you tested to ${copy}, and name it with its tag`
            : `write ${copy}, after copying it there; any other registry that the VPC reaches will do`),
      },
    ];
  });
}

/** Images of the EFS CSI driver, for platforms that mount a file system. */
export function efsDriverImages(settings: CoreSettings): UsedImage[] {
  if (controllersOf(settings).efsCsiDriver !== "ours") return [];
  const { efsCsiDriver } = settings.charts;
  return Object.entries(EFS_CSI_DRIVER.images).map(([key, standard]) => {
    const image = efsCsiDriver[key as keyof typeof EFS_CSI_DRIVER.images];
    return {
      path: `charts.efsCsiDriver.${key}`,
      image: image ?? standard,
      isSet: image !== undefined,
    };
  });
}

const controllers: Rule<CoreSettings> = (settings) => {
  // Nodes pull by it.
  if (settings.network.proxy !== undefined) return [];
  const { loadBalancerController } = settings.charts;
  const balancer: UsedImage = {
    path: "charts.loadBalancerController.image",
    image: loadBalancerController.image ?? LOAD_BALANCER_CONTROLLER.image,
    isSet: loadBalancerController.image !== undefined,
  };
  const isOurs = controllersOf(settings).loadBalancerController === "ours";
  return mirrorProblems(settings, isOurs ? [balancer] : []);
};

/** Where it runs, which the platforms decide too. */
export const autoscalerMirror = (
  settings: CoreSettings,
  facts: readonly PlatformFacts[],
): Problem[] =>
  settings.network.proxy === undefined &&
  hasAutoscaler(settings, needsOf(facts))
    ? mirrorProblems(settings, [
        {
          path: "charts.clusterAutoscaler.image",
          image: clusterAutoscalerImage(settings),
          isSet: settings.charts.clusterAutoscaler.image !== undefined,
        },
      ])
    : [];

export const mirrorRules = [controllers];
