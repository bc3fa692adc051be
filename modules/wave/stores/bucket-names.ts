import { namesOf } from "../../lib/names";
import { type WaveSettings } from "../settings/schema";
import { hasBuilds } from "../release/line";

/** Bucket names end at 63 characters. */
const BUCKET_NAME_LIMIT = 63;

/** Name of a bucket: names are unique in the world, and the account makes ours so. */
export function bucketNameOf(
  settings: WaveSettings,
  what: "access-logs" | "build-cache" | "logs",
): string {
  return namesOf(settings).of(
    `${what}-${settings.accountId}`,
    BUCKET_NAME_LIMIT,
  );
}

/** Buckets whose access is logged: those the environment has, but for the one that gets the logs (EXC-05). */
export function loggedBuckets(settings: WaveSettings): string[] {
  const names: string[] = [];
  if (hasBuilds(settings)) names.push(bucketNameOf(settings, "logs"));
  if (settings.data.buildCache !== undefined)
    names.push(bucketNameOf(settings, "build-cache"));
  return names;
}
