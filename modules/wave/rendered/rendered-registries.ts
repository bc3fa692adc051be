import { dnsSuffixOf, partitionOf } from "../../lib/aws-partition";
import { type Problem } from "../../lib/problem";
import {
  type Rendered,
  configPath,
  problemIf,
  property,
  secretOf,
  shown,
  variable,
} from "./rendered-reading";

/** Host of the account's ECR registry. */
const ecrHost = ({ settings: { accountId, region } }: Rendered): string =>
  `${accountId}.dkr.ecr.${region}.${dnsSuffixOf(region)}`;

/** VR-30, IAM-10: Wave has a login for ECR exactly when there is a key; an entry with empty values fails every request. */
export function ecrLogin(rendered: Rendered): Problem[] {
  const host = ecrHost(rendered);
  const wanted = rendered.settings.wave.classic.ecrKeySecret !== undefined;
  const path = configPath(rendered, `wave.registries.${host}`);
  const login = (part: string) =>
    property(rendered, `wave.registries.${host}.${part}`);
  if (!wanted)
    return problemIf(
      [...rendered.properties.keys()].some(
        (key) =>
          key.startsWith("wave.registries.") && key.includes(".dkr.ecr."),
      ),
      {
        path,
        given: "a login without wave.classic.ecrKeySecret",
        allowed: "no entry without a key",
        fix: "remove the entry, or set wave.classic.ecrKeySecret (VR-30)",
      },
    );
  return [
    { part: "username", name: "WAVE_ECR_ACCESS_KEY" },
    { part: "password", name: "WAVE_ECR_SECRET_KEY" },
  ].flatMap(({ part, name }) => [
    ...problemIf(login(part) !== `$\${${name}}`, {
      path: `${path}.${part}`,
      given: login(part) === undefined ? "nothing" : "another value",
      allowed: `the placeholder \${${name}}`,
      fix: "let Wave fill it from its Secret (VR-30)",
    }),
    ...problemIf(
      secretOf(variable(rendered, "wave", name)) !== "wave-secrets",
      {
        path: `Deployment wave: env ${name}`,
        given: shown(secretOf(variable(rendered, "wave", name))),
        allowed: "the Secret wave-secrets",
        fix: `read ${name} from the Secret: the placeholder stays empty otherwise (VR-30)`,
      },
    ),
  ]);
}

/** VR-31, CFG-08, CFG-09: images go to our repository, layers to ours or to the one of the settings; S3 needs BuildKit. */
export function repositories(rendered: Rendered): Problem[] {
  const { wave } = rendered.settings;
  const ours = ourRepositories(rendered);
  const expected = {
    "wave.build.repo": `${ours}/build`,
    "wave.build.cache": wave.build.cache ?? `${ours}/cache`,
  };
  return Object.entries(expected).flatMap(([key, wanted]) => {
    const value = property(rendered, key);
    return problemIf(value !== wanted || wanted.includes("://"), {
      path: configPath(rendered, key),
      given: shown(value),
      allowed: wanted.includes("://")
        ? "<registry>/<repository>, without scheme"
        : wanted,
      fix: "name a registry repository: s3:// needs the current line (VR-31)",
    });
  });
}

/** VR-31, CFG-08, CFG-09, current: images go to our repository, layers there, to that of the settings, or to S3. */
export function buildTargets(rendered: Rendered): Problem[] {
  const { data, wave } = rendered.settings;
  const repo = property(rendered, "wave.build.repo");
  const cache = shown(property(rendered, "wave.build.cache"));
  const region = property(rendered, "wave.build.cache-bucket-region");
  const ours = ourRepositories(rendered);
  const inS3 = cache.startsWith("s3://");
  const right =
    wave.build.cache !== undefined
      ? cache === wave.build.cache
      : data.buildCache !== undefined
        ? /^s3:\/\/[^/]+\/.+[^/]$/.test(cache)
        : cache === `${ours}/cache`;
  const wantedRegion = inS3
    ? (wave.build.cacheRegion ?? rendered.settings.region)
    : undefined;
  return [
    ...problemIf(repo !== `${ours}/build`, {
      path: configPath(rendered, "wave.build.repo"),
      given: shown(repo),
      allowed: `${ours}/build`,
      fix: "name our repository: the ECR role may push nowhere else (VR-31)",
    }),
    ...problemIf(!right, {
      path: configPath(rendered, "wave.build.cache"),
      given: cache,
      allowed:
        wave.build.cache ??
        (data.buildCache === undefined
          ? `${ours}/cache`
          : "s3://<bucket of data.buildCache>/<prefix>"),
      fix: "follow wave.build.cache and data.buildCache (VR-31, CFG-09)",
    }),
    ...problemIf(region !== wantedRegion, {
      path: configPath(rendered, "wave.build.cache-bucket-region"),
      given: shown(region),
      allowed: shown(wantedRegion),
      fix: "write the region of the bucket, and no key without a bucket (VR-31, CFG-09)",
    }),
  ];
}

/** VR-29, CFG-R1: Wave logs in to the hosts of repository and cache by assuming the ECR role. */
export function ecrByRole(rendered: Rendered): Problem[] {
  const { accountId, region, wave } = rendered.settings;
  const role = new RegExp(
    `^arn:${partitionOf(region)}:iam::${accountId}:role/[^*]*-wave-ecr$`,
  );
  const hosts = ["wave.build.repo", "wave.build.cache"]
    .map((key) => shown(property(rendered, key)))
    .filter((target) => !target.startsWith("s3://"))
    .map((target) => target.split("/")[0] ?? "")
    // Those two have a login of their own (CFG-R2).
    .filter((host) => host !== "docker.io" && host !== "quay.io");
  return [...new Set(hosts)].flatMap((host) => {
    const user = property(rendered, `wave.registries.${host}.username`);
    const password = property(rendered, `wave.registries.${host}.password`);
    const externalId = wave.current.ecrExternalId ?? "";
    const path = configPath(rendered, `wave.registries.${host}`);
    return [
      ...problemIf(!role.test(shown(user)), {
        path: `${path}.username`,
        given: shown(user),
        allowed: "the ARN of the ECR role",
        fix: "write the role that stack identity makes: Wave finds no credentials for this host otherwise (VR-29)",
      }),
      ...problemIf(password !== externalId, {
        path: `${path}.password`,
        given: password === undefined ? "nothing" : "another value",
        allowed: "wave.current.ecrExternalId, or an empty text",
        fix: "write the external id that the role asks for (VR-29)",
      }),
    ];
  });
}

/** Beginning of our repositories. */
function ourRepositories(rendered: Rendered): string {
  const { name, environment, data } = rendered.settings;
  return `${ecrHost(rendered)}/${data.ecr.prefix ?? `${name}-${environment}`}`;
}
