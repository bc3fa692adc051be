/**
 * Folders of the project's buckets. Those who write (Wave's configuration, CFG-15; the export of SurrealDB, BAK-05; the
 * load balancer, ING annotations) and the policies that let them must agree: one place for both.
 */

/** Logs bucket: build logs of Wave (INF-03). */
export const BUILD_LOGS_PREFIX = "build-logs";

/** Logs bucket: conda lock files of builds (INF-03). Current line only. */
export const BUILD_LOCKS_PREFIX = "build-locks";

/** Logs bucket: reports of scans (INF-03). Current line only. */
export const SCAN_REPORTS_PREFIX = "scan-reports";

/** Bucket of `data.buildCache`: layers of BuildKit (IAM-08, CFG-09). */
export const BUILD_CACHE_PREFIX = "layers";

/** Logs bucket: daily exports of SurrealDB (BAK-05). */
export const SURREAL_EXPORTS_PREFIX = "surreal-exports";

/** Access-log bucket: `access_logs.s3.prefix` of the load balancer. Below it, AWS adds `AWSLogs/<account>/…`. */
export const ALB_LOGS_PREFIX = "alb";

/** Access-log bucket: access logs of our other buckets. */
export const S3_LOGS_PREFIX = "s3";
