import { type Patch } from "../settings";

/** A change of settings in an environment that stands, and what the documentation promises of it. */
export interface Pair {
  /** What changes, for the report. */
  readonly name: string;
  readonly change: Patch;
  /** Stacks that the runbook deploys alone, one after the other, before all of them. @default none */
  readonly first?: readonly string[];
  /** Types of resources that are replaced; all others stay what they are. @default none */
  readonly replaces?: readonly string[];
  /** Part of the address of everything that comes or goes. @default anything may */
  readonly about?: string;
  /** Whether Wave's pods are made anew. @default false */
  readonly restartsWave?: boolean;
  /** It is about what only Terraform does in the cluster: nothing that a translation of `workloads` could show. @default false */
  readonly inTerraform?: boolean;
  /** Part of every run, and not of `--all` alone. @default false */
  readonly always?: boolean;
}

/** Terraform makes another Ingress, and its controller another load balancer. */
const OTHER_BALANCER = {
  replaces: ["kubernetes_ingress_v1"],
  inTerraform: true,
} as const;

/** With another group EKS makes another Auto Scaling group, and the tag of the autoscaler goes with the old one. */
const NODE_GROUP = ["aws_autoscaling_group_tag", "aws_eks_node_group"];

/** In this order, each upon what the ones before it left. */
export const classicPairs: readonly Pair[] = [
  {
    name: "a cost tag comes",
    change: { tags: { "cost-center": "4711" } },
    always: true,
  },
  {
    name: "the third zone goes",
    change: { network: { zones: ["a", "b"] } },
    first: ["workloads", "data"],
    replaces: NODE_GROUP,
    always: true,
  },
  {
    name: "a third zone comes",
    change: { network: { zones: ["a", "b", "c"] } },
    replaces: NODE_GROUP,
    always: true,
  },
  {
    name: "one NAT gateway serves all zones",
    change: { network: { natGateways: "single" } },
  },
  {
    name: "interface endpoints come",
    change: { network: { interfaceEndpoints: ["ecr.api", "ecr.dkr", "sts"] } },
  },
  {
    name: "interface endpoints go",
    change: { network: { interfaceEndpoints: [] } },
  },
  {
    name: "pods get a range of their own",
    change: { network: { podCidr: "100.64.0.0/16" } },
  },
  {
    name: "the disks of build nodes grow",
    change: { cluster: { nodeGroups: { build: { diskGiB: 200 } } } },
  },
  {
    name: "build nodes are of another type",
    change: {
      cluster: { nodeGroups: { build: { instanceTypes: ["m5.2xlarge"] } } },
    },
    replaces: NODE_GROUP,
  },
  {
    name: "builds may take longer",
    change: { wave: { build: { timeout: "20m" } } },
    restartsWave: true,
  },
  {
    name: "a web ACL comes",
    change: {
      wave: {
        ingress: {
          wafAclArn:
            "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/wave/1",
        },
      },
    },
  },
  {
    name: "the web ACL and access logs are switched off",
    change: { wave: { ingress: { wafAclArn: null, accessLogs: false } } },
  },
  {
    name: "the load balancer gets another name",
    change: { wave: { ingress: { loadBalancerName: "wave-lab-other" } } },
    ...OTHER_BALANCER,
  },
  {
    name: "the load balancer becomes internal",
    change: { wave: { ingress: { scheme: "internal" } } },
    ...OTHER_BALANCER,
  },
  {
    name: "the load balancer joins a group",
    change: { wave: { ingress: { group: { name: "shared", order: 10 } } } },
    ...OTHER_BALANCER,
  },
  {
    name: "the load balancer leaves the group, and faces the internet",
    change: { wave: { ingress: { group: null, scheme: "internet-facing" } } },
    ...OTHER_BALANCER,
  },
];

/** The same of the current line. */
export const currentPairs: readonly Pair[] = [
  {
    name: "the capacity is fixed, and the autoscaler goes",
    change: {
      cluster: {
        autoscaler: null,
        nodeGroups: { build: { minSize: 1, desiredSize: 2 } },
      },
    },
  },
  {
    name: "the autoscaler comes back",
    change: {
      cluster: {
        autoscaler: { scaleDownAfter: "10m" },
        nodeGroups: { build: { minSize: 0 } },
      },
    },
  },
  {
    name: "a minor of PostgreSQL is named",
    change: { data: { postgres: { engineVersion: "17.6" } } },
  },
  {
    name: "new passwords of PostgreSQL and, beside the first, of Redis",
    change: {
      data: {
        postgres: { passwordVersion: 2 },
        redis: { authVersion: 2, authUpdate: "ROTATE" },
      },
    },
    restartsWave: true,
  },
  {
    name: "the first password of Redis is retired",
    change: { data: { redis: { authUpdate: "SET" } } },
  },
  {
    name: "a replica of Redis comes, with automatic failover",
    change: { data: { redis: { replicas: 1 } } },
  },
  {
    name: "the replica of Redis goes",
    change: { data: { redis: { replicas: 0 } } },
  },
  {
    name: "the profile of 1000 users, with smaller pods and more build nodes",
    change: {
      // A pod that differs by its configuration alone shows in Terraform only.
      wave: { profile: 1000, autoscaling: null, cpuRequest: "500m" },
      data: { redis: { replicas: null } },
      cluster: { nodeGroups: { build: { maxSize: 5 } } },
    },
    restartsWave: true,
  },
];
