import { type Effect } from "./effect";

const AWAY =
  "Prefect is away until its one pod is new: about a minute. Runs go on, and workers ask again";

/** The rows of `emg`. */
export const EMG_EFFECTS: readonly Effect[] = [
  {
    keys: ["emg"],
    does: "nothing",
    remark:
      "Added: a stack more. Taken away: the stack is not in the app any more, and all that it made stays; so destroy `emg` first, with `retain: false`",
    warn: true,
  },
  {
    keys: ["emg.namespace"],
    does: "replaced",
    remark:
      "Everything in it: minutes without Prefect and API, databases and files stay. Refused while `retain` is on",
    warn: true,
  },
  {
    keys: ["emg.podSecurity"],
    does: "in place",
    remark: "Pods that run stay; new ones are judged by it",
  },
  {
    keys: ["emg.hostedZoneId"],
    does: "replaced",
    remark:
      "Records and certificate, in the new zone; the new certificate is there before the load balancer changes to it",
    warn: true,
  },
  { keys: ["emg.certificateArn"], does: "in place", remark: "" },
  {
    keys: ["emg.prefect.host"],
    does: "replaced",
    remark:
      "Record and certificate. The OAuth app of GitHub needs the new callback before, and each worker the new address afterwards: the old name answers nobody",
    warn: true,
  },
  {
    keys: ["emg.api.host"],
    does: "replaced",
    remark: "Record and certificate; the old name answers nobody",
    warn: true,
  },
  { keys: ["emg.prefect.clientVersion"], does: "nothing", remark: "" },
  {
    keys: ["emg.images.prefect"],
    does: "in place",
    remark: `${AWAY}. A newer one changes its database when it starts, and an older one may not start on that again: back up first`,
    warn: true,
  },
  { keys: ["emg.prefect.*"], does: "in place", remark: AWAY, warn: true },
  {
    keys: ["emg.auth.mode"],
    does: "in place",
    remark:
      "Who could log in cannot any more: workers need another `worker.env`, and people the other login. Passwords of the mode that ends are removed",
    warn: true,
  },
  {
    keys: ["emg.auth.workers"],
    does: "in place",
    remark:
      "A worker that comes gets a password. One that goes is locked out, and its password is deleted; back on the list it has another one. Pods of the gateway roll",
    warn: true,
  },
  {
    keys: ["emg.auth.passwordVersion"],
    does: "in place",
    remark:
      "Every worker, with prefect-basic everybody, is locked out until it has the new password: run `worker.sh` again",
    warn: true,
  },
  {
    keys: ["emg.auth.cookieVersion"],
    does: "in place",
    remark: "Everybody logs in again",
    warn: true,
  },
  {
    keys: ["emg.auth.githubOrg", "emg.auth.githubTeams"],
    does: "in place",
    remark:
      "Counts at the next login: a session ends 12 hours after its own. `cookieVersion` ends all of them at once",
  },
  { keys: ["emg.auth.*"], does: "in place", remark: "" },
  {
    keys: ["emg.api"],
    does: "in place",
    remark:
      "Taken away: its file system goes, which is refused while `retain` is on; its database stays in PostgreSQL, and is used again when it comes back",
    warn: true,
  },
  {
    keys: ["emg.api.image"],
    does: "in place",
    remark:
      "Migrates the database with the new image, and then rolls; pods of the old one work on the new schema for that time. An older image takes no migration back",
  },
  {
    keys: ["emg.api.user.uid", "emg.api.user.gid"],
    does: "in place",
    remark:
      "Pods roll, one after the other. Files keep their owner, as whom every mount works",
  },
  {
    keys: ["emg.api.storage.results"],
    does: "in place",
    remark:
      "Pods roll, one after the other. Off: folder and volume stay, and nobody mounts them",
  },
  { keys: ["emg.api.storage.*"], does: "in place", remark: "" },
  {
    keys: ["emg.api.secretKeyVersion"],
    does: "in place",
    remark: "Sessions of Django's admin pages end",
    warn: true,
  },
  {
    keys: ["emg.api.*"],
    does: "in place",
    remark: "Pods roll, one after the other",
  },
  {
    keys: ["emg.database.kind"],
    does: "replaced",
    remark:
      "Other, empty databases: nothing is copied. From `rds` it is refused while `retain` is on",
    warn: true,
  },
  {
    keys: ["emg.database.host", "emg.database.port"],
    does: "in place",
    remark:
      "Databases and users are made there if they are missing, and nothing is copied. Pods restart",
    warn: true,
  },
  {
    keys: ["emg.database.passwordVersion"],
    does: "in place",
    remark: `All new passwords in one deploy. ${AWAY}; connections of the API fail from the new passwords to its new pods`,
    warn: true,
  },
  {
    keys: [
      "emg.database.engineVersion",
      "emg.database.instanceClass",
      "emg.database.multiAz",
    ],
    does: "in place",
    remark:
      "A minor or another class: a minute with a standby, else some. A major: some minutes without database, and never back",
    warn: true,
  },
  {
    keys: ["emg.database.storageGiB"],
    does: "in place",
    remark: "More; AWS refuses less",
  },
  {
    keys: ["emg.database.restoreFrom"],
    does: "refused",
    remark:
      "For a database that stands and was not made of that snapshot, while `network` is planned; taken away afterwards it changes nothing. [Restore](#restore)",
  },
  { keys: ["emg.database.*"], does: "in place", remark: "" },
  {
    keys: ["emg.ingress.scheme"],
    does: "replaced",
    remark: "The load balancer: minutes without Prefect and API",
    warn: true,
  },
  {
    keys: ["emg.ingress.idleTimeoutSeconds"],
    does: "in place",
    remark: AWAY,
    warn: true,
  },
  {
    keys: ["emg.ingress.wafAclArn"],
    does: "in place",
    remark:
      "Taken away: a controller of ours detaches the ACL, one that the cluster has already leaves it (`aws wafv2 disassociate-web-acl`)",
  },
  {
    keys: ["emg.ingress.accessLogs"],
    does: "in place",
    remark:
      "Off: the bucket goes, with the logs in it; refused while `retain` is on",
    warn: true,
  },
  { keys: ["emg.ingress.*"], does: "in place", remark: "" },
  {
    keys: ["emg.images.*"],
    does: "in place",
    remark:
      "Both logins roll, without an interruption; another client of PostgreSQL runs the Job of the databases again, which changes nothing",
  },
];
