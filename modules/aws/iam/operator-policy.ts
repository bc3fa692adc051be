import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { type PolicyDocument, policyJson } from "../../lib/policy";

/** Properties of `OperatorPolicy`. */
export interface OperatorPolicyProps {
  /** Name of the policy: `names.iam("wave-ecr-key")`. */
  readonly name: string;
  /** What it is for, as the IAM console shows it. IAM cannot change it later. */
  readonly description: string;
  /** What it allows. */
  readonly policy: PolicyDocument;
  /**
   * Path of the policy.
   * @default "/"
   */
  readonly path?: string;
}

/**
 * Policy that an operator attaches to a principal of their own. While it is attached, IAM refuses to delete
 * it: detach it before a destroy.
 */
export class OperatorPolicy extends Construct {
  /** ARN to attach. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: OperatorPolicyProps) {
    super(scope, id);
    const { name, description, policy, path = "/" } = props;
    this.arn = new IamPolicy(this, "Default", {
      name,
      description,
      path,
      policy: policyJson(policy),
      tags: { Name: name },
    }).arn;
  }
}
