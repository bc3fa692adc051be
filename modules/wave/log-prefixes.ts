/**
 * Folders of the logs bucket. Wave's configuration writes there (CFG-15), the export of SurrealDB too (BAK-05), and the
 * roles may touch nothing else (IAM-04): one place, so that the three agree.
 */

/** Build logs of Wave (INF-03). */
export const BUILD_LOGS_PREFIX = "build-logs";

/** Daily exports of SurrealDB (BAK-05). */
export const SURREAL_EXPORTS_PREFIX = "surreal-exports";
