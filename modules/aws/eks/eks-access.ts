import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { createHash } from "node:crypto";
import { partitionOf } from "../../lib/aws-partition";
import { type CoreSettings } from "../../core/settings/schema";

/** Properties of `EksAccess`. */
export interface EksAccessProps {
  /** Cluster to enter. */
  readonly clusterName: string;
  /** Section `access`: who deploys, and who else may enter. */
  readonly settings: CoreSettings;
}

type Admin = CoreSettings["access"]["admins"][number];

/** Access policies of EKS, by their name in the settings. */
const ACCESS_POLICIES: Readonly<Record<Admin["policy"], string>> = {
  "cluster-admin": "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
};

/** Access entries of a cluster: the only way in, because the creator has no right of its own (SEC-E7, INF-01). */
export class EksAccess extends Construct {
  /** The deployer's way in. What the deployer makes in the cluster depends on it, so that it is the last to go. */
  readonly deployer: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: EksAccessProps) {
    super(scope, id);
    const { access } = props.settings;
    this.deployer = this.admit(props, "deployer", {
      principal: access.deployer,
      policy: "cluster-admin",
      groups: [],
    });
    for (const admin of access.admins)
      this.admit(props, keyOf(admin.principal), admin);
  }

  private admit(
    { clusterName, settings }: EksAccessProps,
    key: string,
    { principal, policy, groups }: Admin,
  ): ITerraformDependable[] {
    const entry = new EksAccessEntry(this, key, {
      clusterName,
      principalArn: principal,
      type: "STANDARD",
      kubernetesGroups: groups.length > 0 ? groups : undefined,
    });
    const right = new EksAccessPolicyAssociation(this, `${key}-policy`, {
      clusterName,
      principalArn: entry.principalArn,
      policyArn: `arn:${partitionOf(settings.region)}:eks::aws:cluster-access-policy/${ACCESS_POLICIES[policy]}`,
      accessScope: { type: "cluster" },
    });
    return [entry, right];
  }
}

/** Stable id of a principal: its name, and a hash because two accounts can have the same one. */
function keyOf(principalArn: string): string {
  const name = principalArn.replace(/^.*\//, "").toLowerCase();
  const hash = createHash("sha256").update(principalArn).digest("hex");
  return `${name.replace(/[^a-z0-9]+/g, "-")}-${hash.slice(0, 6)}`;
}
