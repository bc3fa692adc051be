import { nearest } from "../../lib/nearest";
import { type WaveSettings } from "../settings/schema";
import { hasBuilds, lineOf, mailOf } from "../release/line";
import { rateLimits } from "../release/line-defaults";
import { type Rule, type Warning } from "../../settings/rule";

/** What the rules know of a Micronaut environment: what turns it on, or why it is refused. */
interface Environments {
  /** Names that an operator may add. */
  readonly optional: readonly string[];
  /** Always on: a second mention does no harm. */
  readonly always: readonly string[];
  /** Names that a setting turns on, together with all else they need. */
  readonly bySetting: Readonly<Record<string, Switch>>;
  /** Known to Wave, and wrong here. */
  readonly refused: Readonly<Record<string, string>>;
}

interface Switch {
  /** How to turn it on, such as `wave.metrics: true`. */
  readonly setting: string;
  readonly isOn: (settings: WaveSettings) => boolean;
}

const PARAMETER_STORE =
  "it makes Wave read AWS Parameter Store at start, and a refusal there is fatal";
const GONE = "this release does not have it any more";

const MAIL: Switch = {
  setting: "wave.mail",
  isOn: (settings) => mailOf(settings) !== undefined,
};
const METRICS: Switch = {
  setting: "wave.metrics",
  isOn: ({ wave }) => wave.metrics,
};
const RATE_LIMIT: Switch = {
  setting: "wave.rateLimit",
  isOn: (settings) => rateLimits(settings) !== undefined,
};

/** Names that Wave 1.3.3 reacts to. */
const CLASSIC: Environments = {
  optional: ["prod", "licman", "legacy-http-connector", "surrealdb-legacy"],
  always: ["redis", "surrealdb", "buildlogs-aws", "k8s"],
  bySetting: {
    mail: MAIL,
    "aws-ses": MAIL,
    "rate-limit": RATE_LIMIT,
    prometheus: METRICS,
  },
  refused: {
    ec2: PARAMETER_STORE,
    mysql: "records are kept in SurrealDB",
    "buildlogs-local": "build logs are kept in S3",
    dev: "it is for developers of Wave",
    "dev-k8s": "it is for developers of Wave",
  },
};

/** Names that Wave 1.37.0 reacts to, by mode: Wave Lite starts no pods. */
const currentOf = (settings: WaveSettings): Environments => ({
  optional: ["prod", "licman", "reserved-words", "legacy-http-connector"],
  always: [
    "postgres",
    "redis",
    hasBuilds(settings) ? "k8s" : "lite",
    ...(rateLimits(settings) === undefined ? [] : ["rate-limit"]),
    "alb",
  ],
  bySetting: {
    mail: MAIL,
    "aws-ses": MAIL,
    "rate-limit": RATE_LIMIT,
    prometheus: METRICS,
    strict: {
      setting: "wave.current.strict: true",
      isOn: ({ wave }) => wave.current.strict,
    },
    lite: {
      setting: "wave.mode: lite",
      isOn: (settings) => !hasBuilds(settings),
    },
  },
  refused: {
    ec2: PARAMETER_STORE,
    k8s: "Wave Lite starts no pods",
    surrealdb: GONE,
    "buildlogs-aws": GONE,
    mysql: GONE,
  },
});

/** Names of the line, each turned on where the rest of it is turned on. */
const knownEnvironments: Rule<WaveSettings> = (settings) => {
  const line = lineOf(settings.wave.version);
  if (line === undefined) return [];
  const known = line === "classic" ? CLASSIC : currentOf(settings);
  return settings.wave.environments.flatMap((name, index) => {
    const fix = fixFor(name, known, settings);
    if (fix === undefined) return [];
    return {
      path: `wave.environments[${index}]`,
      given: `"${name}"`,
      allowed: [...known.optional, ...known.always].join(", "),
      fix,
    };
  });
};

function fixFor(
  name: string,
  { optional, always, bySetting, refused }: Environments,
  settings: WaveSettings,
): string | undefined {
  if (optional.includes(name) || always.includes(name)) return undefined;
  const managed = own(bySetting, name);
  if (managed !== undefined)
    return managed.isOn(settings)
      ? undefined
      : `remove it and set ${managed.setting}, which adds what else it needs`;
  const reason = own(refused, name);
  if (reason !== undefined) return `remove it: ${reason}`;
  const match = nearest(name, [...optional, ...Object.keys(bySetting)]);
  return match === undefined
    ? `remove it: Wave ${settings.wave.version} knows no such environment`
    : `write ${match}`;
}

/** A name of the operator's may be a word that every object knows, such as constructor. */
const own = <T>(
  entries: Readonly<Record<string, T>>,
  name: string,
): T | undefined => (Object.hasOwn(entries, name) ? entries[name] : undefined);

/** The environment prod turns on the check of the address that a Platform announces. */
const prodNeedsPublicPlatform: Warning<WaveSettings> = ({ wave }) =>
  wave.environments.includes("prod")
    ? [
        "wave.environments has prod: Wave then refuses to pair with a Platform on a private address.",
      ]
    : [];

export const environmentRules = [knownEnvironments];
export const environmentWarnings = [prodNeedsPublicPlatform];
