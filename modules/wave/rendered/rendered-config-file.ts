import { type Problem } from "../../lib/problem";
import {
  type Rendered,
  configPath,
  problemIf,
  property,
  shapeOf,
  shown,
  textsOf,
} from "./rendered-reading";

/** `mountPath` → `mount-path`: Micronaut takes both forms of most properties. */
export const kebab = (key: string): string =>
  key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

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
const PLACEHOLDERS = ["DOCKER_USER", "DOCKER_PAT", "QUAY_USER", "QUAY_PAT"];

/** The classic line logs in to ECR by key only; later ones do by role (IAM-10, CFG-R1). */
const CLASSIC_PLACEHOLDERS = [
  "WAVE_ECR_ACCESS_KEY",
  "WAVE_ECR_SECRET_KEY",
  ...PLACEHOLDERS,
];

/** VR-07: two keys that Wave reads in camelCase only. */
export function camelCaseStorageKeys(rendered: Rendered): Problem[] {
  const { properties } = rendered;
  return ["mountPath", "claimName"].flatMap((name) => {
    const key = `wave.build.k8s.storage.${name}`;
    const wrong = `wave.build.k8s.storage.${kebab(name)}`;
    return problemIf(!properties.has(key) || properties.has(wrong), {
      path: configPath(rendered, properties.has(wrong) ? wrong : key),
      given: shown(properties.get(wrong) ?? properties.get(key)),
      allowed: `the key ${key}, in camelCase`,
      fix: `write ${name}: Wave does not read ${kebab(name)} (VR-07)`,
    });
  });
}

/** VR-08: management endpoints are off by name; health says nothing about disk and database. */
export function closedEndpoints(rendered: Rendered): Problem[] {
  const { properties } = rendered;
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
      path: configPath(rendered, key),
      given: shown(properties.get(key)),
      allowed: String(value),
      fix: `write ${key}: ${value} (VR-08)`,
    }));
}

/** VR-09: Micronaut's placeholders are escaped for Terraform, and only known ones occur. */
export function escapedPlaceholders(rendered: Rendered): Problem[] {
  const known =
    shapeOf(rendered.settings) === "classic"
      ? CLASSIC_PLACEHOLDERS
      : PLACEHOLDERS;
  return textsOf(rendered.objects.configFile).flatMap(({ at, text }) =>
    [...text.matchAll(/(\$*)\{([^}]*)\}/g)].flatMap(
      ([whole, dollars = "", inner = ""]) => {
        if (dollars === "") return [];
        const name = inner.replace(/:.*$/, "");
        return [
          ...problemIf(dollars !== "$$", {
            path: configPath(rendered, at),
            given: whole,
            allowed: `$\${${inner}}`,
            fix: "let the template filler write the value: it escapes what is not ours (VR-09)",
          }),
          ...problemIf(!known.includes(name), {
            path: configPath(rendered, at),
            given: `the placeholder \${${inner}}`,
            allowed: known.join(", "),
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
    path: configPath(rendered, "wave.server.url"),
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
    path: configPath(rendered, "tower.endpoint.url"),
    given: shown(url),
    allowed: "wave.platform.apiUrl, https:// and without a slash at the end",
    fix: "write the address as Platform announces it: the pairing record is found by this string (VR-11)",
  });
}

/** VR-18, CFG-02: anonymous access is written out, because Wave's own default is open; 1.37.0 reads another key. */
export function anonymousAccess(rendered: Rendered): Problem[] {
  const { allowAnonymous } = rendered.settings.wave;
  const keys = ["wave.allowAnonymous"];
  if (shapeOf(rendered.settings) !== "classic")
    keys.push("wave.capabilities.anonymous-access");
  return keys
    .filter((key) => property(rendered, key) !== allowAnonymous)
    .map((key) => ({
      path: configPath(rendered, key),
      given: shown(property(rendered, key)),
      allowed: `${allowAnonymous}, as wave.allowAnonymous in the settings says`,
      fix: "write the key: without it Wave serves requests without a token (VR-18)",
    }));
}
