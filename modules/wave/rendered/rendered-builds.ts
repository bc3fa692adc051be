import { type Problem } from "../../lib/problem";
import { type WaveSettings } from "../settings/schema";
import { isClassic } from "../release/line";
import {
  type Rendered,
  configPath,
  items,
  mebibytesOf,
  problemIf,
  property,
  secondsOf,
  shown,
} from "./rendered-reading";

/** Label of the groups that builds run on (CFG-R3, INF-14, INF-17). */
const BUILD_NODES = "service=wave-build";

const SELECTOR = "wave.build.k8s.nodeSelector";

/** Platforms of builds, and the nodes of each. `noarch` is for jobs that run anywhere; the classic line does not know it. */
function platformsOf(settings: WaveSettings): Readonly<Record<string, string>> {
  if (isClassic(settings)) return { "linux/amd64": BUILD_NODES };
  return {
    "linux/amd64": BUILD_NODES,
    noarch: BUILD_NODES,
    ...(settings.wave.build.arm64 && {
      "linux/arm64": `${BUILD_NODES}-arm64`,
    }),
  };
}

/** VR-32, VR-33: every platform has nodes of its own; another key stops Wave at start, or leaves builds Pending. */
export function buildNodeSelector(rendered: Rendered): Problem[] {
  const { settings } = rendered;
  const platforms = platformsOf(settings);
  const unknown = [...rendered.properties.keys()].filter(
    (key) =>
      (key === SELECTOR || key.startsWith(`${SELECTOR}.`)) &&
      platforms[key.slice(SELECTOR.length + 1)] === undefined,
  );
  return [
    ...Object.entries(platforms).flatMap(([platform, nodes]) => {
      const key = `${SELECTOR}.${platform}`;
      const value = property(rendered, key);
      return problemIf(value !== nodes, {
        path: configPath(rendered, key),
        given: shown(value),
        allowed: `${nodes}, the label of the build group`,
        fix: "write <label>=<value> of an existing node group: builds stay Pending otherwise (VR-32)",
      });
    }),
    ...unknown.map((key) => ({
      path: configPath(rendered, key),
      given: shown(key.slice(SELECTOR.length + 1)),
      allowed: isClassic(settings)
        ? "linux/amd64 only"
        : Object.keys(platforms).join(", "),
      fix: isClassic(settings)
        ? "remove the key: the classic line builds for amd64 only (VR-32, VR-33)"
        : "remove the key, or set wave.build.arm64 with its node group (VR-32)",
    })),
  ];
}

/** VR-34, DEC-32: neither Wave nor the load balancer drops a pull while its build runs. */
export function idleTimeouts(rendered: Rendered): Problem[] {
  const { timeout, trustedTimeout } = rendered.settings.wave.build;
  const longest = isClassic(rendered.settings)
    ? secondsOf(timeout)
    : Math.max(secondsOf(timeout), secondsOf(trustedTimeout));
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
      path: configPath(rendered, "micronaut.server.idle-timeout"),
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
      path: configPath(rendered, "wave.build.timeout"),
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
    ...(isClassic(settings)
      ? []
      : [mebibytesOf(settings.wave.mirror.requestMemory)]),
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
