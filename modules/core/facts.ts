/** A name and the settings path it stands at. */
export interface NamedFact {
  /** Such as `wave.hostname`. */
  readonly path: string;
  readonly name: string;
}

/** A name that is written into the hosted zone. */
export interface RecordFact extends NamedFact {
  /** Whether the internet has to see it, as validation of a certificate does, and why in a few words. */
  readonly publicFor?: string;
}

/** A name that stands for one thing in a whole cluster. */
export interface ClusterWideFact extends NamedFact {
  readonly what: "volume" | "group of users" | "class of Ingresses";
}

/** A value that two environments of one account must not share, and how to part them. */
export interface ExclusiveFact {
  readonly path: string;
  /** With all that makes it unique: a name that counts once in each region holds the region. */
  readonly value: string;
  /** What the value is: `host name`. */
  readonly what: string;
  readonly fix: string;
}

/** A secret in Secrets Manager that only the operator can make. */
export interface OperatorSecret extends NamedFact {
  /** Keys of the JSON it holds. */
  readonly keys: readonly string[];
}

/** What the core has to know of a platform: to serve it, and to keep it apart from its neighbours. */
export interface PlatformFacts {
  /** Key of its section in the settings: `wave`. */
  readonly platform: string;
  /** Host names it answers to. */
  readonly hosts: readonly NamedFact[];
  /** Namespaces it makes. */
  readonly namespaces: readonly NamedFact[];
  /**
   * Names that it has in no namespace and nobody can choose, of volumes and of groups of users: a cluster has each once.
   * @default none
   */
  readonly clusterWide?: readonly ClusterWideFact[];
  /** Names it writes into the hosted zone, or validates there. */
  readonly records: readonly RecordFact[];
  /** Secrets it reads, and the operator makes. */
  readonly operatorSecrets: readonly OperatorSecret[];
  /** What no other environment may have. */
  readonly exclusives: readonly ExclusiveFact[];
  readonly needs: PlatformNeeds;
  /**
   * Ports of registries that the nodes of builds, and pods on them, reach besides 80 and 443.
   * @default none
   */
  readonly buildPorts?: readonly number[];
  /**
   * Its pods on the system nodes that take a share worth counting.
   * @default none
   */
  readonly systemPods?: readonly SystemPods[];
}

/** Pods of one kind, and what each asks for, as Kubernetes writes it. */
export interface SystemPods {
  readonly count: number;
  readonly cpu: string;
  readonly memory: string;
}

/** What a platform needs of the controllers. */
export interface PlatformNeeds {
  /** The EFS CSI driver: it mounts a file system. */
  readonly efs: boolean;
  /** The permission of the load-balancer controller to attach a web ACL. */
  readonly waf: boolean;
  /** The Cluster Autoscaler: it has node groups of its own, which start nodes for pods that wait. */
  readonly scaledNodes: boolean;
  /** Services of AWS that its pods call, as the ends of the names of their interface endpoints: `ecr.api`. S3 is always there. */
  readonly services: readonly string[];
}

/** What the platforms of an environment need together. */
export const needsOf = (facts: readonly PlatformFacts[]): PlatformNeeds => ({
  efs: facts.some(({ needs }) => needs.efs),
  waf: facts.some(({ needs }) => needs.waf),
  scaledNodes: facts.some(({ needs }) => needs.scaledNodes),
  services: [...new Set(facts.flatMap(({ needs }) => needs.services))],
});
