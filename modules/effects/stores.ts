import { type Effect } from "./effect";

/** The rows of `data`. */
export const STORE_EFFECTS: readonly Effect[] = [
  {
    keys: ["data.redis.tls"],
    does: "refused",
    remark:
      "Straight on or off: AWS does it in steps, [TLS of Redis](#day-two)",
  },
  {
    keys: ["data.redis.auth"],
    does: "restarts Wave",
    remark:
      "On: Wave is without Redis from the deploy of `data` to that of `workloads`, unless that deployment has `authUpdate: ROTATE`, and the next one SET. Off is refused, AWS takes no password away",
    warn: true,
  },
  {
    keys: ["data.redis.authVersion"],
    does: "restarts Wave",
    remark:
      "A new password, in two deploys: [Password of Redis](#day-two). With `authUpdate: SET` in the first, ElastiCache refuses it",
    warn: true,
  },
  {
    keys: ["data.redis.authUpdate"],
    does: "in place",
    remark: "Back to SET, the password before the last is no longer taken",
  },
  {
    keys: ["data.postgres.passwordVersion"],
    does: "restarts Wave",
    remark: "A new password; Wave cannot connect until its pods are new",
  },
  {
    keys: ["data.redis.nodeType", "data.redis.engineVersion"],
    does: "in place",
    remark:
      "Without a replica Redis is away for some minutes, and Wave with it; with one for seconds",
    warn: true,
  },
  {
    keys: ["data.redis.replicas"],
    does: "in place",
    remark:
      "Some minutes for each, without an interruption. The first one narrows Redis to the subnets of the first two zones: ElastiCache refuses that while a node stands in a third",
  },
  {
    keys: [
      "data.postgres.engineVersion",
      "data.postgres.instanceClass",
      "data.postgres.multiAz",
    ],
    does: "in place",
    remark:
      "A minor or another class: a minute with a standby, else some. A major: some minutes without database, and never back",
    warn: true,
  },
  {
    keys: ["data.postgres.storageGiB"],
    does: "in place",
    remark: "More; AWS refuses less",
  },
  {
    keys: ["data.ecr.prefix", "data.ecr.existing"],
    does: "refused",
    remark: "The repositories would go, which `retain` protects",
  },
  {
    keys: ["data.postgres.restoreFrom", "data.redis.restoreFrom"],
    does: "refused",
    remark:
      "For a store that stands and was not made of that snapshot, while `network` is planned: it counts where there is none yet. Taken away afterwards it changes nothing. [Restore](#restore)",
  },
  {
    keys: ["data.*"],
    does: "in place",
    remark: "",
  },
];
