import { nearest } from "../lib/nearest";
import { type Settings } from "../settings/schema";
import { type Rule, type Warning } from "./settings-rule";
import { isClassic } from "../wave/line";

/** Names that Wave 1.3.3 reacts to and an operator may add (ENV-01). */
const OPTIONAL = [
  "prod",
  "licman",
  "legacy-http-connector",
  "surrealdb-legacy",
];
/** Always on: a second mention does no harm. */
const ALWAYS = ["redis", "surrealdb", "buildlogs-aws", "k8s"];
/** Names that a setting turns on, together with all else they need. */
const BY_SETTING: Readonly<
  Record<string, { setting: string; isOn: (settings: Settings) => boolean }>
> = {
  mail: { setting: "wave.mail", isOn: ({ wave }) => wave.mail !== undefined },
  "aws-ses": {
    setting: "wave.mail",
    isOn: ({ wave }) => wave.mail !== undefined,
  },
  "rate-limit": {
    setting: "wave.rateLimit",
    isOn: ({ wave }) => wave.rateLimit !== undefined,
  },
  prometheus: { setting: "wave.metrics", isOn: ({ wave }) => wave.metrics },
};
/** Known to Wave, and wrong here. */
const REFUSED: Readonly<Record<string, string>> = {
  ec2: "it makes Wave read AWS Parameter Store at start, and a refusal there is fatal (VR-12, ENV-02)",
  mysql: "records are kept in SurrealDB",
  "buildlogs-local": "build logs are kept in S3",
  dev: "it is for developers of Wave",
  "dev-k8s": "it is for developers of Wave",
};

/** VR-12, VR-14, VR-15, VR-16. */
const knownEnvironments: Rule = (settings) => {
  // The names of the current line are another list (ENV-03).
  if (!isClassic(settings)) return [];
  return settings.wave.environments.flatMap((name, index) => {
    const fix = fixFor(name, settings);
    if (fix === undefined) return [];
    return {
      path: `wave.environments[${index}]`,
      given: `"${name}"`,
      allowed: [...OPTIONAL, ...ALWAYS].join(", "),
      fix,
    };
  });
};

function fixFor(name: string, settings: Settings): string | undefined {
  if (OPTIONAL.includes(name) || ALWAYS.includes(name)) return undefined;
  const managed = BY_SETTING[name];
  if (managed !== undefined)
    return managed.isOn(settings)
      ? undefined
      : `remove it and set ${managed.setting}, which adds what else it needs`;
  const reason = REFUSED[name];
  if (reason !== undefined) return `remove it: ${reason}`;
  const match = nearest(name, [...OPTIONAL, ...Object.keys(BY_SETTING)]);
  return match === undefined
    ? "remove it: Wave 1.x knows no such environment"
    : `write ${match}`;
}

/** PP-07. */
const prodNeedsPublicPlatform: Warning = ({ wave }) =>
  wave.environments.includes("prod")
    ? [
        "wave.environments has prod: Wave then refuses to pair with a Platform on a private address (PP-07).",
      ]
    : [];

export const environmentRules = [knownEnvironments];
export const environmentWarnings = [prodNeedsPublicPlatform];
