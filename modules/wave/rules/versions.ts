import { gt, lt } from "semver";
import { type Rule, type Warning, when } from "../../settings/rule";
import {
  FEATURE_VERSIONS,
  NEWEST_CHECKED,
  NEWEST_CLASSIC,
  hasFeature,
} from "../release/feature-versions";
import { isRelease, lineOf } from "../release/line";
import { type WaveSettings } from "../settings/schema";

const { oldest, buildKit, postgres, roleLogin } = FEATURE_VERSIONS;

const ALLOWED = `${oldest.version} to ${NEWEST_CLASSIC} (the classic line), or ${roleLogin.version} and later (the current line)`;

/** The feature versions that make the gap, each with its release. */
const WHY_A_GAP = [buildKit, postgres, roleLogin]
  .map(({ version, meaning }) => `from ${version} ${meaning}`)
  .join("; ");

/** Releases of the two lines, and none of those between them. */
const waveVersion: Rule<WaveSettings> = ({ wave: { version } }) => {
  if (lineOf(version) !== undefined) return [];
  const report = (given: string, fix: string) => [
    { path: "wave.version", given, allowed: ALLOWED, fix },
  ];
  const whole = wholeNumber(version);
  if (whole !== undefined && lineOf(whole) !== undefined)
    return report(
      `"${version}"`,
      `write ${whole}, the full number of the release, without a v`,
    );
  if (!isRelease(version))
    return report(
      `"${version}"`,
      `write the full number of a release, such as ${NEWEST_CLASSIC} or ${NEWEST_CHECKED}, without a v and without a pre-release`,
    );
  if (lt(version, oldest.version))
    return report(
      `"${version}", older than the releases whose keys were checked`,
      `choose ${NEWEST_CHECKED}; or ${NEWEST_CLASSIC}, the newest classic release, or ${oldest.version}`,
    );
  return report(
    `"${version}", in the gap between the two lines`,
    `choose ${NEWEST_CHECKED} or ${NEWEST_CLASSIC}: ${WHY_A_GAP}. In between only static AWS keys would work`,
  );
};

/** `1.37` and `v1.37.0` stand for 1.37.0; undefined for anything else. */
function wholeNumber(version: string): string | undefined {
  const [, number = "", patch = ".0"] =
    /^v?(\d+\.\d+)(\.\d+)?$/.exec(version) ?? [];
  return number === "" ? undefined : number + patch;
}

/** A newer release may work, and nobody looked. */
const uncheckedVersion: Warning<WaveSettings> = ({ wave: { version } }) =>
  isRelease(version) && gt(version, NEWEST_CHECKED)
    ? [
        `wave.version ${version} is newer than ${NEWEST_CHECKED} and was not checked. Upstream prepares a database schema of its own (an upgrade would start with empty records), another queue in Redis and other names of keys: read the notes of the release first.`,
      ]
    : [];

/** Each release of the classic line speaks to the clients of its day. Releases outside both lines are refused. */
const oldClients: Warning<WaveSettings> = ({ wave: { version } }) => {
  if (lineOf(version) !== "classic") return [];
  const { containerApi, containerStatus } = FEATURE_VERSIONS;
  return hasFeature(version, "containerApi")
    ? [
        `Wave ${version} does not serve the newest clients: use wave-cli 1.4 or older and Nextflow before 24.10; newer ones need Wave ${containerStatus.version}, and so the current line.`,
      ]
    : [
        `Wave ${version} serves old clients only: use wave-cli 1.2.0 and Nextflow 23.10 or older; newer ones need Wave ${containerApi.version}. Choose ${NEWEST_CLASSIC} for newer clients.`,
      ];
};

/** An older release ignores the environment, and is then not strict; or the key, and its watcher cannot be told apart. */
const keysSince: Rule<WaveSettings> = ({ wave: { version, current } }) => {
  const { capabilities, tokenWatcher } = FEATURE_VERSIONS;
  const before = (feature: { readonly version: string }): boolean =>
    lineOf(version) === "current" && lt(version, feature.version);
  return [
    ...when(current.strict && before(capabilities), () => ({
      path: "wave.current.strict",
      given: `true, with wave.version ${version}`,
      allowed: `false before Wave ${capabilities.version}`,
      fix: `remove it, or choose wave.version ${capabilities.version} or later: this release knows no environment strict`,
    })),
    ...when(current.tokenWatcher !== undefined && before(tokenWatcher), () => ({
      path: "wave.current.tokenWatcher",
      given: `${current.tokenWatcher}, with wave.version ${version}`,
      allowed: `only with Wave ${tokenWatcher.version} and later`,
      fix: `remove it, or choose wave.version ${tokenWatcher.version} or later: this release renews no tokens`,
    })),
  ];
};

export const versionRules = [waveVersion, keysSince];
export const versionWarnings = [uncheckedVersion, oldClients];
