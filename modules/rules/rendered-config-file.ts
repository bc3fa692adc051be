import { type Problem } from "../lib/problem";
import {
  type Rendered,
  configPath,
  problemIf,
  property,
  shown,
  textsOf,
} from "./rendered-reading";
import { redisAuth } from "../wave/line-defaults";

/** Keys that belong to the current line: the classic release ignores them, or does not start (VR-03). */
const KEYS_OF_THE_CURRENT_LINE = [
  "wave.db",
  "wave.capabilities",
  "wave.cleanup",
  "wave.mirror",
  "wave.build.logs.path",
  "wave.build.locks",
  "wave.scan.reports",
  "wave.build.trusted-timeout",
  "wave.build.k8s.node-selector.noarch",
];

/** Keys without which the classic release does not start, or keeps its data elsewhere (VR-05). */
const MANDATORY_KEYS = [
  "wave.server.url",
  "wave.build.repo",
  "wave.build.cache",
  "wave.build.workspace",
  "wave.build.k8s.namespace",
  "wave.build.logs.bucket",
  "surreal.default.url",
  "tower.endpoint.url",
];

/** Management endpoints that must be off by name (CFG-26). The id is `beans`; `bean` is what the seed wrote. */
const CLOSED_ENDPOINTS = [
  "env",
  "bean",
  "beans",
  "caches",
  "refresh",
  "loggers",
  "info",
  "metrics",
  "routes",
  "threaddump",
  "stop",
];

/** Placeholders that Wave itself resolves, all from the Secret `wave-secrets` (`wave.md` 11). */
const WAVE_PLACEHOLDERS = [
  "WAVE_ECR_ACCESS_KEY",
  "WAVE_ECR_SECRET_KEY",
  "DOCKER_USER",
  "DOCKER_PAT",
  "QUAY_USER",
  "QUAY_PAT",
];

/** `trustedTimeout` → `trusted-timeout`: Micronaut takes both forms for the same property. */
const kebab = (key: string): string =>
  key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** VR-03: no key of the current line. */
export function noKeyOfTheCurrentLine({ properties }: Rendered): Problem[] {
  return [...properties]
    .filter(([key]) =>
      KEYS_OF_THE_CURRENT_LINE.some((forbidden) =>
        `${kebab(key)}.`.startsWith(`${forbidden}.`),
      ),
    )
    .map(([key, value]) => ({
      path: configPath(key),
      given: shown(value),
      allowed: "only keys that the classic line reads",
      fix: "remove the key: it belongs to Wave 1.8 or later (VR-03)",
    }));
}

/** VR-05: every mandatory key has a value. With a Redis password the address comes from `REDIS_URI` (VR-22). */
export function mandatoryKeys(rendered: Rendered): Problem[] {
  const { properties } = rendered;
  const mandatory = redisAuth(rendered.settings)
    ? MANDATORY_KEYS
    : [...MANDATORY_KEYS, "redis.uri"];
  return mandatory
    .filter((key) => (properties.get(key) ?? "") === "")
    .map((key) => ({
      path: configPath(key),
      given: shown(properties.get(key)),
      allowed: "a value: the classic line needs this key",
      fix: "write the key, with a placeholder that is filled (VR-05)",
    }));
}

/** VR-07: two keys that Wave reads in camelCase only. */
export function camelCaseStorageKeys({ properties }: Rendered): Problem[] {
  return ["mountPath", "claimName"].flatMap((name) => {
    const key = `wave.build.k8s.storage.${name}`;
    const wrong = `wave.build.k8s.storage.${kebab(name)}`;
    return problemIf(!properties.has(key) || properties.has(wrong), {
      path: configPath(properties.has(wrong) ? wrong : key),
      given: shown(properties.get(wrong) ?? properties.get(key)),
      allowed: `the key ${key}, in camelCase`,
      fix: `write ${name}: Wave does not read ${kebab(name)} (VR-07)`,
    });
  });
}

/** VR-08: management endpoints are off by name; health says nothing about disk and database. */
export function closedEndpoints({ properties }: Rendered): Problem[] {
  const expected: [string, boolean][] = [
    ...CLOSED_ENDPOINTS.map((name): [string, boolean] => [
      `endpoints.${name}.enabled`,
      false,
    ]),
    ["endpoints.health.enabled", true],
    ["endpoints.health.disk-space.enabled", false],
    ["endpoints.health.jdbc.enabled", false],
  ];
  return expected
    .filter(([key, value]) => properties.get(key) !== value)
    .map(([key, value]) => ({
      path: configPath(key),
      given: shown(properties.get(key)),
      allowed: String(value),
      fix: `write ${key}: ${value} (VR-08)`,
    }));
}

/** VR-09: Micronaut's placeholders are escaped for Terraform, and only known ones occur. */
export function escapedPlaceholders({ objects }: Rendered): Problem[] {
  return textsOf(objects.configFile).flatMap(({ at, text }) =>
    [...text.matchAll(/(\$*)\{([^}]*)\}/g)].flatMap(
      ([whole, dollars = "", inner = ""]) => {
        if (dollars === "") return [];
        const name = inner.replace(/:.*$/, "");
        return [
          ...problemIf(dollars !== "$$", {
            path: configPath(at),
            given: whole,
            allowed: `$\${${inner}}`,
            fix: "let the template filler write the value: it escapes what is not ours (VR-09)",
          }),
          ...problemIf(!WAVE_PLACEHOLDERS.includes(name), {
            path: configPath(at),
            given: `the placeholder \${${inner}}`,
            allowed: WAVE_PLACEHOLDERS.join(", "),
            fix: "remove the placeholder, or write its value (VR-09)",
          }),
        ];
      },
    ),
  );
}

/** VR-10: the address Wave gives out is the host of the Ingress, without path or trailing slash. */
export function serverUrl(rendered: Rendered): Problem[] {
  const { hostname } = rendered.settings.wave;
  const url = property(rendered, "wave.server.url");
  return problemIf(url !== `https://${hostname}`, {
    path: configPath("wave.server.url"),
    given: shown(url),
    allowed: `https://${hostname}`,
    fix: "write https:// and wave.hostname, without path and without a slash at the end (VR-10)",
  });
}

/** VR-11: Wave knows Platform by the very string of the settings. */
export function platformUrl(rendered: Rendered): Problem[] {
  const { apiUrl } = rendered.settings.wave.platform;
  const url = property(rendered, "tower.endpoint.url");
  const right =
    url === apiUrl && apiUrl.startsWith("https://") && !apiUrl.endsWith("/");
  return problemIf(!right, {
    path: configPath("tower.endpoint.url"),
    given: shown(url),
    allowed: "wave.platform.apiUrl, https:// and without a slash at the end",
    fix: "write the address as Platform announces it: the pairing record is found by this string (VR-11)",
  });
}

/** VR-18: anonymous access is written out, because Wave's own default is open. */
export function anonymousAccess(rendered: Rendered): Problem[] {
  const { allowAnonymous } = rendered.settings.wave;
  const value = property(rendered, "wave.allowAnonymous");
  return problemIf(value !== allowAnonymous, {
    path: configPath("wave.allowAnonymous"),
    given: shown(value),
    allowed: `${allowAnonymous}, as wave.allowAnonymous in the settings says`,
    fix: "write the key: without it Wave serves requests without a token (VR-18)",
  });
}
