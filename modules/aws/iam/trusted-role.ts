import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type PolicyDocument, policyJson } from "../../lib/policy";
import { type RoleProps, createRole } from "./role";

/** Properties of `TrustedRole`; role and policy share the name. */
export interface TrustedRoleProps extends RoleProps {
  /** Who takes the role. IAM refuses a principal that does not exist. */
  readonly trust: PolicyDocument;
  /** What the role may do. */
  readonly policy: PolicyDocument;
}

/** IAM role that somebody outside of this project takes: a trust document of the caller's. */
export class TrustedRole extends Construct {
  readonly arn: string;
  /** What gives the role its permissions. Who lets somebody use the role depends on it. */
  readonly permissions: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: TrustedRoleProps) {
    super(scope, id);
    const role = createRole(this, props, props.trust);
    this.permissions = [
      new IamRolePolicy(this, "policy", {
        name: props.name,
        role: role.id,
        policy: policyJson(props.policy),
      }),
    ];
    this.arn = role.arn;
  }
}
