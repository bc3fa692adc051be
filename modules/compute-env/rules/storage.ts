import { arnRule } from "../../core/rules/arns";
import { pinnedProblems } from "../../core/rules/images";
import { efsDriverImages, mirrorProblems } from "../../core/rules/mirrors";
import { isInside } from "../../lib/path-inside";
import { eachOnce, type Rule, runAll, when } from "../../settings/rule";
import { hasFusePlugin } from "../facts";
import { type ComputeEnvSettings } from "../settings/schema";

type ComputeEnvRule = Rule<ComputeEnvSettings>;

/** Platform starts Nextflow in it. */
const workDirIsMounted: ComputeEnvRule = ({ computeEnv: { storage } }) => {
  if (storage.kind === "fusion") return [];
  const { workDir, mountPath } = storage;
  return when(workDir !== undefined && !isInside(workDir, mountPath), () => ({
    path: "computeEnv.storage.workDir",
    given: `"${workDir ?? ""}"`,
    allowed: `a folder in mountPath, ${mountPath}: tasks on other nodes see nothing else`,
    fix: `write ${mountPath}/work, for example, or remove it`,
  }));
};

/** Folders that programs of a container need as its image has them (those of Conda too), or as Kubernetes mounts them. */
const OF_IMAGES =
  /^\/(bin|boot|dev|etc|home|lib(32|64|x32)?|opt|proc|root|run|s?bin|srv|sys|tmp|usr|var)$/;
const OF_SYSTEM =
  /^\/(bin|dev|etc|lib|opt\/conda|proc|run|sbin|sys|usr|var\/(run|lib))\//;

const mountHidesNothing: ComputeEnvRule = ({ computeEnv: { storage } }) => {
  if (storage.kind === "fusion") return [];
  const { mountPath } = storage;
  return when(
    OF_IMAGES.test(mountPath) || OF_SYSTEM.test(`${mountPath}/`),
    () => ({
      path: "computeEnv.storage.mountPath",
      given: `"${mountPath}"`,
      allowed:
        "a folder that hides nothing of an image, such as /scratch or /mnt/scratch",
      fix: "write /scratch, or remove it",
    }),
  );
};

/** A bucket's key is in the region of the bucket, and Fusion has no region of its own. */
const bucketKey = arnRule<ComputeEnvSettings>(
  ({ computeEnv: { storage }, region }) => ({
    path: "computeEnv.storage.bucket.kmsKeyArn",
    arn:
      storage.kind === "fusion" && storage.bucket.kind === "existing"
        ? storage.bucket.kmsKeyArn
        : undefined,
    region,
  }),
);

/** Data may be of any region and account. */
const dataKeys: ComputeEnvRule = (settings) =>
  runAll(
    settings.computeEnv.s3.kmsKeyArns.map((arn, index) =>
      arnRule<ComputeEnvSettings>(() => ({
        path: `computeEnv.s3.kmsKeyArns[${index}]`,
        arn,
      })),
    ),
    settings,
  );

const listedOnce: ComputeEnvRule = ({ computeEnv: { egress, s3 } }) => [
  ...eachOnce("computeEnv.s3.dataBuckets", s3.dataBuckets),
  ...eachOnce("computeEnv.s3.kmsKeyArns", s3.kmsKeyArns),
  ...eachOnce("computeEnv.egress.ports", egress.ports.map(String)),
];

const pinnedImages: ComputeEnvRule = ({ computeEnv: { images } }) =>
  Object.entries(images).flatMap(([key, image]) =>
    pinnedProblems(`computeEnv.images.${key}`, image),
  );

/** Images of pipelines are their authors'; these start in any case. */
const mirrored: ComputeEnvRule = (settings) => {
  const { images, storage } = settings.computeEnv;
  if (settings.network.proxy !== undefined) return [];
  const ours = {
    cleanup: true,
    fusePlugin: hasFusePlugin(settings),
  };
  return mirrorProblems(settings, [
    ...Object.entries(images)
      .filter(([key]) => ours[key as keyof typeof ours])
      .map(([key, image]) => ({
        path: `computeEnv.images.${key}`,
        image,
        isSet: true,
      })),
    ...(storage.kind === "efs" ? efsDriverImages(settings) : []),
  ]);
};

export const storageRules = [
  workDirIsMounted,
  mountHidesNothing,
  bucketKey,
  dataKeys,
  listedOnce,
  pinnedImages,
  mirrored,
];
