import { dnsSuffixOf } from "../lib/aws-partition";
import { type Problem } from "../lib/problem";
import {
  type Rendered,
  configPath,
  items,
  mebibytesOf,
  problemIf,
  property,
  secondsOf,
  secretOf,
  shown,
  variable,
} from "./rendered-reading";

/** Only platform of the classic line, and the label of the group that builds run on (CFG-R3, INF-14). */
const PLATFORM = "linux/amd64";
const BUILD_NODES = "service=wave-build";

const SELECTOR = "wave.build.k8s.nodeSelector";

/** VR-32, VR-33: builds go to the labelled group, on amd64 only; another key stops Wave at start. */
export function buildNodeSelector(rendered: Rendered): Problem[] {
  const entries = [...rendered.properties].filter(
    ([key]) => key === SELECTOR || key.startsWith(`${SELECTOR}.`),
  );
  const value = property(rendered, `${SELECTOR}.${PLATFORM}`);
  return [
    ...problemIf(value !== BUILD_NODES, {
      path: configPath(`${SELECTOR}.${PLATFORM}`),
      given: shown(value),
      allowed: `${BUILD_NODES}, the label of the build group`,
      fix: "write <label>=<value> of an existing node group: builds stay Pending otherwise (VR-32)",
    }),
    ...entries
      .filter(([key]) => key !== `${SELECTOR}.${PLATFORM}`)
      .map(([key]) => ({
        path: configPath(key),
        given: shown(key.slice(SELECTOR.length + 1)),
        allowed: `${PLATFORM} only`,
        fix: "remove the key: the classic line builds for amd64 only (VR-32, VR-33)",
      })),
  ];
}

/** Host of the account's ECR registry. */
const ecrHost = ({ settings: { accountId, region } }: Rendered): string =>
  `${accountId}.dkr.ecr.${region}.${dnsSuffixOf(region)}`;

/** VR-30, IAM-10: Wave has a login for ECR exactly when there is a key; an entry with empty values fails every request. */
export function ecrLogin(rendered: Rendered): Problem[] {
  const host = ecrHost(rendered);
  const wanted = rendered.settings.wave.classic.ecrKeySecret !== undefined;
  const path = configPath(`wave.registries.${host}`);
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
  const { name, environment, data, wave } = rendered.settings;
  const ours = `${ecrHost(rendered)}/${data.ecr.prefix ?? `${name}-${environment}`}`;
  const expected = {
    "wave.build.repo": `${ours}/build`,
    "wave.build.cache": wave.build.cache ?? `${ours}/cache`,
  };
  return Object.entries(expected).flatMap(([key, wanted]) => {
    const value = property(rendered, key);
    return problemIf(value !== wanted || wanted.includes("://"), {
      path: configPath(key),
      given: shown(value),
      allowed: wanted.includes("://")
        ? "<registry>/<repository>, without scheme"
        : wanted,
      fix: "name a registry repository: s3:// needs the current line (VR-31)",
    });
  });
}

/** VR-34: neither Wave nor the load balancer drops a pull while its build runs. */
export function idleTimeouts(rendered: Rendered): Problem[] {
  const { timeout } = rendered.settings.wave.build;
  const longest = secondsOf(timeout);
  const wave = property(rendered, "micronaut.server.idle-timeout");
  const attributes =
    rendered.objects.ingress.metadata.annotations?.[
      "alb.ingress.kubernetes.io/load-balancer-attributes"
    ];
  const balancer = /(?:^|,)\s*idle_timeout\.timeout_seconds=(\d+)/.exec(
    attributes ?? "",
  )?.[1];
  const written = property(rendered, "wave.build.timeout");
  return [
    ...problemIf(!(secondsOf(shown(wave)) >= longest), {
      path: configPath("micronaut.server.idle-timeout"),
      given: shown(wave),
      allowed: `${longest}s or more, the longest build`,
      fix: "raise it to wave.build.timeout + 10 s (VR-34)",
    }),
    ...problemIf(!(Number(balancer) >= longest), {
      path: "Ingress wave-ingress: idle_timeout.timeout_seconds",
      given: shown(balancer),
      allowed: `${longest} or more, the longest build`,
      fix: "raise wave.ingress.idleTimeoutSeconds, or remove it (VR-34)",
    }),
    ...problemIf(written !== timeout, {
      path: configPath("wave.build.timeout"),
      given: shown(written),
      allowed: timeout,
      fix: "write wave.build.timeout: both idle timeouts are derived from it (VR-34)",
    }),
  ];
}

/** VR-37, DEC-33: a quota on memory or CPU comes with defaults that are large enough for Wave's own pods. */
export function quotaWithDefaults({ settings, objects }: Rendered): Problem[] {
  const { quota, limitRange } = objects;
  const hard = quota?.spec?.hard ?? {};
  const limited = ["cpu", "memory"].filter((kind) =>
    Object.keys(hard).some((key) => key === kind || key.endsWith(`.${kind}`)),
  );
  const limits = items(limitRange?.spec?.limit).find(
    ({ type }) => type === "Container",
  );
  const namespaces = [
    quota?.metadata.namespace,
    limitRange?.metadata.namespace,
  ];
  const largest = Math.max(
    mebibytesOf(settings.wave.build.requestMemory),
    mebibytesOf(settings.wave.scan.requestMemory),
  );
  const memory = limits?.default?.memory;
  return [
    ...problemIf(
      namespaces.some((name) => name !== settings.wave.buildNamespace),
      {
        path: "ResourceQuota and LimitRange: namespace",
        given: namespaces.map(shown).join(", "),
        allowed: settings.wave.buildNamespace,
        fix: "place both in wave.buildNamespace (VR-37)",
      },
    ),
    ...limited
      .filter((kind) => limits?.defaultRequest?.[kind] === undefined)
      .map((kind) => ({
        path: `LimitRange: default request of ${kind}`,
        given: "nothing",
        allowed: `a default, because the quota counts ${kind}`,
        fix: "give a default request: pods without one are refused otherwise (VR-37)",
      })),
    ...problemIf(
      hard["limits.memory"] !== undefined && !(mebibytesOf(memory) >= largest),
      {
        path: "LimitRange: default limit of memory",
        given: shown(memory),
        allowed: `${largest}Mi or more, the largest request of Wave's pods`,
        fix: "raise the default limit: a request above it is refused (VR-37, DEC-33)",
      },
    ),
  ];
}
