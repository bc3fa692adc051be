import { overlaps } from "../../lib/ip-range";
import { namesOf } from "../../lib/names";
import { type Problem } from "../../lib/problem";
import {
  type ExclusiveFact,
  type NamedFact,
  type PlatformFacts,
} from "../facts";
import { when } from "../../settings/rule";
import { clusterNameOf } from "../cluster/cluster";
import { isCreatedNetwork, isExistingCluster } from "../kinds";
import { type CoreSettings } from "../settings/schema";
import { stateKey, workspaceName } from "../state/state-location";

/** An environment as its neighbours see it. */
export interface Neighbour {
  readonly settings: CoreSettings;
  /** What its platforms share with nobody. */
  readonly exclusives: readonly ExclusiveFact[];
  /** What its cluster has only once. */
  readonly onCluster: readonly ExclusiveFact[];
}

/** Another environment of the same folder. */
export interface Sibling extends Neighbour {
  /** Its file, such as `settings/dev.yaml`. */
  readonly source: string;
}

/** Whatever the account, for the place of the state is not bound to one. */
const stateFact = (settings: CoreSettings): ExclusiveFact => ({
  path: "backend",
  value: stateOf(settings),
  what: "state",
  fix: "give this environment another name or environment, or its own backend.keyPrefix or bucket: two environments in one state destroy each other",
});

/** Within one account. */
const nameFact = (settings: CoreSettings): ExclusiveFact => ({
  path: "environment",
  value: `${namesOf(settings).prefix} in ${settings.region}`,
  what: "beginning of every AWS name",
  fix: "change name or environment",
});

/** Within one account, of clusters that are made: without a name in the settings they are told apart by their beginning. */
const clusterFact = (settings: CoreSettings): ExclusiveFact[] =>
  isExistingCluster(settings)
    ? []
    : [
        {
          path: "cluster.name",
          value: `${clusterNameOf(settings)} in ${settings.region}`,
          what: "cluster",
          fix: "write another cluster.name in one of the two",
        },
      ];

/** Everything this environment would fight over with another one of the folder. */
export function collisionsWith(
  { settings, exclusives, onCluster }: Neighbour,
  siblings: readonly Sibling[],
): Problem[] {
  return siblings.flatMap(({ source, ...other }) => {
    const state = clashes(
      [stateFact(settings)],
      [stateFact(other.settings)],
      source,
    );
    if (other.settings.accountId !== settings.accountId) return state;
    const isNamed = [settings, other.settings].some(
      ({ cluster }) => cluster.name !== undefined,
    );
    const cluster = isNamed ? clusterFact : () => [];
    const shared = clashes(
      [nameFact(settings), ...cluster(settings), ...exclusives],
      [
        nameFact(other.settings),
        ...cluster(other.settings),
        ...other.exclusives,
      ],
      source,
    );
    return [
      ...state,
      ...shared,
      // Clusters that are made here have other names, or all names are the same.
      ...(isExistingCluster(settings)
        ? clashes(onCluster, other.onCluster, source)
        : []),
      ...sharedRange(settings, other.settings, source),
    ];
  });
}

function clashes(
  ours: readonly ExclusiveFact[],
  theirs: readonly ExclusiveFact[],
  source: string,
): Problem[] {
  const told = new Set<string>();
  return (
    ours
      .filter(({ what, value }) =>
        theirs.some((other) => other.what === what && other.value === value),
      )
      // A name that is shared in two ways is one name to change.
      .filter(({ path, value }) => {
        const key = `${path} ${value}`;
        return !told.has(key) && told.add(key);
      })
      .map(({ path, value, what, fix }) => ({
        path,
        given: `${value}, the ${what} of ${source} too`,
        allowed: `a ${what} that no other environment has`,
        fix,
      }))
  );
}

/** What two platforms of one environment both claim: reported at the later one. */
export function platformClashes(
  platforms: readonly PlatformFacts[],
): Problem[] {
  return platforms.flatMap((platform, index) =>
    platforms
      .slice(0, index)
      .flatMap((earlier) => [
        ...claimedTwice("namespace", platform.namespaces, earlier.namespaces),
        ...claimedTwice("host name", platform.hosts, earlier.hosts),
      ]),
  );
}

const claimedTwice = (
  what: string,
  ours: readonly NamedFact[],
  theirs: readonly NamedFact[],
): Problem[] =>
  ours.flatMap(({ path, name }) =>
    theirs
      .filter((other) => other.name === name)
      .map((other) => ({
        path,
        given: `"${name}", the ${what} of ${other.path} too`,
        allowed: `a ${what} that no other platform has`,
        fix: "choose another one for one of the two",
      })),
  );

/** Where an environment keeps its state. */
function stateOf(settings: CoreSettings): string {
  const { backend } = settings;
  switch (backend.kind) {
    case "s3":
      return `s3://${backend.bucket}/${stateKey(settings, "*")}`;
    case "cloud":
      return `${backend.hostname ?? "app.terraform.io"}/${backend.organization}/${workspaceName(settings, "*")}`;
    case "local":
      return `.state/${namesOf(settings).prefix}`;
  }
}

/** Equal ranges are fine for VPCs that never meet. Those that declare neighbours are connected, and so may meet. */
function sharedRange(
  settings: CoreSettings,
  other: CoreSettings,
  source: string,
): Problem[] {
  // Nobody chooses the ranges of a VPC that exists here.
  if (!isCreatedNetwork(settings) || !isCreatedNetwork(other)) return [];
  const { network } = settings;
  const connected =
    network.disjointFrom.length > 0 && other.network.disjointFrom.length > 0;
  if (!connected) return [];
  // Ranges of pods may be the same: addresses of pods are not seen outside of their VPC.
  const pairs: [path: string, ours: string | undefined, theirs?: string][] = [
    ["network.cidr", network.cidr, other.network.cidr],
    ["network.cidr", network.cidr, other.network.podCidr],
    ["network.podCidr", network.podCidr, other.network.cidr],
  ];
  return pairs.flatMap(([path, ours, theirs]) =>
    when(
      ours !== undefined && theirs !== undefined && overlaps(ours, theirs),
      () => ({
        path,
        given: `"${ours ?? ""}", which overlaps ${theirs ?? ""} of ${source}`,
        allowed:
          "ranges without a common address: both environments declare network.disjointFrom, so both are connected",
        fix: "choose another range for one of the two",
      }),
    ),
  );
}
