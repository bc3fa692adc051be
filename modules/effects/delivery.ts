import { type Effect } from "./effect";

/** The rows of `delivery`. */
export const DELIVERY_EFFECTS: readonly Effect[] = [
  {
    keys: ["delivery"],
    does: "nothing",
    remark:
      "Added: a stack more. Taken away: the stack is not in the app any more, and all that it made stays; so destroy `delivery` first, with `retain: false`",
    warn: true,
  },
  {
    keys: ["delivery.domain", "delivery.hostedZoneId"],
    does: "replaced",
    remark:
      "Records and certificate, in the new zone. Services answer at the new name once their releases say so",
    warn: true,
  },
  {
    keys: ["delivery.ingress.class"],
    does: "replaced",
    remark:
      "The load balancer: minutes without the services, which have to name the other class. From `alb` the bucket of its access logs goes too, which is refused while `retain` is on. Without an interruption: a second cluster, and weights",
    warn: true,
  },
  {
    keys: ["delivery.ingress.scheme"],
    does: "replaced",
    remark: "The load balancer: minutes without the services",
    warn: true,
  },
  {
    keys: ["delivery.ingress.wafAclArn"],
    does: "in place",
    remark:
      "Taken away: a controller of ours detaches the ACL, one that the cluster has already leaves it (`aws wafv2 disassociate-web-acl`)",
  },
  {
    keys: ["delivery.ingress.accessLogs"],
    does: "in place",
    remark:
      "Off: the bucket goes, with the logs in it; refused while `retain` is on",
    warn: true,
  },
  { keys: ["delivery.ingress.*"], does: "in place", remark: "" },
  {
    keys: ["delivery.tls.kind"],
    does: "replaced",
    remark:
      "The certificate: the new one is there before the load balancer changes to it. With cert-manager it takes minutes longer",
    warn: true,
  },
  { keys: ["delivery.tls.*"], does: "in place", remark: "" },
  {
    keys: ["delivery.dns.owner"],
    does: "replaced",
    remark:
      "The records, with a gap: Route 53 refuses one of the new owner beside one of the old. Records of `external-dns` go with their Ingresses, not with it: remove them where Terraform follows",
    warn: true,
  },
  {
    keys: ["delivery.dns.weight"],
    does: "in place",
    remark:
      "The share of new requests, within minutes: resolvers keep an answer for 60 seconds, some programs longer. 0 while no other cluster has more: Route 53 answers with all of them",
  },
  { keys: ["delivery.dns.*"], does: "in place", remark: "" },
  {
    keys: ["delivery.flux"],
    does: "in place",
    remark:
      "Taken away: everything that Flux deployed is removed, the services with it, and only then Flux with its namespace; refused while `retain` is on. Not run on AWS",
    warn: true,
  },
  {
    keys: [
      "delivery.flux.url",
      "delivery.flux.branch",
      "delivery.flux.path",
      "delivery.flux.rawManifests",
    ],
    does: "in place",
    remark:
      "What the new folder does not hold, or Flux may not apply any more, is removed or stays as it is: compare both folders first",
    warn: true,
  },
  {
    keys: ["delivery.flux.credential.*", "delivery.flux.write"],
    does: "in place",
    remark:
      "The Secret; services run on while Flux cannot read Git. `write` is what the command of the deploy key asks for",
  },
  {
    keys: ["delivery.flux.scope"],
    does: "in place",
    remark:
      "To `namespaces`: namespaces that Flux made are Terraform's to make, which refuses what is there; import them. To `cluster`: who may write to the repository has the cluster",
    warn: true,
  },
  {
    keys: ["delivery.flux.*"],
    does: "in place",
    remark: "Controllers of Flux restart; services run on",
  },
  {
    keys: ["delivery.services"],
    does: "in place",
    remark:
      "A service that goes takes its namespaces along, its repository of images and its roles; namespaces and repository are refused while `retain` is on, and so is GitHub's provider, which goes with the last `ci`. A role's `physicalName`, and a namespace's name, are another one",
    warn: true,
  },
  {
    keys: ["delivery.github.oidcProvider"],
    does: "in place",
    remark:
      "From `ours` to `existing` deletes the provider that every CI role of the account trusts: take it out of the state of `delivery` first (`terraform state rm`). The other way IAM refuses a second one: import it",
    warn: true,
  },
  { keys: ["delivery.github.organizationId"], does: "in place", remark: "" },
  {
    keys: ["delivery.portForward.*", "delivery.accountConfig"],
    does: "in place",
    remark:
      "Charts read `account-config` at their next reconciliation, not before",
  },
  {
    keys: ["delivery.stores.redis"],
    does: "in place",
    remark:
      "Taken away: the cache goes, with what is in it; refused while `retain` is on",
    warn: true,
  },
  {
    keys: ["delivery.stores.redis.engine", "delivery.stores.redis.version"],
    does: "in place",
    remark:
      "From redis to valkey in place, and never back: ElastiCache refuses it. With one node it is away for some minutes",
    warn: true,
  },
  {
    keys: ["delivery.stores.redis.restoreFrom"],
    does: "refused",
    remark:
      "For a Redis that stands and was not made of that snapshot, while `network` is planned; taken away afterwards it changes nothing. [Restore](#restore)",
  },
  {
    keys: ["delivery.stores.redis.*"],
    does: "in place",
    remark: "With one node it is away for some minutes",
    warn: true,
  },
  {
    keys: [
      "delivery.stores.buckets",
      "delivery.stores.tables",
      "delivery.stores.queues",
      "delivery.stores.topics",
    ],
    does: "in place",
    remark:
      "An entry that goes takes its data along, and another name, key or `fifo` is another store; buckets and tables are refused while `retain` is on",
    warn: true,
  },
];
