import { policyJson } from "../../lib/policy";
import { type Rule, when } from "../../settings/rule";
import { launcherPolicy } from "../launcher-policy";
import { SEQERA_CLOUD, launcherRoleArn } from "../names";
import { type ComputeEnvSettings } from "../settings/schema";

type ComputeEnvRule = Rule<ComputeEnvSettings>;

const TRUST = "computeEnv.launcher.trust";

/** Who is named as a Platform of one's own: not Seqera's, and not the role that is made here. */
const ownPlatform: ComputeEnvRule = (settings) => {
  const { launcher } = settings.computeEnv;
  if (launcher.kind !== "role" || launcher.trust === "seqera-cloud") return [];
  const { principalArn } = launcher.trust;
  const path = `${TRUST}.principalArn`;
  return [
    // Every customer of Seqera Cloud is this principal, so none would do as an external id.
    ...when(accountOf(principalArn) === accountOf(SEQERA_CLOUD), () => ({
      path,
      given: `"${principalArn}", of the account of Seqera Cloud`,
      allowed: "a role or user of a Platform of your own",
      fix: "write trust: seqera-cloud, and the external id that Platform shows",
    })),
    ...when(principalArn === launcherRoleArn(settings), () => ({
      path,
      given: `"${principalArn}", the role that trusts it`,
      allowed: "who assumes the role: IAM refuses one that does not exist yet",
      fix: "write the role that your Platform runs with",
    })),
  ];
};

const accountOf = (arn: string): string => arn.split(":")[4] ?? "";

/** `none` is a word of ours, and anything else would be asked of Platform literally. */
const noneIsWrittenSmall: ComputeEnvRule = ({ computeEnv: { launcher } }) => {
  const id = launcher.kind === "role" ? (launcher.externalId ?? "") : "";
  return when(/^none$/i.test(id) && id !== "none", () => ({
    path: "computeEnv.launcher.externalId",
    given: `"${id}"`,
    allowed: "the external id that Platform shows, or none",
    fix: "write none, or the id",
  }));
};

/** Longest policy that IAM takes inside a role, white space not counted ("IAM and AWS STS quotas"). */
const POLICY_LIMIT = 10_240;

/** Buckets with the longest names leave room for some thirty. */
const policyFits: ComputeEnvRule = (settings) => {
  const { launcher, s3 } = settings.computeEnv;
  if (launcher.kind !== "role") return [];
  const size = policyJson(
    launcherPolicy(settings, LONGEST_CLUSTER, LONGEST_WORK),
  ).length;
  return when(size > POLICY_LIMIT, () => ({
    path: "computeEnv.s3",
    given: `${s3.dataBuckets.length} buckets and ${s3.kmsKeyArns.length} keys: a policy of ${size} characters`,
    allowed: `${POLICY_LIMIT} characters, which IAM takes inside a role`,
    fix: "name fewer; give what is left to a second credential of Platform, for Data Explorer",
  }));
};

// What is not known before the deploy, as long as it can be.
const LONGEST_CLUSTER = `arn:aws-us-gov:eks:ap-southeast-2:123456789012:cluster/${"c".repeat(100)}`;
const LONGEST_WORK = { bucket: "b".repeat(63), keyArn: "k".repeat(100) };

export const launcherRules = [ownPlatform, noneIsWrittenSmall, policyFits];
