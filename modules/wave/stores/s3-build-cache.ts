import { type DataOutputs } from "../../contracts/data";
import { type WaveSettings } from "../settings/schema";
import { BUILD_CACHE_PREFIX } from "./log-prefixes";

/** A layer cache in S3. */
export interface S3BuildCache {
  readonly bucket: string;
  /** Folder in the bucket, without a slash at its ends. */
  readonly prefix: string;
  readonly region: string;
  /** Key of the bucket; undefined when it has none of its own. */
  readonly keyArn?: string;
}

/**
 * Where BuildKit keeps its layers, when it is a bucket: the one of `wave.build.cache`, else the one of `data.buildCache`.
 * Undefined when it is a repository.
 */
export function s3BuildCache(
  settings: WaveSettings,
  data: Pick<DataOutputs, "buildCacheBucket" | "buildCacheKeyArn">,
): S3BuildCache | undefined {
  const { build } = settings.wave;
  const [, bucket, prefix] =
    /^s3:\/\/([^/]+)\/(.+)$/.exec(build.cache ?? "") ?? [];
  if (bucket !== undefined && prefix !== undefined)
    return {
      bucket,
      prefix,
      region: build.cacheRegion ?? settings.region,
      keyArn: build.cacheKmsKeyArn,
    };
  if (build.cache !== undefined || settings.data.buildCache === undefined)
    return undefined;
  return {
    bucket: data.buildCacheBucket,
    prefix: BUILD_CACHE_PREFIX,
    region: settings.region,
    keyArn: data.buildCacheKeyArn,
  };
}
