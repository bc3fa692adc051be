import { isEcrRegistry } from "../../lib/ecr-registry";
import { type Rule, type Warning, when } from "../../settings/rule";
import { type CoreSettings } from "../settings/schema";

/** Kubernetes takes one login for each host. */
const everyHostOnce: Rule<CoreSettings> = ({ registries = [] }) =>
  registries.flatMap(({ host }, index) =>
    when(registries.findIndex((one) => one.host === host) < index, () => ({
      path: `registries[${index}].host`,
      given: `"${host}", a second time`,
      allowed: "every host once",
      fix: "remove one of the two entries",
    })),
  );

/** Passwords of ECR end after twelve hours; roles do not. */
const noEcr: Rule<CoreSettings> = ({ registries = [] }) =>
  registries.flatMap(({ host }, index) =>
    when(isEcrRegistry(host) || host === "public.ecr.aws", () => ({
      path: `registries[${index}].host`,
      given: `"${host}"`,
      allowed: "registries other than ECR, whose passwords end after 12 hours",
      fix: "remove the entry: nodes pull from ECR by their role, and Terraform reads its charts by a token of the deployer. The policy of a repository of another account has to let both in",
    })),
  );

const DOCKER_HUB_HOSTS = ["index.docker.io", "registry-1.docker.io"];

/** Docker Hub has one name in images, and others in addresses. */
const dockerHubByName: Rule<CoreSettings> = ({ registries = [] }) =>
  registries.flatMap(({ host }, index) =>
    when(DOCKER_HUB_HOSTS.includes(host), () => ({
      path: `registries[${index}].host`,
      given: `"${host}"`,
      allowed: "docker.io for Docker Hub, as image names have it",
      fix: "write docker.io",
    })),
  );

/** Terraform would keep the password of such a repository in the state, so it is never given one. */
const chartsByHttp: Warning<CoreSettings> = ({ charts, registries = [] }) =>
  Object.entries(charts).flatMap(([chart, { repository }]) => {
    const host = /^https?:\/\/([^/]+)/.exec(repository)?.[1];
    return registries.some((one) => one.host === host)
      ? [
          `charts.${chart}.repository ${repository} is read without the login of registries: only oci:// repositories get one. Write the oci:// address of the chart, if it asks for a login.`,
        ]
      : [];
  });

/** One question to Secrets Manager names ten secrets at the most (`ListSecrets`), and platforms have theirs. */
const MOST = 5;

const notTooMany: Rule<CoreSettings> = ({ registries = [] }) =>
  when(registries.length > MOST, () => ({
    path: "registries",
    given: `${registries.length} registries`,
    allowed: `at most ${MOST}`,
    fix: "keep those that images and charts come from, or mirror them in fewer registries",
  }));

export const registryRules = [
  notTooMany,
  everyHostOnce,
  noEcr,
  dockerHubByName,
];
export const registryWarnings = [chartsByHttp];
