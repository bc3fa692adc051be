import { type IdentityOutputs } from "../../contracts/identity";
import { ecrRegistry } from "../../lib/ecr-registry";
import { escapeTemplate } from "../../lib/terraform-escape";
import { type WaveEnvironment } from "../release/release";
import { type Section } from "./section";
import { hasBuilds } from "../release/line";

/** Registries that Wave logs in to. */
export function registries(
  settings: WaveEnvironment,
  identity: IdentityOutputs,
): Section | undefined {
  const { dockerHub, quay } = settings.wave.secrets;
  const entries: Section = {};
  if (dockerHub !== undefined)
    entries["docker.io"] = login("DOCKER_USER:", "DOCKER_PAT:");
  if (quay !== undefined) entries["quay.io"] = login("QUAY_USER:", "QUAY_PAT:");
  Object.assign(
    entries,
    settings.release.isClassic
      ? ecrByKey(settings)
      : ecrByRole(settings, identity),
  );
  return Object.keys(entries).length === 0
    ? undefined
    : { wave: { registries: entries } };
}

/** Placeholders that Wave fills from its environment; a trailing colon means "empty when unset". */
const login = (user: string, password: string): Section => ({
  username: escapeTemplate(`\${${user}}`),
  password: escapeTemplate(`\${${password}}`),
});

/** Classic: only with a key. An entry without one fails every request to that host. */
function ecrByKey(settings: WaveEnvironment): Section {
  if (settings.wave.classic.ecrKeySecret === undefined) return {};
  return {
    [ecrHost(settings)]: login("WAVE_ECR_ACCESS_KEY", "WAVE_ECR_SECRET_KEY"),
  };
}

/**
 * Current: Wave assumes the role that stands as the user, with the password as external id. One entry serves both
 * repositories: they share a host, and the role may push nowhere else.
 */
function ecrByRole(
  settings: WaveEnvironment,
  { ecrRoleArn }: IdentityOutputs,
): Section {
  if (!hasBuilds(settings)) return {};
  return {
    [ecrHost(settings)]: {
      username: ecrRoleArn,
      password: settings.wave.current.ecrExternalId ?? "",
    },
  };
}

const ecrHost = ({ accountId, region }: WaveEnvironment): string =>
  ecrRegistry(accountId, region);
