/**
 * Folders of the project's buckets. Those who write (Wave's configuration, the export of SurrealDB, the load
 * balancer) and the policies that let them must agree: one place for both.
 */

/** Logs bucket: build logs of Wave. */
export const BUILD_LOGS_PREFIX = "build-logs";

/** Logs bucket: conda lock files of builds. Current line only. */
export const BUILD_LOCKS_PREFIX = "build-locks";

/** Logs bucket: reports of scans. Current line only. */
export const SCAN_REPORTS_PREFIX = "scan-reports";

/** Bucket of `data.buildCache`: layers of BuildKit. */
export const BUILD_CACHE_PREFIX = "layers";

/** Logs bucket: daily exports of SurrealDB. */
export const SURREAL_EXPORTS_PREFIX = "surreal-exports";

/** Access-log bucket: `access_logs.s3.prefix` of the load balancer. Below it, AWS adds `AWSLogs/<account>/…`. */
export const ALB_LOGS_PREFIX = "alb";

/** Access-log bucket: access logs of our other buckets. */
export const S3_LOGS_PREFIX = "s3";
