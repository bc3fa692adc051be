import fc from "fast-check";
import { type Basis, only, some } from "./arbitrary-parts";

const days = fc.integer({ min: 1, max: 4000 });

/** Section `data`. */
export const arbitraryData = ({ shape, cache }: Basis) => {
  const builds = shape !== "lite";
  const isCurrent = shape !== "classic";
  return fc.record({
    efs: only(
      builds,
      fc.record({
        throughputMode: some(fc.constantFrom("elastic", "bursting")),
        infrequentAccessAfterDays: some(fc.constantFrom(7, 14, 30, 60, 90)),
        backupRetentionDays: some(fc.integer({ min: 7, max: 400 })),
      }),
    ),
    redis: some(arbitraryRedis),
    postgres: only(isCurrent, arbitraryPostgres),
    buildCache: only(
      shape === "current" && cache === "bucket",
      fc.record({ expirationDays: some(days) }),
    ),
    ecr: only(
      builds,
      fc.record({
        prefix: some(fc.constantFrom("wave", "team/wave.x", "a_b-c")),
        existing: some(fc.boolean()),
        untaggedDays: some(days),
        cacheDays: some(days),
      }),
    ),
    logs: some(
      fc.record({
        expirationDays: only(builds, days),
        oldVersionDays: some(days),
        accessLogDays: some(days),
      }),
    ),
  });
};

/** A password only over TLS. */
const arbitraryRedis = fc.oneof(
  fc.record({
    nodeType: some(fc.constantFrom("cache.t4g.small", "cache.r7g.large")),
    engineVersion: some(fc.constantFrom("6.2", "7.0", "7.1")),
    auth: some(fc.boolean()),
    authVersion: some(fc.integer({ min: 1, max: 9 })),
    snapshotRetentionDays: some(fc.integer({ min: 1, max: 35 })),
    replicas: some(fc.integer({ min: 0, max: 2 })),
  }),
  fc.record({ tls: fc.constant(false), auth: fc.constant(false) }),
);

const arbitraryPostgres = fc
  .record({
    engineVersion: some(fc.constantFrom("16", "17", "17.6", "18")),
    instanceClass: some(fc.constantFrom("db.t4g.micro", "db.r7g.large")),
    storageGiB: fc.integer({ min: 20, max: 900 }),
    grows: fc.boolean(),
    multiAz: some(fc.boolean()),
    backupRetentionDays: some(fc.integer({ min: 2, max: 35 })),
    monitoringSeconds: some(fc.constantFrom(1, 5, 10, 15, 30, 60)),
    performanceInsights: some(fc.boolean()),
    passwordVersion: some(fc.integer({ min: 1, max: 9 })),
    logRetentionDays: some(fc.constantFrom(7, 365)),
  })
  .map(({ grows, ...postgres }) => ({
    ...postgres,
    maxStorageGiB: postgres.storageGiB * (grows ? 2 : 1),
  }));
