import { type Rule, type Warning, when } from "../../settings/rule";
import { type CoreSettings } from "../settings/schema";
import { endOf, linesOf } from "../versions/support";

const minorOf = (version: string): number => Number(version.split(".")[1]);

/** The minors that are accepted, which are those of the table of versions. */
const MINORS = linesOf("Amazon EKS").map(minorOf);
const KUBERNETES = { oldest: Math.min(...MINORS), newest: Math.max(...MINORS) };

const clusterVersion: Rule<CoreSettings> = ({ cluster: { version } }) =>
  when(minorOf(version) < KUBERNETES.oldest, () => ({
    path: "cluster.version",
    given: `"${version}"`,
    allowed: MINORS.map((minor) => `"1.${minor}"`).join(" or "),
    fix: `choose "1.${KUBERNETES.newest}": older minors are in extended support, about $365 a month more for each cluster`,
  }));

const clusterSupport: Warning<CoreSettings> = ({ cluster: { version } }) => {
  const minor = minorOf(version);
  const end = endOf("Amazon EKS", version);
  if (minor > KUBERNETES.newest)
    return [
      `Kubernetes ${version} is newer than 1.${KUBERNETES.newest} and was not checked with this release.`,
    ];
  // Synth says the same on every day: it speaks of the oldest minor, and `npm run check` of days.
  return minor > KUBERNETES.oldest || end === undefined
    ? []
    : [
        `Standard support of Kubernetes ${version} ends on ${end}; after that it costs about $365 a month more.`,
      ];
};

export const versionRules = [clusterVersion];
export const versionWarnings = [clusterSupport];
