import { type Problem } from "../../lib/problem";
import { redisAuth } from "../release/line-defaults";
import { kebab } from "./rendered-config-file";
import {
  type Rendered,
  type Shape,
  configPath,
  problemIf,
  shapeOf,
  shown,
} from "./rendered-reading";

/** Keys that the current line does not read, or in whose place it needs another (VR-04). */
const KEYS_OF_THE_CLASSIC_LINE = [
  "surreal",
  "wave.build.cleanup",
  "wave.build.logs.bucket",
  "wave.build.logs.prefix",
  "wave.build.kaniko-image",
  "micronaut.executors.stream-executor",
  "micronaut.netty.event-loops.stream-pool",
];

/** Keys that belong to the other line, or to builds: ignored, or Wave does not start (VR-03, VR-04, VR-13). */
const FORBIDDEN: Readonly<Record<Shape, readonly string[]>> = {
  classic: [
    "wave.db",
    "wave.capabilities",
    "wave.cleanup",
    "wave.mirror",
    "wave.build.logs.path",
    "wave.build.locks",
    "wave.scan.reports",
    "wave.build.trusted-timeout",
    "wave.build.k8s.node-selector.noarch",
  ],
  current: KEYS_OF_THE_CLASSIC_LINE,
  lite: [
    ...KEYS_OF_THE_CLASSIC_LINE,
    "wave.build",
    "wave.scan",
    "wave.mirror",
    "wave.cleanup",
    "wave.job-manager",
    "wave.blob-cache",
  ],
};

/** What to do about such a key. */
const FORBIDDEN_FIX: Readonly<Record<Shape, readonly [string, string]>> = {
  classic: [
    "only keys that the classic line reads",
    "remove the key: it belongs to Wave 1.8 or later (VR-03)",
  ],
  current: [
    "only keys that the current line reads",
    "remove the key: it belongs to Wave 1.7 or older (VR-04)",
  ],
  lite: [
    "only keys that Wave Lite reads",
    "remove the key: Wave Lite has no store but PostgreSQL, and builds, scans and copies nothing (VR-04, VR-13)",
  ],
};

const OF_THE_CURRENT_LINE = [
  "wave.server.url",
  "wave.db.uri",
  "wave.db.user",
  "redis.uri",
  "tower.endpoint.url",
];

/** Keys without which Wave does not start, or keeps its data elsewhere (VR-05, VR-06). */
const MANDATORY: Readonly<Record<Shape, readonly string[]>> = {
  classic: [
    "wave.server.url",
    "wave.build.repo",
    "wave.build.cache",
    "wave.build.workspace",
    "wave.build.k8s.namespace",
    "wave.build.logs.bucket",
    "surreal.default.url",
    "tower.endpoint.url",
  ],
  current: [
    ...OF_THE_CURRENT_LINE,
    "wave.build.repo",
    "wave.build.workspace",
    "wave.build.k8s.namespace",
    "wave.build.logs.path",
    "wave.build.locks.path",
    "wave.scan.reports.path",
  ],
  lite: OF_THE_CURRENT_LINE,
};

/** VR-03, VR-04, VR-13: no key of the other line, and none of builds without builds. */
export function noForeignKeys(rendered: Rendered): Problem[] {
  const shape = shapeOf(rendered.settings);
  const [allowed, fix] = FORBIDDEN_FIX[shape];
  return [...rendered.properties]
    .filter(([key]) =>
      FORBIDDEN[shape].some((forbidden) =>
        `${kebab(key)}.`.startsWith(`${forbidden}.`),
      ),
    )
    .map(([key, value]) => ({
      path: configPath(rendered, key),
      given: shown(value),
      allowed,
      fix,
    }));
}

/** VR-04, CFG-25: the current line has no event loop of this name, and does not start when a client asks for it. */
export function noStreamPool(rendered: Rendered): Problem[] {
  return [...rendered.properties].flatMap(([key, value]) =>
    problemIf(value === "stream-pool" || value === "stream-executor", {
      path: configPath(rendered, key),
      given: shown(value),
      allowed: "nothing: the pools of the classic line are gone",
      fix: "remove the key (VR-04)",
    }),
  );
}

/** VR-05, VR-06: every mandatory key has a value. */
export function mandatoryKeys(rendered: Rendered): Problem[] {
  const { properties, settings } = rendered;
  const shape = shapeOf(settings);
  const keys = [...MANDATORY[shape]];
  // With a Redis password the classic line gets the whole address from `REDIS_URI` (VR-22).
  if (shape === "classic" && !redisAuth(settings)) keys.push("redis.uri");
  return keys
    .filter((key) => (properties.get(key) ?? "") === "")
    .map((key) => ({
      path: configPath(rendered, key),
      given: shown(properties.get(key)),
      allowed: `a value: ${shape === "lite" ? "Wave Lite" : `the ${shape} line`} needs this key`,
      fix: `write the key, with a placeholder that is filled (${shape === "classic" ? "VR-05" : "VR-06"})`,
    }));
}
