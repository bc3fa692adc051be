import { type Problem } from "../../lib/problem";
import {
  type Rendered,
  containerOf,
  items,
  problemIf,
  textsOf,
} from "./rendered-reading";

const OF_THE_CLASSIC_LINE = /surreal|wave-build-sweep|kaniko/i;

/** VR-28, SUR: the current line has no SurrealDB, no export of it, no sweep of pods and no password of either. */
export function nothingOfTheClassicLine({ objects }: Rendered): Problem[] {
  // As a rule nothing is found, and one text is searched faster than each by itself.
  if (!OF_THE_CLASSIC_LINE.test(JSON.stringify(objects))) return [];
  const { configFile, ...others } = objects;
  const found = textsOf({ ...others, configFile })
    .filter(({ text }) => OF_THE_CLASSIC_LINE.test(text))
    .map(({ at }) => at);
  return [
    {
      path: found[0] ?? "objects",
      given: `something of the classic line (${found.length} times)`,
      allowed: "nothing of SurrealDB, Kaniko or the sweep of build pods",
      fix: "leave the object out: its records are in PostgreSQL, and Wave removes its Jobs itself (VR-28, SUR-01)",
    },
  ];
}

/** VR-13: Wave Lite has no namespace, rights, storage, quota or job of builds. */
export function nothingOfBuilds(rendered: Rendered): Problem[] {
  const { objects, settings } = rendered;
  const places = {
    roles: objects.roles,
    roleBindings: objects.roleBindings,
    volumes: objects.volumes,
    claims: objects.claims,
    cronJobs: objects.cronJobs,
    quota: objects.quota ?? {},
    limitRange: objects.limitRange ?? {},
  };
  const allowed = "nothing of builds in Wave Lite";
  const fix = "leave it out: Wave Lite starts no pods (VR-13)";
  const mounts = items(
    objects.deployments.wave?.spec.template.spec.volume,
  ).filter(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined);
  const elsewhere = textsOf({
    accounts: objects.serviceAccounts,
    policies: objects.networkPolicies,
    container: containerOf(rendered, "wave"),
  }).filter(
    ({ text }) =>
      text === settings.wave.buildNamespace || text.startsWith("wave-build"),
  );
  return [
    ...Object.entries(places)
      .filter(([, part]) => Object.keys(part).length > 0)
      .map(([kind, part]) => ({
        path: kind,
        given: Object.keys(part).join(", "),
        allowed,
        fix,
      })),
    ...problemIf(mounts.length > 0, {
      path: "Deployment wave: volumes",
      given: mounts.map(({ name }) => name).join(", "),
      allowed,
      fix,
    }),
    ...problemIf(elsewhere.length > 0, {
      path: elsewhere[0]?.at ?? "objects",
      given: elsewhere[0]?.text ?? "",
      allowed,
      fix,
    }),
  ];
}
