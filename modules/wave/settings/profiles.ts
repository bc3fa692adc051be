import { lineOf } from "../release/line";
import { PROFILES } from "./profile-schema";

/** Keys of the settings, with a default each. */
interface Defaults {
  readonly [key: string]: Defaults | string | number | boolean;
}

/** What a profile says where the file says nothing. */
interface Profile {
  readonly both: Defaults;
  readonly classic: Defaults;
  /** The measured line. */
  readonly current: Defaults;
  /** Of the current line where it builds. */
  readonly builds: Defaults;
}

/** AWS has no Performance Insights for some classes of this size. */
const SMALL_POSTGRES: Defaults = {
  instanceClass: "db.t4g.small",
  performanceInsights: false,
};

/** docs/sizing.md says where each number comes from. */
const DEFAULTS: Readonly<Record<string, Profile>> = {
  trial: {
    both: {
      wave: { replicas: 1, cpuRequest: "250m" },
      data: { redis: { nodeType: "cache.t4g.micro" } },
    },
    // Builds beyond the nodes wait; a smaller quota would have them fail.
    classic: {},
    current: {
      wave: { memory: "1536Mi", rateLimit: { httpRequest: 200 } },
      data: { postgres: { ...SMALL_POSTGRES, multiAz: false } },
    },
    builds: { wave: { build: { maxRunningJobs: 4 } } },
  },
  50: {
    both: {
      wave: { replicas: 2, cpuRequest: "500m" },
      data: { redis: { nodeType: "cache.t4g.small" } },
    },
    classic: {},
    current: {
      wave: { memory: "2Gi", rateLimit: { httpRequest: 200 } },
      data: { postgres: SMALL_POSTGRES },
    },
    builds: { wave: { build: { maxRunningJobs: 10 } } },
  },
  300: {
    both: {
      wave: { cpuRequest: "1000m", logLevel: "INFO" },
      data: { redis: { nodeType: "cache.t4g.medium", replicas: 1 } },
    },
    // A scale-down loses the builds that the pod waits for.
    classic: { wave: { replicas: 3 } },
    current: {
      wave: {
        autoscaling: { minReplicas: 3, maxReplicas: 6 },
        memory: "4Gi",
        rateLimit: { httpRequest: 500 },
      },
      data: { postgres: { instanceClass: "db.t4g.medium" } },
    },
    builds: { wave: { build: { maxRunningJobs: 20 } } },
  },
  1000: {
    both: {
      wave: { cpuRequest: "1000m", logLevel: "INFO" },
      data: { redis: { nodeType: "cache.m7g.large", replicas: 1 } },
    },
    classic: { wave: { replicas: 5 } },
    current: {
      wave: {
        autoscaling: { minReplicas: 5, maxReplicas: 12 },
        memory: "4Gi",
        rateLimit: {
          httpRequest: 1000,
          pullAuthenticated: "5000/1m",
          buildAuthenticated: "250/1h",
        },
      },
      data: {
        postgres: {
          instanceClass: "db.t4g.medium",
          storageGiB: 50,
          maxStorageGiB: 200,
        },
      },
    },
    builds: { wave: { build: { maxRunningJobs: 40 } } },
  },
};

/** Where the defaults of a profile hold: not on the other line, and those of builds only where there are builds. */
export interface ProfileOf {
  readonly profile: unknown;
  readonly version: unknown;
  readonly mode?: unknown;
}

/** A section has no text: it may have a key `toString`. */
const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? `${value}` : "";

/** The defaults of a profile, for one line and mode; none for what is no profile or no release. */
export function defaultsOf({ profile, version, mode }: ProfileOf): Defaults {
  const line = lineOf(textOf(version));
  const name = textOf(profile);
  const found = Object.hasOwn(DEFAULTS, name) ? DEFAULTS[name] : undefined;
  if (found === undefined || line === undefined) return {};
  const ofLine = under(found[line], found.both);
  return line === "current" && mode !== "lite"
    ? under(ofLine, found.builds)
    : ofLine;
}

/**
 * The document of a settings file with the defaults of its `wave.profile` where it says nothing. Without a profile, and in a
 * document of another shape, it is what it was: the schema says what is wrong.
 */
export function withProfile(document: unknown): unknown {
  if (!isSection(document) || !isSection(document.wave)) return document;
  const { wave } = document;
  const defaults = defaultsOf({
    profile: wave.profile,
    version: wave.version,
    mode: wave.mode,
  });
  return under(document, withoutAutoscaling(defaults, wave));
}

/** A number of pods that is written is meant to be the number of pods. */
function withoutAutoscaling(
  defaults: Defaults,
  wave: Readonly<Record<string, unknown>>,
): Defaults {
  if (wave.replicas === undefined || !isSection(defaults.wave)) return defaults;
  const rest = Object.entries(defaults.wave).filter(
    ([key]) => key !== "autoscaling",
  );
  return { ...defaults, wave: Object.fromEntries(rest) };
}

/** `given`, and below it the defaults of what it leaves out; what is written stays, whatever it is. */
function under<T>(given: T, defaults: Defaults): T {
  if (!isSection(given)) return given;
  const result: Record<string, unknown> = { ...given };
  for (const [key, value] of Object.entries(defaults)) {
    if (!Object.hasOwn(result, key)) result[key] = value;
    else if (typeof value === "object") result[key] = under(result[key], value);
  }
  return result as T;
}

const isSection = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Defaults of the profiles by key, in words: `trial 1, 50 2, 300 3 (classic)`. For docs/settings.md. */
export function profileTexts(): Map<string, string> {
  const texts = new Map<string, string>();
  const note = (path: string, text: string) =>
    texts.set(path, [texts.get(path), text].filter(Boolean).join(", "));
  for (const name of PROFILES)
    for (const [part, defaults] of Object.entries(DEFAULTS[name] ?? {}))
      for (const [path, value] of leavesOf(defaults as Defaults))
        note(
          path,
          `${name}: \`${JSON.stringify(value)}\`${LINE_OF[part] ?? ""}`,
        );
  return texts;
}

const LINE_OF: Readonly<Record<string, string>> = {
  classic: " (classic)",
  current: " (current)",
  builds: " (current)",
};

const leavesOf = (defaults: Defaults, prefix = ""): [string, unknown][] =>
  Object.entries(defaults).flatMap(([key, value]) =>
    typeof value === "object"
      ? leavesOf(value, `${prefix}${key}.`)
      : [[`${prefix}${key}`, value] as [string, unknown]],
  );
