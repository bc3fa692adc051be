import { type CliCommand as Command } from "../../operate/terraform/cli";

/** A moment of a run at which it is killed. */
export interface KillPoint {
  readonly command: Command;
  readonly stack: string;
  /** The moment, for the report. */
  readonly when: string;
  /** Terraform alone, or OpenTofu in its place; or the CLI with everything below it. */
  readonly victim: "terraform" | "cdktf";
  /**
   * What is under way: AWS carries the operation out, and Terraform never hears of it. With the type, once for every resource
   * of it in the stack.
   */
  readonly dropped?: { readonly operation: string; readonly of: string };
  /** Operation that takes as long as it may on AWS. */
  readonly delayed?: { readonly operation: string; readonly seconds: number };
  /** Waits until the state has been saved once more: what was made before is not lost. @default false */
  readonly saved?: boolean;
  /** A change in the cluster instead: the first object of this resource is made or deleted. */
  readonly seen?: string;
  /** Happens only where Helm makes it, and not a translation. @default false */
  readonly byHelm?: boolean;
}

/** Terraform saves its state no more often, and only when something is made. */
const secondsBetweenSaves = 20;

/** Moments of a deploy, in the order in which it reaches them. */
export const deployPoints: readonly KillPoint[] = [
  {
    command: "deploy",
    stack: "network",
    when: "the cluster is being made",
    victim: "terraform",
    dropped: { operation: "eks.CreateCluster", of: "aws_eks_cluster" },
    delayed: {
      operation: "ec2.CreateFlowLogs",
      seconds: secondsBetweenSaves + 1,
    },
    saved: true,
  },
  {
    command: "deploy",
    stack: "network",
    when: "node groups are being made, and nothing since the cluster is saved",
    victim: "cdktf",
    dropped: { operation: "eks.CreateNodegroup", of: "aws_eks_node_group" },
  },
  {
    command: "deploy",
    stack: "data",
    when: "passwords are stored, what opens with them is not made",
    victim: "terraform",
    dropped: {
      operation: "secretsmanager.PutSecretValue",
      of: "aws_secretsmanager_secret_version",
    },
    saved: true,
  },
  {
    command: "deploy",
    stack: "identity",
    when: "the certificate is asked for, and nothing of the stack is saved",
    victim: "cdktf",
    dropped: { operation: "acm.RequestCertificate", of: "aws_acm_certificate" },
  },
  {
    command: "deploy",
    stack: "workloads",
    when: "a Helm release is under way",
    victim: "terraform",
    seen: "deployments",
    byHelm: true,
  },
  {
    command: "deploy",
    stack: "workloads",
    when: "claims wait for their volumes",
    victim: "cdktf",
    seen: "persistentvolumeclaims",
  },
];

/** Five moments of a destroy. */
export const destroyPoints: readonly KillPoint[] = [
  {
    command: "destroy",
    stack: "workloads",
    when: "the Ingress is going, its load balancer still stands",
    victim: "cdktf",
    delayed: {
      operation: "elasticloadbalancing.DeleteLoadBalancer",
      seconds: 5,
    },
    seen: "ingresses",
  },
  {
    command: "destroy",
    stack: "identity",
    when: "the identity provider of the cluster is going",
    victim: "terraform",
    dropped: {
      operation: "iam.DeleteOpenIDConnectProvider",
      of: "aws_iam_openid_connect_provider",
    },
  },
  {
    command: "destroy",
    stack: "data",
    when: "Redis is going",
    victim: "cdktf",
    dropped: {
      operation: "elasticache.DeleteReplicationGroup",
      of: "aws_elasticache_replication_group",
    },
  },
  {
    command: "destroy",
    stack: "network",
    when: "node groups are going",
    victim: "terraform",
    dropped: { operation: "eks.DeleteNodegroup", of: "aws_eks_node_group" },
  },
  {
    command: "destroy",
    stack: "network",
    when: "the cluster is going",
    victim: "cdktf",
    dropped: { operation: "eks.DeleteCluster", of: "aws_eks_cluster" },
  },
];
