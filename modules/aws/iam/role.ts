import { IamRole, type IamRoleConfig } from "@cdktf/provider-aws/lib/iam-role";
import { type Construct } from "constructs";
import { type PolicyDocument, policyJson } from "../../lib/policy";

/** What the roles of one environment have in common. */
export interface RoleOptions {
  /**
   * Path of the role.
   * @default "/"
   */
  readonly path?: string;
  /**
   * Permissions boundary, which many companies require on every role.
   * @default none
   */
  readonly permissionsBoundaryArn?: string;
}

/** What every role has. */
export interface RoleProps extends RoleOptions {
  /** Name, unique in the account and not in the region only: at most 64 characters. */
  readonly name: string;
  /** Who uses the role, and what for; shown by the IAM console. */
  readonly description: string;
}

/**
 * The role itself, with id `Default` in its scope. Policies refer to its `id`, never to its `name`: Terraform knows the
 * name beforehand, and with it a replaced role (another path) would neither let go of its policies nor get them back.
 */
export function createRole(
  scope: Construct,
  { name, description, path = "/", permissionsBoundaryArn }: RoleProps,
  trust: PolicyDocument,
  more: Pick<
    IamRoleConfig,
    "maxSessionDuration" | "dependsOn" | "lifecycle"
  > = {},
): IamRole {
  return new IamRole(scope, "Default", {
    ...more,
    name,
    description,
    path,
    permissionsBoundary: permissionsBoundaryArn,
    assumeRolePolicy: policyJson(trust),
    tags: { Name: name },
  });
}
