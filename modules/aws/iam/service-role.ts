import { type IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type AwsPartition } from "../../lib/aws-partition";
import { type PolicyDocument, policyJson, readPolicy } from "../../lib/policy";
import { sha256 } from "../../lib/sha256";
import { type RoleProps, createRole } from "./role";

/** Properties of `ServiceRole`. */
export interface ServiceRoleProps extends RoleProps {
  /** Service principal, such as `eks.amazonaws.com`. */
  readonly service: string;
  /**
   * Partition of the managed policies.
   * @default "aws"
   */
  readonly partition?: AwsPartition;
  /**
   * Account on whose behalf the service must act, against a confused deputy. Not every service sends it: EC2 does not.
   * @default not asked
   */
  readonly sourceAccountId?: string;
  /**
   * Managed policies of AWS, by path and name, such as `AmazonEKSClusterPolicy`.
   * @default none
   */
  readonly managedPolicies?: readonly string[];
  /**
   * More managed policies, of AWS or of the account, by ARN.
   * @default none
   */
  readonly policyArns?: readonly string[];
  /**
   * Own statements, by name of the inline policy.
   * @default none
   */
  readonly policies?: Readonly<Record<string, PolicyDocument>>;
}

/** IAM role that an AWS service assumes. It stands beside what the service does with it, and goes with that. */
export class ServiceRole extends Construct {
  readonly arn: string;
  readonly name: string;
  /**
   * What gives the role its permissions. Users of the role depend on it: otherwise a destroy takes the permissions first,
   * and the service can no longer remove what it made.
   */
  readonly permissions: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const role = createRole(this, props, trustOf(props));
    this.permissions = [
      ...this.attachManagedPolicies(role, props),
      ...this.attachByArn(role, props),
      ...this.putPolicies(role, props),
    ];
    this.arn = role.arn;
    this.name = role.name;
  }

  private attachManagedPolicies(
    role: IamRole,
    { managedPolicies = [], partition = "aws" }: ServiceRoleProps,
  ): ITerraformDependable[] {
    return managedPolicies.map(
      (policy) =>
        new IamRolePolicyAttachment(this, idOf(policy), {
          role: role.id,
          policyArn: `arn:${partition}:iam::aws:policy/${policy}`,
        }),
    );
  }

  private attachByArn(
    role: IamRole,
    { policyArns = [] }: ServiceRoleProps,
  ): ITerraformDependable[] {
    return policyArns.map(
      (policyArn) =>
        new IamRolePolicyAttachment(this, idOfArn(policyArn), {
          role: role.id,
          policyArn,
        }),
    );
  }

  private putPolicies(
    role: IamRole,
    { policies = {} }: ServiceRoleProps,
  ): ITerraformDependable[] {
    return Object.entries(policies).map(
      ([name, document]) =>
        new IamRolePolicy(this, name, {
          name,
          role: role.id,
          policy: policyJson(document),
        }),
    );
  }
}

function trustOf({
  service,
  partition = "aws",
  sourceAccountId,
}: ServiceRoleProps): PolicyDocument {
  return sourceAccountId === undefined
    ? readPolicy("service-role/trust.json", partition, { SERVICE: service })
    : readPolicy("service-role/trust-own-account.json", partition, {
        SERVICE: service,
        ACCOUNT_ID: sourceAccountId,
      });
}

/** Of the name, and of the whole ARN: AWS and the account may have policies of one name. */
function idOfArn(arn: string): string {
  const hash = sha256(arn).slice(0, 6);
  return `${idOf(arn).replace(/[^a-z0-9]+/g, "-")}-${hash}`;
}

/** `service-role/AmazonEKS_CNI_Policy` → `amazon-eks-cni-policy`. */
function idOf(policy: string): string {
  return policy
    .replace(/^.*\//, "")
    .replace(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, "$1$3-$2$4")
    .replace(/_/g, "-")
    .toLowerCase();
}
