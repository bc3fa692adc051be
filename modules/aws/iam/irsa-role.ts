import { type IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type AwsPartition } from "../../lib/aws-partition";
import { policyJson } from "../../lib/policy";
import { type RoleProps, createRole } from "./role";
import {
  type PodTrust,
  type RoleDefinition,
  type TrustedProvider,
  serviceAccountTrustDocument,
} from "./role-trust";

/** Properties of `IrsaRole`; role and policy share the name. */
export interface IrsaRoleProps extends RoleProps, RoleDefinition<PodTrust> {
  /** OIDC provider of the cluster whose service account it is: an `OidcProvider`, or ARN and issuer of a given one. */
  readonly provider: TrustedProvider;
  /**
   * Partition of the region.
   * @default "aws"
   */
  readonly partition?: AwsPartition;
}

/**
 * IAM role of one service account (IRSA), of a few, or of one name in the namespaces of a pattern: the trust names the audience always, and without
 * a pattern each subject exactly.
 *
 * The policy is inline, not managed: it lives and dies with its role, nothing else can be given it, and it may have
 * 10 240 characters instead of 6 144, which the load-balancer controller needs.
 */
export class IrsaRole extends Construct {
  /** ARN of the role: annotation `eks.amazonaws.com/role-arn` of the service account. */
  readonly arn: string;
  /** For roles that trust this one. */
  readonly resource: IamRole;
  /** What gives the role its permissions. Who uses the role depends on it, to have them until its end. */
  readonly permissions: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: IrsaRoleProps) {
    super(scope, id);
    const { name, policy, trust, partition = "aws", provider } = props;
    const role = createRole(
      this,
      props,
      serviceAccountTrustDocument(trust, partition, provider),
    );
    this.permissions = [
      new IamRolePolicy(this, "policy", {
        name,
        role: role.id,
        policy: policyJson(policy),
      }),
    ];
    this.arn = role.arn;
    this.resource = role;
  }
}
