import { CLUSTER_EFFECTS } from "./cluster";
import { COMPUTE_ENV_EFFECTS } from "./compute-env";
import { DELIVERY_EFFECTS } from "./delivery";
import { type Effect } from "./effect";
import { EMG_EFFECTS } from "./emg";
import { EXISTING_EFFECTS } from "./existing";
import { STORE_EFFECTS } from "./stores";

/** Every setting has one row; a test sees to it. */
export const EFFECTS: readonly Effect[] = [
  {
    keys: ["name", "environment", "accountId", "region"],
    does: "refused",
    remark:
      "Another environment: deploy it beside this one. An output folder that was initialised for this one is refused, and so is the end of what `retain` protects",
  },
  {
    keys: ["retain"],
    does: "in place",
    remark:
      "The protections of data and cluster change with a deploy, before a destroy",
  },
  {
    keys: ["kubeAuth", "network.disjointFrom"],
    does: "nothing",
    remark: "",
  },
  {
    keys: ["tags.*"],
    does: "rolls nodes",
    remark:
      "In place everywhere else. Instances and volumes get their tags from a launch template: a changed one rolls the nodes of every group, and builds that run there are lost",
    warn: true,
  },
  {
    keys: ["backend.assumeRole.*", "access.assumeRole.*"],
    does: "nothing",
    remark:
      "Other credentials for the same states and resources. With another `backend.assumeRole` first delete `.terraform` of each stack in the output folder: Terraform asks for a new `init`",
  },
  {
    keys: ["backend.*"],
    does: "refused",
    remark:
      "An output folder that was initialised for another back end is refused: the state would not move by itself",
  },
  {
    keys: ["access.deployer"],
    does: "replaced",
    remark:
      "The access entry. Deploy `network` with the new deployer's credentials first",
  },
  {
    keys: ["access.admins"],
    does: "in place",
    remark:
      "Another principal is another access entry, and nobody else's is touched. With another policy or other namespaces EKS takes the old permissions away before it gives the new ones: a few seconds without",
  },
  {
    keys: ["iam.path"],
    does: "refused",
    remark:
      "Every role would be made anew, and with its role the cluster, which `retain` protects",
  },
  {
    keys: ["iam.permissionsBoundaryArn"],
    does: "in place",
    remark: "",
  },
  {
    keys: ["dns.hostedZoneId"],
    does: "replaced",
    remark: "The records of alias, certificate and mail, in the new zone",
    warn: true,
  },
  {
    keys: ["dns.certificateDomains", "wave.hostname"],
    does: "replaced",
    remark:
      "The certificate, in two deploys: [Certificate names](#day-two). Another host name is also another alias, and Platform has to be told",
    warn: true,
  },
  {
    keys: ["dns.certificateArn"],
    does: "in place",
    remark: "The load balancer takes the other certificate",
  },
  {
    keys: ["dns.existingAlias"],
    does: "in place",
    remark: "The record goes or comes; nothing else changes",
  },
  ...EXISTING_EFFECTS,
  {
    keys: ["network.cidr", "cluster.serviceCidr"],
    does: "refused",
    remark: "AWS changes neither: another environment",
  },
  {
    keys: ["network.zones"],
    does: "replaced",
    remark:
      "Node groups: new ones come up before the old ones go, and builds that run there are lost. The first two zones stay for ever; order: [A zone comes or goes](#day-two)",
    warn: true,
  },
  {
    keys: ["network.podCidr"],
    does: "in place",
    remark:
      "Added: pods that run keep their addresses, new ones get theirs in the range; for up to an hour EKS does not know it, so that logs and webhooks of pods there may fail. Changed or taken away: refused while `retain` is on, for pods have addresses of it",
    warn: true,
  },
  {
    keys: ["network.internet"],
    does: "refused",
    remark:
      "Nodes would lose their way to registries and AWS before they have another: another environment",
  },
  {
    keys: ["network.proxy.*"],
    does: "rolls nodes",
    remark:
      "Of every group; Wave and the controllers restart. Builds that run are lost",
    warn: true,
  },
  {
    keys: ["network.natGateways"],
    does: "in place",
    remark:
      "Gateways come or go: from `perZone` to `single`, connections of the other zones to the internet break once",
  },
  {
    keys: ["network.*"],
    does: "in place",
    remark: "",
  },
  {
    keys: ["observability.mail"],
    does: "in place",
    remark:
      "AWS asks a new address to confirm. One that is taken away before it has confirmed gets no alarm, and AWS forgets it",
  },
  {
    keys: ["observability.dashboard", "observability.logRetentionDays"],
    does: "in place",
    remark: "Fewer days: CloudWatch deletes what is older",
  },
  {
    keys: ["observability.addOn"],
    does: "in place",
    remark:
      "On: two pods more on every node. Off: `network` deletes the four log groups with what they hold, which the plan allows with `--accept-data-loss` only; until `workloads` takes the agents away they write nowhere, and make no group",
  },
  {
    keys: ["observability", "observability.*"],
    does: "in place",
    remark:
      "The other topic gets the alarms once every stack that has some is deployed: `data`, `identity`, `workloads` and platforms. Out of use, the topic goes with the deploy of `network`, so that until then alarms reach nobody",
  },
  ...CLUSTER_EFFECTS,
  ...STORE_EFFECTS,
  {
    keys: ["wave.egress.*"],
    does: "in place",
    remark:
      "Network policies, and rules of the build nodes' group: deploy `network` and `workloads`",
  },
  {
    keys: ["registries"],
    does: "in place",
    remark:
      "The first entry, and the end of the last, restart Wave and the controllers: their pods name the Secret. A new password in a Secret needs a deploy and no restart",
  },
  {
    keys: ["charts.*"],
    does: "in place",
    remark: "The controller's pods are made anew; Wave is not",
  },
  {
    keys: ["wave.namespace", "wave.buildNamespace"],
    does: "replaced",
    remark:
      "Everything in it, with minutes of outage; refused while `retain` is on",
    warn: true,
  },
  {
    keys: ["wave.mode"],
    does: "replaced",
    remark:
      "To Lite: what builds need goes; refused while `retain` is on. Wave lets go of its volume first (`kubectl -n wave scale deployment wave --replicas=0`): Terraform removes the claim before it changes the pods, and a claim that is mounted does not go. Without build groups deploy `workloads`, then `data`, then `network`: the file system's group names that of the build nodes",
    warn: true,
  },
  {
    keys: ["wave.version", "wave.image.*"],
    does: "restarts Wave",
    remark:
      "On the classic line builds that run are lost. From one line to the other: [upgrade page](upgrade/classic-to-current.md)",
    warn: true,
  },
  {
    keys: ["wave.profile"],
    does: "nothing",
    remark:
      "By itself. What it gives to keys that the file leaves out is a change of those: [sizing](sizing.md)",
  },
  {
    keys: ["wave.classic.surrealPasswordVersion"],
    does: "restarts Wave",
    remark:
      "SurrealDB restarts first, with the new passwords: a minute without it",
    warn: true,
  },
  {
    keys: ["wave.classic.surrealMemory", "wave.images.surrealdb"],
    does: "in place",
    remark: "SurrealDB is made anew: a minute without it",
    warn: true,
  },
  {
    keys: [
      "wave.replicas",
      "wave.autoscaling.*",
      "wave.classic.exportSchedule",
      "wave.classic.ecrKeyUserArn",
      "wave.build.quota.*",
      "wave.build.failedPodsAfterHours",
      "wave.images.sweep",
      "wave.images.upload",
    ],
    does: "in place",
    remark: "",
  },
  {
    keys: [
      "wave.ingress.scheme",
      "wave.ingress.loadBalancerName",
      "wave.ingress.group.name",
    ],
    does: "replaced",
    remark:
      "The Ingress and with it the load balancer: minutes without Wave, until the alias is known everywhere",
    warn: true,
  },
  {
    keys: ["wave.ingress.idleTimeoutSeconds"],
    does: "restarts Wave",
    remark: "Load balancer and server have the same one",
  },
  {
    keys: ["wave.ingress.wafAclArn"],
    does: "in place",
    remark:
      "Taken away: a controller of ours detaches the ACL, one that the cluster has already leaves it (`aws wafv2 disassociate-web-acl`)",
  },
  {
    keys: ["wave.ingress.acceptOpen"],
    does: "nothing",
    remark: "It is an answer to a refusal",
  },
  {
    keys: ["wave.platform.pairingCidrs"],
    does: "in place",
    remark:
      "Rules of the load balancer. A pairing session that is open stays; the next one is asked",
  },
  {
    keys: ["wave.ingress.*"],
    does: "in place",
    remark: "",
  },
  {
    keys: ["wave.mail.domain", "wave.mail.existingIdentity"],
    does: "replaced",
    remark: "The identity and its records; refused while `retain` is on",
    warn: true,
  },
  {
    keys: [
      "wave.mail.mailFromDomain",
      "wave.mail.dmarc",
      "wave.mail.configurationSet",
    ],
    does: "in place",
    remark: "",
  },
  {
    keys: ["wave"],
    does: "refused",
    remark: "Wave cannot be taken out of an environment that is retained",
  },
  {
    keys: ["wave.*"],
    does: "restarts Wave",
    remark:
      "A changed configuration or pod: one pod after the other, without an outage with two or more. On the classic line builds that run are lost",
  },
  ...COMPUTE_ENV_EFFECTS,
  ...DELIVERY_EFFECTS,
  ...EMG_EFFECTS,
];
