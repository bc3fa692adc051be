import { gt, lt } from "semver";
import { endOf, linesOf } from "../versions/support";
import { isRelease, lineOf } from "../../wave/release/line";
import {
  MILESTONES,
  NEWEST_CHECKED,
  NEWEST_CLASSIC,
  hasMilestone,
} from "../../wave/release/feature-versions";
import { type Rule, type Warning, when } from "../../settings/rule";

const { oldest, buildKit, postgres, roleLogin } = MILESTONES;

const ALLOWED = `${oldest.version} to ${NEWEST_CLASSIC} (the classic line), or ${roleLogin.version} and later (the current line)`;

/** The milestones that make the gap, each with its release (VER-03). */
const WHY_A_GAP = [buildKit, postgres, roleLogin]
  .map(({ version, meaning }) => `from ${version} ${meaning}`)
  .join("; ");

/** VR-01, VER-01…03. */
const waveVersion: Rule = ({ wave: { version } }) => {
  if (lineOf(version) !== undefined) return [];
  const report = (given: string, fix: string) => [
    { path: "wave.version", given, allowed: ALLOWED, fix },
  ];
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

/** VR-02. */
const uncheckedVersion: Warning = ({ wave: { version } }) =>
  isRelease(version) && gt(version, NEWEST_CHECKED)
    ? [
        `wave.version ${version} is newer than ${NEWEST_CHECKED} and was not checked (VER-02).`,
      ]
    : [];

/** VR-50, VER-05. Releases outside both lines are refused. */
const oldClients: Warning = ({ wave: { version } }) => {
  if (lineOf(version) !== "classic") return [];
  const { containerApi, containerStatus } = MILESTONES;
  return hasMilestone(version, "containerApi")
    ? [
        `Wave ${version} does not serve the newest clients: use wave-cli 1.4 or older and Nextflow before 24.10; newer ones need Wave ${containerStatus.version}, and so the current line (VER-05).`,
      ]
    : [
        `Wave ${version} serves old clients only: use wave-cli 1.2.0 and Nextflow 23.10 or older; newer ones need Wave ${containerApi.version}. Choose ${NEWEST_CLASSIC} for newer clients (VER-05).`,
      ];
};

/** ENV-03, VER-04: an older release ignores the environment, and is then not strict. */
const strictSince: Rule = ({ wave: { version, current } }) =>
  when(
    current.strict &&
      lineOf(version) === "current" &&
      !hasMilestone(version, "capabilities"),
    () => ({
      path: "wave.current.strict",
      given: `true, with wave.version ${version}`,
      allowed: `false before Wave ${MILESTONES.capabilities.version}`,
      fix: `remove it, or choose wave.version ${MILESTONES.capabilities.version} or later: this release knows no environment strict`,
    }),
  );

const minorOf = (version: string): number => Number(version.split(".")[1]);

/** DEC-18: the minors that are accepted, which are those of the table of versions. */
const MINORS = linesOf("Amazon EKS").map(minorOf);
const KUBERNETES = { oldest: Math.min(...MINORS), newest: Math.max(...MINORS) };

const clusterVersion: Rule = ({ cluster: { version } }) =>
  when(minorOf(version) < KUBERNETES.oldest, () => ({
    path: "cluster.version",
    given: `"${version}"`,
    allowed: MINORS.map((minor) => `"1.${minor}"`).join(" or "),
    fix: `choose "1.${KUBERNETES.newest}": older minors are in extended support, about $365 a month more for each cluster (COST-L1)`,
  }));

const clusterSupport: Warning = ({ cluster: { version } }) => {
  const minor = minorOf(version);
  const end = endOf("Amazon EKS", version);
  if (minor > KUBERNETES.newest)
    return [
      `Kubernetes ${version} is newer than 1.${KUBERNETES.newest} and was not checked with this release (DEC-18).`,
    ];
  // Synth says the same on every day: it speaks of the oldest minor, and `npm run check` of days.
  return minor > KUBERNETES.oldest || end === undefined
    ? []
    : [
        `Standard support of Kubernetes ${version} ends on ${end}; after that it costs about $365 a month more (DEC-18, COST-L1).`,
      ];
};

export const versionRules = [waveVersion, strictSince, clusterVersion];
export const versionWarnings = [uncheckedVersion, oldClients, clusterSupport];
