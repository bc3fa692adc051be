import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsIamRoles } from "@cdktf/provider-aws/lib/data-aws-iam-roles";
import { DataAwsIamSessionContext } from "@cdktf/provider-aws/lib/data-aws-iam-session-context";
import { DataAwsIamUsers } from "@cdktf/provider-aws/lib/data-aws-iam-users";
import { type CoreSettings } from "../settings/schema";
import { type Expectation, quoted } from "./expectation";

/** Who runs Terraform is `access.deployer`; reading it needs `iam:GetRole` on it when it is a role. */
export function deployerExpectation({
  access,
  backend,
  cluster,
}: CoreSettings): Expectation {
  return {
    id: "deployer",
    read: (scope, id, lifecycle) => {
      const caller = new DataAwsCallerIdentity(scope, "caller");
      // Turns the session of an assumed role into the role, path included.
      return new DataAwsIamSessionContext(scope, id, {
        arn: caller.arn,
        lifecycle,
      });
    },
    conditions: [
      {
        condition: `self.issuer_arn == ${quoted(access.deployer)}`,
        otherwise: `access.deployer is ${access.deployer}, but these credentials belong to \${self.issuer_arn}. ${cluster.kind === "created" ? "The cluster would be made without a way in for them." : "The cluster's access entry is that of access.deployer."} Use the deployer's credentials, or correct access.deployer in the settings. ${
          backend.kind === "cloud" ? ONE_RUN_ROLE : ONE_DEPLOYER
        }`,
      },
    ],
  };
}

const ONE_DEPLOYER = "Plans and applies need the same one.";
const ONE_RUN_ROLE =
  "One role runs plans and applies: set TFC_AWS_RUN_ROLE_ARN, and neither TFC_AWS_PLAN_ROLE_ARN nor TFC_AWS_APPLY_ROLE_ARN.";

/** The admins of this account exist: EKS refuses an access entry for nobody, after ten minutes. */
export function adminExpectations({
  access,
  accountId,
}: CoreSettings): Expectation[] {
  const own = access.admins
    .map((admin) => admin.principal)
    .filter((arn) => arn.split(":")[4] === accountId);
  const roles = own.filter((arn) => arn.includes(":role/"));
  const users = own.filter((arn) => arn.includes(":user/"));
  const expectations: Expectation[] = [
    {
      id: "admin-roles",
      conditions: roles.map(exists),
      read: (scope, id, lifecycle) =>
        new DataAwsIamRoles(scope, id, {
          nameRegex: anyNameOf(roles),
          lifecycle,
        }),
    },
    {
      id: "admin-users",
      conditions: users.map(exists),
      read: (scope, id, lifecycle) =>
        new DataAwsIamUsers(scope, id, {
          nameRegex: anyNameOf(users),
          lifecycle,
        }),
    },
  ];
  return expectations.filter(({ conditions }) => conditions.length > 0);
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
