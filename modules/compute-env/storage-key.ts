import { type Construct } from "constructs";
import { KmsKey } from "../aws/kms/kms-key";
import { storageName } from "./names";
import { type ComputeEnvSettings } from "./settings/schema";

/** The key of what is made here for work files, a file system or a bucket. Its ARN. */
export const createStorageKey = (
  scope: Construct,
  settings: ComputeEnvSettings,
): string =>
  new KmsKey(scope, "storage-key", {
    name: storageName(settings),
    description: "Work files of pipelines.",
    accountId: settings.accountId,
    region: settings.region,
    retain: settings.retain,
  }).arn;
