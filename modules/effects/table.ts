/** What a change of some settings does to an environment that is deployed: for the runbook, and for the notices of a synth. */
export interface Effect {
  /** Paths as in docs/settings.md; `*` stands for one name, at the end for everything below. The first row that matches counts. */
  readonly keys: readonly string[];
  readonly does: EffectKind;
  /** What to know of it: a sentence without a full stop, or several. */
  readonly remark: string;
  /** It interrupts people or costs minutes without service: a synth that changes it says so. */
  readonly warn?: true;
}

/** From the least to the most. */
export type EffectKind =
  | "nothing"
  | "in place"
  | "restarts Wave"
  | "interrupts builds"
  | "rolls nodes"
  | "replaced"
  | "refused";

const NODES = "cluster.nodeGroups.*";

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
    does: "nothing",
    remark: "Takes effect with a deploy, before a destroy",
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
    remark: "Another principal is another access entry",
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
    keys: ["cluster.version"],
    does: "rolls nodes",
    remark:
      "One minor at a time, and never back. The control plane takes ten minutes, then every group is rolled; builds that run there are lost",
    warn: true,
  },
  {
    keys: [
      "cluster.endpoint.*",
      "cluster.addOns.*",
      "cluster.logRetentionDays",
    ],
    does: "in place",
    remark: "Some minutes each, without an interruption",
  },
  {
    keys: [`${NODES}.minSize`, `${NODES}.desiredSize`, `${NODES}.maxSize`],
    does: "in place",
    remark: "Fewer nodes are drained: builds on them are lost",
  },
  {
    keys: [`${NODES}.labels.*`, `${NODES}.taints`],
    does: "in place",
    remark: "Pods that run stay where they are",
  },
  {
    keys: [`${NODES}.instanceTypes`, `${NODES}.amiType`],
    does: "replaced",
    remark:
      "The group: a new one comes up before the old one goes; builds that run there are lost",
    warn: true,
  },
  {
    keys: [NODES],
    does: "rolls nodes",
    remark:
      "Disk, key, image release and kernel settings: node by node, with up to two more nodes for each zone meanwhile; builds that run there are lost. With `releaseVersion: latest` a release of AWS does the same at the next deploy",
    warn: true,
  },
  {
    keys: ["data.redis.tls"],
    does: "refused",
    remark:
      "Straight on or off: AWS does it in steps, [TLS of Redis](#day-two)",
  },
  {
    keys: ["data.redis.auth"],
    does: "restarts Wave",
    remark: "On; off is refused, AWS takes no password away",
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
    remark: "Redis is away for some minutes, and Wave with it",
    warn: true,
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
    keys: ["data.*"],
    does: "in place",
    remark: "",
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
    remark: "To Lite: what builds need goes; refused while `retain` is on",
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
    keys: ["wave.classic.surrealPasswordVersion"],
    does: "restarts Wave",
    remark:
      "Locks Wave out without the steps of [SurrealDB password](#day-two)",
    warn: true,
  },
  {
    keys: ["wave.classic.surrealMemory", "wave.images.surrealdb"],
    does: "in place",
    remark: "SurrealDB is made anew: a minute without it",
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
];
