import { type Construct } from "constructs";
import { type DataOutputs } from "../../contracts/data";
import { type WaveSettings } from "../settings/schema";
import { BuildCache } from "./build-cache";
import { createKey } from "./key";
import { hasBuilds } from "../release/line";
import { LogBuckets } from "./log-buckets";

/** Buckets of logs, and that of cached layers where one is wanted. */
export function createBuckets(
  scope: Construct,
  settings: WaveSettings,
): Partial<DataOutputs> {
  const logsKey = hasBuilds(settings)
    ? createKey(scope, settings, { what: "build-logs", encrypts: "build logs" })
    : undefined;
  const { logsBucket, accessLogsBucket } = new LogBuckets(scope, "buckets", {
    settings,
    kmsKeyArn: logsKey?.arn,
  });
  const { buildCache } = settings.data;
  const cache =
    buildCache === undefined
      ? undefined
      : new BuildCache(scope, "build-cache", {
          settings,
          cache: buildCache,
          accessLogsBucket,
        });
  return {
    logsBucket,
    logsKeyArn: logsKey?.arn,
    accessLogsBucket,
    buildCacheBucket: cache?.bucketName,
    buildCacheKeyArn: cache?.kmsKeyArn,
  };
}
