import { type Construct } from "constructs";
import { OperatorPolicy } from "../../aws/iam/operator-policy";
import { RepositoryPushGuard } from "../../aws/ecr/repository-push-guard";
import { partitionOf } from "../../lib/aws-partition";
import { namesOf } from "../../lib/names";
import { type WaveEnvironment } from "../release/release";
import { type WaveRoleInputs, ecrKeyPolicy } from "./role-policies";

/**
 * Who may push to the repositories. Current: the ECR role, as which Wave logs its builds in. Classic: the build role, and
 * with an ECR key its user, because Wave then logs build pods in as that user. Without `ecrKeyUserArn` its name is
 * unknown here, so every IAM user passes the guard, but no other role.
 *
 * @param roleArn The role of the two that the line has.
 */
export function pusherArns(
  settings: WaveEnvironment,
  roleArn: string,
): string[] {
  const { region, accountId, wave } = settings;
  const { ecrKeySecret, ecrKeyUserArn } = wave.classic;
  if (!settings.release.isClassic || ecrKeySecret === undefined)
    return [roleArn];
  const anyUser = `arn:${partitionOf(region)}:iam::${accountId}:user/*`;
  return [roleArn, ecrKeyUserArn ?? anyUser];
}

/**
 * Keeps others from pushing. Not in repositories of somebody else: their policy would be overwritten.
 *
 * @param roleArn The role that pushes; undefined without builds, and so without repositories.
 */
export function guardRepositories(
  scope: Construct,
  settings: WaveEnvironment,
  data: WaveRoleInputs,
  roleArn: string | undefined,
): void {
  if (roleArn === undefined || settings.data.ecr.existing) return;
  new RepositoryPushGuard(scope, "push-guard", {
    repositoryArns: {
      build: data.buildRepositoryArn,
      cache: data.cacheRepositoryArn,
    },
    pusherArns: pusherArns(settings, roleArn),
    partition: partitionOf(settings.region),
  });
}

/**
 * ARN of the policy for the user of `wave.classic.ecrKeySecret`; empty without that setting. Undefined on
 * the current line, which logs in by role.
 */
export function createEcrKeyPolicy(
  scope: Construct,
  settings: WaveEnvironment,
  data: WaveRoleInputs,
): string | undefined {
  if (!settings.release.isClassic) return undefined;
  const policy = ecrKeyPolicy(settings, data);
  if (policy === undefined) return "";
  return new OperatorPolicy(scope, "wave-ecr-key", {
    name: namesOf(settings).iam("wave-ecr-key"),
    description: "For the IAM user whose key lets Wave pull built images.",
    policy,
    path: settings.iam.path,
  }).arn;
}
