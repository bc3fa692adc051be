// Which settings belong to one line, or to builds. A key stands for everything below it. The rules refuse such a key where
// it would do nothing; the examples show the keys of their line.

/** Keys that only the classic line knows. */
export const CLASSIC_KEYS: readonly string[] = [
  "wave.classic",
  "wave.images.surrealdb",
  "wave.images.kaniko",
  "wave.images.upload",
  "wave.build.failedPodsAfterHours",
];

/** Keys that only the current line knows. */
export const CURRENT_KEYS: readonly string[] = [
  "wave.current",
  "wave.images.buildkit",
  "wave.images.singularityInit",
  "wave.images.skopeo",
  "wave.build.trustedTimeout",
  "wave.build.maxRunningJobs",
  "wave.build.cacheRegion",
  "wave.build.cacheKmsKeyArn",
  "wave.mirror",
  "wave.rateLimit.timeoutErrorsMaxRate",
  "data.postgres",
  "data.buildCache",
  "cluster.nodeGroups.buildArm64",
  "cluster.nodeSelectors.buildArm64",
];

/** Keys that mean nothing without builds (`wave.mode: lite`). */
export const BUILD_KEYS: readonly string[] = [
  "wave.buildNamespace",
  "wave.build",
  "wave.scan",
  "wave.mirror",
  "wave.publicRepository",
  "wave.current.ecrExternalId",
  "wave.images.buildkit",
  "wave.images.singularity",
  "wave.images.singularityInit",
  "wave.images.scanner",
  "wave.images.skopeo",
  "wave.images.sweep",
  "data.efs",
  "data.ecr",
  "data.logs.expirationDays",
  "data.buildCache",
  "cluster.nodeGroups.build",
  "cluster.nodeSelectors.build",
  "cluster.nodeSelectors.buildArm64",
  "cluster.nodeGroups.buildArm64",
  "charts.efsCsiDriver",
];

/** Whether a path such as `wave.classic.exportSchedule` is one of the keys or lies below one. */
export const isUnder = (path: string, keys: readonly string[]): boolean =>
  keys.some((key) => path === key || path.startsWith(`${key}.`));
