import { GetRoleCommand, GetUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { ProblemReport } from "../../../modules/lib/problem";
import { type Settings } from "../../../modules/schema";
import { type AwsAccess } from "../aws/clients";
import { type Caller, checkCaller } from "../aws/caller";
import { errorName } from "../aws/errors";
import { type Check, type Finding } from "./check";
import { type Examined } from "./examined";

/** Who calls AWS; or why nothing else can be asked of it. */
export async function callerOf(
  target: { readonly settings: Settings; readonly source: string },
  aws: Pick<AwsAccess, "client">,
): Promise<Caller | Finding[]> {
  try {
    return await checkCaller(target, aws);
  } catch (error) {
    if (!(error instanceof ProblemReport)) throw error;
    return error.problems.map(({ path, given, fix }) => ({
      path,
      found: given,
      fix,
      severity: "stops",
    }));
  }
}

/** The caller is the deployer, who exists, as do the admins: EKS refuses an access entry for nobody, after ten minutes. */
export const callerChecks = (examined: Examined): Check[] => {
  const { access, accountId } = examined.settings;
  return [
    {
      about: `caller is ${nameOf(access.deployer)}`,
      ask: () => Promise.resolve(isDeployer(examined)),
    },
    {
      about: `deployer ${nameOf(access.deployer)} exists`,
      ask: () =>
        exists(examined, access.deployer, {
          path: "access.deployer",
          fix: "make that role or user, or correct the ARN (its path is part of it)",
        }),
    },
    ...access.admins
      .map(({ principal }, index) => ({
        principal,
        path: `access.admins[${index}].principal`,
      }))
      .filter(({ principal }) => principal.split(":")[4] === accountId)
      .map(({ principal, path }) => ({
        about: `admin ${nameOf(principal)} exists`,
        ask: () =>
          exists(examined, principal, {
            path,
            fix: "create it, or correct the ARN (its path is part of it): EKS would refuse its access entry",
          }),
      })),
  ];
};

/** With `access.assumeRole` a caller who may assume it is the deployer. */
function isDeployer({
  caller,
  settings: { access, cluster },
}: Examined): Finding[] {
  if (principalOf(caller.arn) === principalOf(access.deployer)) return [];
  return [
    {
      path: "access.deployer",
      found: `${access.deployer}, and these credentials are of ${caller.arn}`,
      fix: `use the deployer's credentials, or correct access.deployer: ${
        cluster.kind === "created"
          ? "the cluster would be made without a way in for the caller"
          : "the cluster's access entry is that of access.deployer"
      }`,
      severity: "stops",
    },
  ];
}

/** `role/<name>` or `user/<name>`: the ARN of a session has no path. */
function principalOf(arn: string): string {
  const [, kind = "", rest = ""] =
    /:(assumed-role|role|user)\/(.+)$/.exec(arn) ?? [];
  const parts = rest.split("/");
  return kind === "assumed-role"
    ? `role/${parts[0] ?? ""}`
    : `${kind}/${parts.at(-1) ?? ""}`;
}

async function exists(
  { aws }: Examined,
  arn: string,
  { path, fix }: Pick<Finding, "path" | "fix">,
): Promise<Finding[]> {
  const found = await arnIn(aws.client(IAMClient), arn);
  if (found === arn) return [];
  return [
    {
      path,
      found: `${arn}, which does not exist${found === undefined ? "" : `: there is ${found}`}`,
      fix,
      severity: "stops",
    },
  ];
}

/** ARN of the role or user of the same name; undefined where there is none. */
async function arnIn(iam: IAMClient, arn: string): Promise<string | undefined> {
  const name = nameOf(arn);
  try {
    if (arn.includes(":user/")) {
      const { User } = await iam.send(new GetUserCommand({ UserName: name }));
      return User?.Arn;
    }
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }));
    return Role?.Arn;
  } catch (error) {
    if (/^NoSuchEntity/.test(errorName(error))) return undefined;
    throw error;
  }
}

const nameOf = (arn: string): string => arn.split("/").at(-1) ?? arn;
