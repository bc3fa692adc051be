import { type Expectation } from "../core/preflight/expectation";
import { FOUND, leftOutExpectations } from "../core/preflight/left-out";
import { instanceTypeExpectation } from "../core/preflight/region";
import { storageName, workBucketName } from "./names";
import { type ComputeEnvSettings } from "./settings/schema";

/** What the compute environment expects of the account: its instance types are to be had. */
export function computeEnvExpectations(
  settings: ComputeEnvSettings,
): Expectation[] {
  const { nodes } = settings.computeEnv;
  if (nodes.kind === "existing") return [];
  return [
    instanceTypeExpectation(settings, {
      id: "compute",
      path: "computeEnv.nodes.instanceTypes",
      instanceTypes: nodes.instanceTypes,
    }),
  ];
}

/**
 * With `retain`: there is no storage of another kind, which a changed `storage.kind` would delete with the work files. It stands
 * in the stack that would do so, which can be deployed alone.
 */
export function storageExpectations(
  settings: ComputeEnvSettings,
): Expectation[] {
  const { retain, computeEnv } = settings;
  const { storage } = computeEnv;
  if (!retain) return [];
  const hasBucket =
    storage.kind === "fusion" && storage.bucket.kind === "created";
  return leftOutExpectations(
    "other-storage",
    ["elasticfilesystem:file-system", "s3"],
    [
      ...(storage.kind === "efs" ? [] : [storageName(settings)]),
      ...(hasBucket ? [] : [workBucketName(settings)]),
    ],
    `computeEnv.storage does not make ${FOUND}, which this environment has, and retain is true: its files would be deleted. Write the storage it was made for; or, to give the files up, set retain to false, deploy compute-env with that storage, and then change it.`,
  );
}
