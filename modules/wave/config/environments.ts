import { type WaveEnvironment } from "../release/release";
import { hasBuilds, mailOf } from "../release/line";
import { rateLimits } from "../release/line-defaults";

/** Micronaut environments that the classic line reacts to; any other name does nothing. */
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

/** Micronaut environments that the current line reacts to. */
export const CURRENT_ENVIRONMENTS: readonly string[] = [
  "postgres",
  "redis",
  "k8s",
  "lite",
  "rate-limit",
  "mail",
  "aws-ses",
  "prometheus",
  "alb",
  "strict",
  "ec2",
  "licman",
  "reserved-words",
  "legacy-http-connector",
  "prod",
];

/**
 * Micronaut environments that the settings imply, then those the operator adds. `k8s` is written out because
 * deduction is off: with it, an EC2 node would turn on the Parameter Store client, which we grant nothing.
 */
export function micronautEnvironments(settings: WaveEnvironment): string[] {
  const { wave } = settings;
  const rates = rateLimits(settings) === undefined ? [] : ["rate-limit"];
  const { isClassic } = settings.release;
  const names = isClassic
    ? ["redis", "surrealdb", "buildlogs-aws", "k8s"]
    : currentEnvironments(settings, rates);
  if (mailOf(settings) !== undefined) names.push("mail", "aws-ses");
  if (isClassic) names.push(...rates);
  if (wave.metrics) names.push("prometheus");
  if (wave.current.strict) names.push("strict");
  return [...new Set([...names, ...wave.environments])];
}

/** `alb`: clients are distinguished by the address the load balancer passes on, else all share one rate limit. */
function currentEnvironments(
  settings: WaveEnvironment,
  rates: readonly string[],
): string[] {
  return hasBuilds(settings)
    ? ["postgres", "redis", "k8s", ...rates, "alb"]
    : ["lite", "postgres", "redis", ...rates, "alb"];
}
