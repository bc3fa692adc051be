import { type DeploymentV1SpecTemplateSpecContainerEnv } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { escapeTemplate } from "../../lib/terraform-escape";
import { type WaveEnvironment } from "../release/release";
import {
  CONFIG_FOLDER,
  LOG_CONFIGURATION,
  hidesRedisAddress,
} from "../config/config-map";
import { micronautEnvironments } from "../config/environments";
import { jvmOptions } from "../config/jvm-options";
import { proxyOptions } from "../config/proxy-options";
import { WAVE_SECRET } from "./kubernetes-names";

type Variable = DeploymentV1SpecTemplateSpecContainerEnv;

/** Environment of Wave's container, in the order the container gets it. */
export function serverEnvironment(settings: WaveEnvironment): Variable[] {
  return [
    // First: $(POD_NAME) only resolves in what comes after it.
    {
      name: "POD_NAME",
      valueFrom: { fieldRef: { fieldPath: "metadata.name" } },
    },
    {
      name: "MICRONAUT_ENVIRONMENTS",
      value: micronautEnvironments(settings).join(","),
    },
    // Deduction would add `ec2` on our nodes, and Wave would then fail on Parameter Store.
    { name: "MICRONAUT_ENV_DEDUCTION", value: "false" },
    { name: "WAVE_CONFIG_FILE", value: `${CONFIG_FOLDER}/config.yml` },
    // Wave's own default is eu-west-1.
    { name: "AWS_REGION", value: settings.region },
    { name: "WAVE_JVM_OPTS", value: allJvmOptions(settings) },
    ...secretVariables(settings).map(fromSecret),
  ];
}

/**
 * Seconds for which the JVM keeps an address of a name. Its own 30 would be added to each failover of Redis and PostgreSQL,
 * whose name then leads elsewhere.
 */
const ADDRESS_TTL = "-Dsun.net.inetaddr.ttl=5";

/**
 * The options, our log configuration and the proxy. The last of two counts: the operator's, but where the log would show a
 * password.
 */
function allJvmOptions(settings: WaveEnvironment): string {
  const options = escapeTemplate(jvmOptions(settings));
  const log = `-Dlogback.configurationFile=${LOG_CONFIGURATION}`;
  const ordered = hidesRedisAddress(settings) ? [options, log] : [log, options];
  return [ADDRESS_TTL, ...proxyOptions(settings), ...ordered].join(" ");
}

/**
 * Keys of the Secret `wave-secrets`, and names of the variables made from them. The ECR key has names of
 * its own, because the SDK's would replace the pod's IAM role for S3 and mail.
 */
export function secretVariables(settings: WaveEnvironment): string[] {
  const { wave } = settings;
  const names = settings.release.isClassic
    ? ["SURREAL_DEFAULT_PASSWORD"]
    : ["WAVE_DB_PASSWORD"];
  // The classic line knows no key for the password alone.
  if (settings.data.redis.auth)
    names.push(settings.release.isClassic ? "REDIS_URI" : "REDIS_PASSWORD");
  if (wave.classic.ecrKeySecret !== undefined)
    names.push("WAVE_ECR_ACCESS_KEY", "WAVE_ECR_SECRET_KEY");
  if (wave.secrets.dockerHub !== undefined)
    names.push("DOCKER_USER", "DOCKER_PAT");
  if (wave.secrets.quay !== undefined) names.push("QUAY_USER", "QUAY_PAT");
  return names;
}

const fromSecret = (name: string): Variable => ({
  name,
  valueFrom: { secretKeyRef: { name: WAVE_SECRET, key: name } },
});
