import { type IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { type AwsPartition } from "../../lib/aws-partition";
import { policyJson } from "../../lib/policy";
import { type RoleProps, createRole } from "./role";
import {
  type AssumedTrust,
  type RoleDefinition,
  assumedTrustDocument,
} from "./role-trust";

/** Properties of `AssumedRole`; role and policy share the name. */
export interface AssumedRoleProps
  extends RoleProps, RoleDefinition<AssumedTrust> {
  /**
   * Partition of the region.
   * @default "aws"
   */
  readonly partition?: AwsPartition;
  /** The role of this project among those that the trust names. */
  readonly assumedBy: IamRole;
}

/**
 * IAM role that another role takes by `sts:AssumeRole`, for an hour: role chaining allows no longer session.
 *
 * The trust holds ARNs as text and no references, so that a first plan shows it whole. IAM turns an ARN into the id of
 * the role that has it at that moment, and a role made anew under the same name has another id: so this role is made anew
 * with the role that takes it.
 */
export class AssumedRole extends Construct {
  /** ARN of the role, for `sts:AssumeRole`. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: AssumedRoleProps) {
    super(scope, id);
    const { name, policy, trust, partition = "aws", assumedBy } = props;
    const role = createRole(
      this,
      props,
      assumedTrustDocument(trust, partition),
      {
        maxSessionDuration: 3600,
        // IAM refuses a trust that names a role which does not exist yet.
        dependsOn: [assumedBy],
        lifecycle: { replaceTriggeredBy: [uniqueIdOf(assumedBy)] },
      },
    );
    new IamRolePolicy(this, "policy", {
      name,
      role: role.id,
      policy: policyJson(policy),
    });
    this.arn = role.arn;
  }
}

/** What changes only when the role is made anew, unlike tags; in the form of `replace_triggered_by`, which is no template. */
function uniqueIdOf({
  terraformResourceType,
  friendlyUniqueId,
}: IamRole): string {
  return `${terraformResourceType}.${friendlyUniqueId}.unique_id`;
}
