import { type Construct } from "constructs";
import { OperatorPolicy } from "../aws/operator-policy";
import { RepositoryPushGuard } from "../aws/repository-push-guard";
import { partitionOf } from "../lib/aws-partition";
import { namesOf } from "../lib/names";
import { type Settings } from "../settings/schema";
import { type WaveRoleInputs, ecrKeyPolicy } from "./roles";

/**
 * Who may push to the repositories: the build role, and with IAM-10 the key's user, because Wave then logs build pods in
 * as that user. Without `ecrKeyUserArn` its name is unknown here, so every IAM user passes the guard, but no other role.
 */
export function pusherArns(
  { region, accountId, wave }: Settings,
  buildRoleArn: string,
): string[] {
  const { ecrKeySecret, ecrKeyUserArn } = wave.classic;
  if (ecrKeySecret === undefined) return [buildRoleArn];
  const anyUser = `arn:${partitionOf(region)}:iam::${accountId}:user/*`;
  return [buildRoleArn, ecrKeyUserArn ?? anyUser];
}

/** Keeps others from pushing (DEC-10). Not in repositories of somebody else: their policy would be overwritten (DEC-08). */
export function guardRepositories(
  scope: Construct,
  settings: Settings,
  data: WaveRoleInputs,
  buildRoleArn: string,
): void {
  if (settings.data.ecr.existing) return;
  new RepositoryPushGuard(scope, "push-guard", {
    repositoryArns: {
      build: data.buildRepositoryArn,
      cache: data.cacheRepositoryArn,
    },
    pusherArns: pusherArns(settings, buildRoleArn),
    partition: partitionOf(settings.region),
  });
}

/** ARN of the policy for the user of `wave.classic.ecrKeySecret`; empty without that setting (IAM-10, DEC-35). */
export function placeEcrKeyPolicy(
  scope: Construct,
  settings: Settings,
  data: WaveRoleInputs,
): string {
  const policy = ecrKeyPolicy(settings, data);
  if (policy === undefined) return "";
  return new OperatorPolicy(scope, "wave-ecr-key", {
    name: namesOf(settings).iam("wave-ecr-key"),
    description: "For the IAM user whose key lets Wave pull built images.",
    policy,
    path: settings.iam.path,
  }).arn;
}
