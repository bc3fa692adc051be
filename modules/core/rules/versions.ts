import { type Problem } from "../../lib/problem";
import { type Rule, type Warning, runAll, when } from "../../settings/rule";
import {
  type CreatedClusterSettings,
  type ExistingClusterSettings,
} from "../kinds";
import { type CoreSettings } from "../settings/schema";
import { endOf, linesOf } from "../versions/support";

type NodeGroups = ExistingClusterSettings["cluster"]["nodeGroups"];

const minorOf = (version: string): number => Number(version.split(".")[1]);

/** The minors that are accepted, which are those of the table of versions. */
const MINORS = linesOf("Amazon EKS").map(minorOf);
const KUBERNETES = { oldest: Math.min(...MINORS), newest: Math.max(...MINORS) };

const clusterVersion: Rule<CreatedClusterSettings> = ({
  cluster: { version },
}) =>
  when(minorOf(version) < KUBERNETES.oldest, () => ({
    path: "cluster.version",
    given: `"${version}"`,
    allowed: MINORS.map((minor) => `"1.${minor}"`).join(" or "),
    fix: `choose "1.${KUBERNETES.newest}", or for a cluster that runs the minor that it has: EKS raises it by itself when standard support of its minor ends`,
  }));

/** Upgrades of a cluster that exists are its owner's: older minors are taken than those that are made here. */
const OLDEST_EXISTING = 31;

const existingVersion: Rule<CoreSettings> = ({ cluster: { kind, version } }) =>
  when(kind === "existing" && minorOf(version) < OLDEST_EXISTING, () => ({
    path: "cluster.version",
    given: `"${version}"`,
    allowed: `"1.${OLDEST_EXISTING}" or later`,
    fix: "raise the cluster first: EKS goes up by one minor at a time",
  }));

/** What is wrong with the image release of a group of nodes. */
export function releaseProblems(
  path: string,
  { releaseVersion = "", amiType }: Release,
  version: string,
): Problem[] {
  const minor = /^(1\.\d+)\./.exec(releaseVersion)?.[1];
  if (!amiType.startsWith("AL2023") || minor === undefined) return [];
  return when(minor !== version, () => ({
    path: `${path}.releaseVersion`,
    given: `"${releaseVersion}", of Kubernetes ${minor}`,
    allowed: `a release of Kubernetes ${version} (cluster.version)`,
    fix: "remove it, or write a release of that minor: EKS refuses nodes of another one here",
  }));
}

interface Release {
  readonly releaseVersion?: string | undefined;
  readonly amiType: string;
}

/** Kubernetes version that an Amazon Linux image release is of: `1.36.0-20260901`. Releases of Bottlerocket count for themselves. */
const nodeReleases: Rule<CoreSettings> = ({ cluster }) =>
  runAll(
    Object.keys(cluster.nodeGroups).map((name) => (groups: NodeGroups) => {
      const group = groups[name];
      return group === undefined
        ? []
        : releaseProblems(`cluster.nodeGroups.${name}`, group, cluster.version);
    }),
    cluster.nodeGroups,
  );

/** "Version skew policy" of Kubernetes: kube-proxy is not newer than the API server, and at most three minors older. */
const kubeProxySkew: Rule<CreatedClusterSettings> = ({ cluster }) => {
  const { kubeProxy } = cluster.addOns;
  if (kubeProxy === undefined) return [];
  const behind = minorOf(cluster.version) - minorOf(kubeProxy);
  return when(behind < 0 || behind > 3, () => ({
    path: "cluster.addOns.kubeProxy",
    given: `"${kubeProxy}", with cluster.version ${cluster.version}`,
    allowed: `1.${minorOf(cluster.version) - 3} to ${cluster.version}`,
    fix: "remove it for the default of the minor, or paste the output addon_versions of stack network after that upgrade",
  }));
};

/** What follows: clusters that are made here have the upgrade policy STANDARD, and no extended support. */
const AFTER: Readonly<Record<CoreSettings["cluster"]["kind"], string>> = {
  created:
    "EKS then raises the cluster by one minor by itself, without its nodes, and plans are refused until cluster.version says so: raise it before (docs/runbook.md, Kubernetes minor).",
  existing:
    "Its upgrade policy says what follows: EKS raises it by one minor by itself, or it costs about $365 a month more. Raise it before.",
};

const clusterSupport: Warning<CoreSettings> = ({
  cluster: { kind, version },
}) => {
  const minor = minorOf(version);
  const end = endOf("Amazon EKS", version);
  if (minor > KUBERNETES.newest)
    return [
      `Kubernetes ${version} is newer than 1.${KUBERNETES.newest} and was not checked with this release.`,
    ];
  if (minor < KUBERNETES.oldest && kind === "existing")
    return [
      `Kubernetes ${version} is older than 1.${KUBERNETES.oldest} and was not checked with this release; in extended support a cluster costs about $365 a month more.`,
    ];
  // Synth says the same on every day: it speaks of the oldest minor, and `npm run check` of days.
  return minor > KUBERNETES.oldest || end === undefined
    ? []
    : [
        `Standard support of Kubernetes ${version} ends on ${end}. ${AFTER[kind]}`,
      ];
};

/** Over every environment. */
export const versionRules = [existingVersion, nodeReleases];

/** Over a cluster that is made here. */
export const createdVersionRules = [clusterVersion, kubeProxySkew];
export const versionWarnings = [clusterSupport];
