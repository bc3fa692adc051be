import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** Properties of `GroupAccess`. */
export interface GroupAccessProps {
  /** Cluster to enter. It authenticates by access entries: mode `API` or `API_AND_CONFIG_MAP`. */
  readonly clusterName: string;
  /** ARN of the IAM role or user, which has one entry only. Another one makes the entry anew. */
  readonly principalArn: string;
  /** Groups that bindings of the cluster name. Not `system:…`, which EKS refuses. */
  readonly kubernetesGroups: readonly string[];
  /**
   * Name of the user in the cluster.
   * @default EKS makes it: the ARN, of a role with its session
   */
  readonly userName?: string;
  /**
   * What has to stand before somebody may enter, and goes only when nobody can any more.
   * @default nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Access entry without an access policy of EKS: what the principal may do is what Kubernetes binds its groups to, so that
 * `kubectl auth can-i` shows all of it.
 */
export class GroupAccess extends Construct {
  readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string, props: GroupAccessProps) {
    super(scope, id);
    const { clusterName, principalArn, userName, dependsOn = [] } = props;
    this.resource = new EksAccessEntry(this, "Default", {
      clusterName,
      principalArn,
      type: "STANDARD",
      kubernetesGroups: [...props.kubernetesGroups],
      userName,
      dependsOn: [...dependsOn],
    });
  }
}
