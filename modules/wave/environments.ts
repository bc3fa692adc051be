import { type Settings } from "../settings/schema";

/** Micronaut environments that the classic line reacts to; any other name does nothing (ENV-01). */
export const CLASSIC_ENVIRONMENTS: readonly string[] = [
  "redis",
  "surrealdb",
  "buildlogs-aws",
  "k8s",
  "mail",
  "aws-ses",
  "ec2",
  "rate-limit",
  "prometheus",
  "licman",
  "prod",
  "legacy-http-connector",
  "surrealdb-legacy",
  "mysql",
  "buildlogs-local",
  "dev",
  "dev-k8s",
];

/**
 * Micronaut environments that the settings imply, then those the operator adds (DEP-07). `k8s` is written out because
 * deduction is off: with it, an EC2 node would turn on the Parameter Store client, which we grant nothing (ENV-02).
 */
export function micronautEnvironments({ wave }: Settings): string[] {
  const names = ["redis", "surrealdb", "buildlogs-aws", "k8s"];
  if (wave.mail !== undefined) names.push("mail", "aws-ses");
  if (wave.rateLimit !== undefined) names.push("rate-limit");
  if (wave.metrics) names.push("prometheus");
  return [...new Set([...names, ...wave.environments])];
}
