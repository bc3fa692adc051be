import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type Problem, ProblemReport } from "../../../modules/lib/problem";
import { type Target } from "../target";
import { type AwsAccess, awsOf } from "./clients";
import { failureOf, sentenceOf } from "./errors";

/** Who calls AWS. */
export interface Caller {
  readonly accountId: string;
  /** ARN of the user, or of the session of a role. */
  readonly arn: string;
}

/**
 * Who calls AWS for an environment, after the first question that a command asks of it.
 *
 * @throws ProblemReport without credentials, with those of another account, or when AWS cannot be reached.
 */
export async function checkCaller(
  target: Pick<Target, "settings" | "source">,
  aws: Pick<AwsAccess, "client"> = awsOf(target),
): Promise<Caller> {
  const { accountId } = target.settings;
  const caller = await whoCalls(target, aws);
  if (caller.accountId === accountId) return caller;
  throw new ProblemReport(target.source, [
    {
      path: "accountId",
      given: `"${accountId}", and the credentials are of account ${caller.accountId} (${caller.arn})`,
      allowed: "credentials of the account of the environment",
      fix: `use credentials of ${accountId}, such as by AWS_PROFILE, or choose the environment of ${caller.accountId}`,
    },
  ]);
}

async function whoCalls(
  target: Pick<Target, "settings" | "source">,
  aws: Pick<AwsAccess, "client">,
): Promise<Caller> {
  try {
    const { Account = "", Arn = "" } = await aws
      .client(STSClient)
      .send(new GetCallerIdentityCommand());
    return { accountId: Account, arn: Arn };
  } catch (error) {
    throw new ProblemReport("AWS", [problemOf(error, target)]);
  }
}

function problemOf(
  error: unknown,
  { settings: { access, region } }: Pick<Target, "settings">,
): Problem {
  const given = sentenceOf(error);
  switch (failureOf(error)) {
    case "credentials":
      return {
        path: "AWS credentials",
        given: `none: ${given}`,
        allowed: "credentials of the account of the environment",
        fix: "log in, such as by `aws sso login`, and name the profile by AWS_PROFILE",
      };
    case "expired":
      return {
        path: "AWS credentials",
        given: `refused by AWS: ${given}`,
        allowed: "credentials that are valid now",
        fix: "log in again",
      };
    case "network":
      return {
        path: "AWS",
        given: `not reached: ${given}`,
        allowed: `a way to sts.${region}.amazonaws.com`,
        fix: "look at the network, and at HTTPS_PROXY, AWS_ENDPOINT_URL",
      };
    case "denied":
      return {
        path: access.assumeRole === undefined ? "AWS" : "access.assumeRole",
        given,
        allowed: "a caller that may do this",
        fix:
          access.assumeRole === undefined
            ? "use other credentials"
            : `let the caller assume ${access.assumeRole.roleArn} (\`npm run deployer-policy\` writes the policy it needs)`,
      };
    case undefined:
      return {
        path: "AWS",
        given,
        allowed: "an answer to GetCallerIdentity",
        fix: "look at the credentials and at AWS_ENDPOINT_URL",
      };
  }
}
