import { gt, lt } from "semver";
import { isRelease, lineOf } from "../wave/line";
import { type Rule, type Warning, when } from "./settings-rule";

const ALLOWED =
  "1.3.3 to 1.7.9 (the classic line), or 1.33.0 and later (the current line)";

/** VR-01, VER-01…03. */
const waveVersion: Rule = ({ wave: { version } }) => {
  if (lineOf(version) !== undefined) return [];
  const report = (given: string, fix: string) => [
    { path: "wave.version", given, allowed: ALLOWED, fix },
  ];
  if (!isRelease(version))
    return report(
      `"${version}"`,
      "write the full number of a release, such as 1.7.9, without a v and without a pre-release",
    );
  if (lt(version, "1.3.3"))
    return report(
      `"${version}", older than the releases whose keys were checked`,
      "choose 1.7.9, the newest classic release, or 1.3.3",
    );
  return report(
    `"${version}", in the gap from 1.8.0 to 1.32.x`,
    "choose 1.7.9. From 1.8.0 BuildKit replaces Kaniko, so the build pod no longer logs in to ECR with its own AWS identity; 1.21.0 replaces SurrealDB by PostgreSQL; only from 1.33.0 can the server log in to ECR with a role ARN. Between them only static AWS keys would work",
  );
};

const CHECKED_UP_TO = "1.37.0";

/** VR-02. */
const uncheckedVersion: Warning = ({ wave: { version } }) =>
  isRelease(version) && gt(version, CHECKED_UP_TO)
    ? [
        `wave.version ${version} is newer than ${CHECKED_UP_TO} and was not checked (VER-02).`,
      ]
    : [];

/** VR-50, VER-05. */
const oldClients: Warning = ({ wave: { version } }) =>
  isRelease(version) && lt(version, "1.6.0")
    ? [
        `Wave ${version} serves old clients only: use wave-cli 1.2.0 and Nextflow 23.10 or older. Choose 1.7.9 for newer clients (VER-05).`,
      ]
    : [];

/** DEC-18. Dates of the end of standard support are AWS's. */
const KUBERNETES = { oldest: 34, newest: 36 } as const;
const ENDING: Readonly<Record<number, string>> = { 34: "2026-12-02" };

const minorOf = (version: string): number => Number(version.split(".")[1]);

const clusterVersion: Rule = ({ cluster: { version } }) =>
  when(minorOf(version) < KUBERNETES.oldest, () => ({
    path: "cluster.version",
    given: `"${version}"`,
    allowed: `"1.${KUBERNETES.oldest}", "1.35" or "1.${KUBERNETES.newest}"`,
    fix: `choose "1.${KUBERNETES.newest}": older minors are in extended support, about $365 a month more for each cluster (COST-L1)`,
  }));

const clusterSupport: Warning = ({ cluster: { version } }) => {
  const minor = minorOf(version);
  const end = ENDING[minor];
  if (minor > KUBERNETES.newest)
    return [
      `Kubernetes ${version} is newer than 1.${KUBERNETES.newest} and was not checked with this release (DEC-18).`,
    ];
  return end === undefined
    ? []
    : [
        `Standard support of Kubernetes ${version} ends on ${end}; after that it costs about $365 a month more (DEC-18, COST-L1).`,
      ];
};

export const versionRules = [waveVersion, clusterVersion];
export const versionWarnings = [uncheckedVersion, oldClients, clusterSupport];
