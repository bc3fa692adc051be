import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsIamRoles } from "@cdktf/provider-aws/lib/data-aws-iam-roles";
import { DataAwsIamSessionContext } from "@cdktf/provider-aws/lib/data-aws-iam-session-context";
import { DataAwsIamUsers } from "@cdktf/provider-aws/lib/data-aws-iam-users";
import { type Construct } from "constructs";
import { type CoreSettings } from "../settings/schema";
import { expecting, quoted } from "./expectation";

/** Who runs Terraform is `access.deployer` (DEC-21); needs `iam:GetRole` on it when it is a role. */
export function checkDeployer(
  scope: Construct,
  { access }: CoreSettings,
): void {
  const caller = new DataAwsCallerIdentity(scope, "caller");
  new DataAwsIamSessionContext(scope, "deployer", {
    // Turns the session of an assumed role into the role, path included.
    arn: caller.arn,
    lifecycle: expecting({
      condition: `self.issuer_arn == ${quoted(access.deployer)}`,
      otherwise: `access.deployer is ${access.deployer}, but these credentials belong to \${self.issuer_arn}. The cluster would be made without a way in for them. Use the deployer's credentials, or correct access.deployer in the settings.`,
    }),
  });
}

/** The admins of this account exist: EKS refuses an access entry for nobody, after ten minutes (DEC-40). */
export function checkAdmins(scope: Construct, settings: CoreSettings): void {
  const { access, accountId } = settings;
  const own = access.admins
    .map((admin) => admin.principal)
    .filter((arn) => arn.split(":")[4] === accountId);
  const roles = own.filter((arn) => arn.includes(":role/"));
  const users = own.filter((arn) => arn.includes(":user/"));
  if (roles.length > 0)
    new DataAwsIamRoles(scope, "admin-roles", {
      nameRegex: anyNameOf(roles),
      lifecycle: expecting(...roles.map(exists)),
    });
  if (users.length > 0)
    new DataAwsIamUsers(scope, "admin-users", {
      nameRegex: anyNameOf(users),
      lifecycle: expecting(...users.map(exists)),
    });
}

const exists = (arn: string) => ({
  condition: `contains(self.arns, ${quoted(arn)})`,
  otherwise: `access.admins names ${arn}, which does not exist: EKS would refuse its access entry. Create it, or correct the ARN (its path is part of it).`,
});

/** Regular expression for the last parts of ARNs; `.` and `+` may stand in a name. */
function anyNameOf(arns: readonly string[]): string {
  const names = arns.map((arn) =>
    arn.replace(/^.*\//, "").replace(/[.+]/g, "[$&]"),
  );
  return `^(${names.join("|")})$`;
}
