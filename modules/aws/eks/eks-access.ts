import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type AwsPartition } from "../../lib/aws-partition";
import { sha256 } from "../../lib/sha256";

/** Access policies of EKS, by a short name. */
const ACCESS_POLICIES = {
  "cluster-admin": "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
} as const;

/** Who may enter a cluster, and as what. */
export interface ClusterAdmin {
  /** ARN of an IAM role or user. */
  readonly principalArn: string;
  /** Access policy of EKS; `none`: the entry opens the cluster to `kubernetesGroups` alone. */
  readonly policy: keyof typeof ACCESS_POLICIES | "none";
  /**
   * Namespaces the policy counts in, with `*` for any characters: `worker-*`. Another list is another association, made after
   * the old one has gone.
   * @default the whole cluster
   */
  readonly namespaces?: readonly string[];
  /**
   * Kubernetes groups, for bindings of the cluster's own. Not `system:…`, which EKS refuses.
   * @default those that the entry has; an empty list for none
   */
  readonly kubernetesGroups?: readonly string[];
}

/** Properties of `EksAccess`. */
export interface EksAccessProps {
  /** Cluster to enter. */
  readonly clusterName: string;
  /** ARN of the IAM role or user that runs Terraform: cluster administrator. */
  readonly deployerArn: string;
  /**
   * Who else may enter.
   * @default nobody
   */
  readonly admins?: readonly ClusterAdmin[];
  /**
   * Partition of the region.
   * @default "aws"
   */
  readonly partition?: AwsPartition;
}

/** Access entries of a cluster: the only way in, because its creator has no permission of its own. */
export class EksAccess extends Construct {
  /** The deployer's way in. What the deployer makes in the cluster depends on it, so that it is the last to go. */
  readonly deployer: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: EksAccessProps) {
    super(scope, id);
    const { deployerArn, admins = [] } = props;
    this.deployer = this.admit(props, "deployer", {
      principalArn: deployerArn,
      policy: "cluster-admin",
    });
    for (const admin of admins)
      this.admit(props, keyOf(admin.principalArn), admin);
  }

  private admit(
    { clusterName, partition = "aws" }: EksAccessProps,
    key: string,
    { principalArn, policy, namespaces = [], kubernetesGroups }: ClusterAdmin,
  ): ITerraformDependable[] {
    const entry = new EksAccessEntry(this, key, {
      clusterName,
      principalArn,
      type: "STANDARD",
      // The provider leaves groups in place that are no longer written; an empty list takes them away.
      kubernetesGroups: kubernetesGroups && [...kubernetesGroups],
    });
    if (policy === "none") return [entry];
    const association = new EksAccessPolicyAssociation(this, `${key}-policy`, {
      clusterName,
      principalArn: entry.principalArn,
      policyArn: `arn:${partition}:eks::aws:cluster-access-policy/${ACCESS_POLICIES[policy]}`,
      accessScope:
        namespaces.length > 0
          ? { type: "namespace", namespaces: [...namespaces] }
          : { type: "cluster" },
    });
    return [entry, association];
  }
}

/** Stable id of a principal: its name, and a hash because two accounts can have the same one. */
function keyOf(principalArn: string): string {
  const name = principalArn.replace(/^.*\//, "").toLowerCase();
  const hash = sha256(principalArn);
  return `${name.replace(/[^a-z0-9]+/g, "-")}-${hash.slice(0, 6)}`;
}
