import { architectureOf } from "../../lib/instance-type";
import { kebab } from "../../lib/names";
import { type Problem } from "../../lib/problem";
import { type Rule, type Warning, runAll, when } from "../../settings/rule";
import {
  autoscalerOf,
  desiredSizeOf,
  hasAutoscaler,
  isAutoscaled,
  isScalable,
} from "../cluster/autoscaled-groups";
import { type ExistingClusterSettings } from "../kinds";
import { type PlatformFacts, needsOf } from "../facts";
import { type CoreSettings } from "../settings/schema";

type Groups = ExistingClusterSettings["cluster"]["nodeGroups"];
type NodeGroup = NonNullable<Groups["system"] | Groups["build"]>;

type GroupRule = (
  path: string,
  group: NodeGroup,
  isScaled: boolean,
) => Problem[];

/** A rule for each group of the map, so that a broken group hides only its own problems. */
const ofEachGroup =
  (rule: GroupRule): Rule<CoreSettings> =>
  ({ cluster }) =>
    runAll(
      Object.keys(cluster.nodeGroups).map((name) => (groups: Groups) => {
        const group: NodeGroup | undefined = groups[name];
        const path = `cluster.nodeGroups.${name}`;
        return group === undefined
          ? []
          : rule(path, group, isAutoscaled({ cluster }, name));
      }),
      cluster.nodeGroups,
    );

const GROUP_NAME = /^(?=.{2,20}$)[a-z][A-Za-z0-9]*(-[a-z0-9]+)*$/;

/** Names of AWS and addresses of Terraform are made of it: `buildArm64` becomes `build-arm64`. */
const nameOfGroup: Rule<CoreSettings> = ({ cluster: { nodeGroups } }) => {
  const taken = new Map<string, string>();
  return Object.keys(nodeGroups).flatMap((name) => {
    const path = `cluster.nodeGroups.${name}`;
    const same = taken.get(kebab(name));
    taken.set(kebab(name), name);
    return [
      ...when(!GROUP_NAME.test(name), () => ({
        path,
        given: `the name "${name}"`,
        allowed:
          "2 to 20 letters, digits and single hyphens, a lower-case letter first",
        fix: "choose another name for this group, such as batch",
      })),
      ...when(same !== undefined, () => ({
        path,
        given: `the name "${name}", in AWS the same as ${same ?? ""}`,
        allowed: "names that differ when written in lower case with hyphens",
        fix: "choose another name for one of the two groups",
      })),
    ];
  });
};

/** Terraform owns all three numbers, but for the second of a group that is autoscaled. */
const sizesInOrder: GroupRule = (path, group, isScaled) => {
  const { minSize, maxSize } = group;
  const desiredSize = desiredSizeOf(group);
  return when(minSize > desiredSize || desiredSize > maxSize, () => ({
    path,
    given: `minSize ${minSize}, desiredSize ${desiredSize}, maxSize ${maxSize}`,
    allowed: "minSize ≤ desiredSize ≤ maxSize",
    fix: isScaled
      ? "put the three in order; without desiredSize the group starts with minSize"
      : "put the three in order; nothing changes them at run time",
  }));
};

const startsEmpty = (
  { nodeGroups }: { readonly nodeGroups: Groups },
  name: string,
): boolean => nodeGroups[name]?.minSize === 0;

/** Nothing would ever start the first node. */
const nothingStartsNodes: Rule<CoreSettings> = ({ cluster }) =>
  Object.keys(cluster.nodeGroups).flatMap((name) =>
    when(
      startsEmpty(cluster, name) && !isAutoscaled({ cluster }, name),
      () => ({
        path: `cluster.nodeGroups.${name}.minSize`,
        ...(isScalable(name) && cluster.kind === "created"
          ? {
              given: "0, without cluster.autoscaler",
              allowed:
                "1 or more; 0 with cluster.autoscaler, which starts nodes",
              fix: "write 1 or more, and no desiredSize below it; or add cluster.autoscaler: {}",
            }
          : {
              given: "0",
              allowed: "1 or more: nothing scales a group of this name",
              fix: "write 1 or more, and no desiredSize below it",
            }),
      }),
    ),
  );

/** An image of one architecture does not start on the other. */
const imageFitsInstances: GroupRule = (path, { amiType, instanceTypes }) => {
  const image = amiType.includes("ARM") ? "arm64" : "amd64";
  return instanceTypes.flatMap((instanceType, index) =>
    when(architectureOf(instanceType) !== image, () => ({
      path: `${path}.instanceTypes[${index}]`,
      given: `"${instanceType}" (${architectureOf(instanceType)}), with amiType ${amiType}`,
      allowed: `${image} instance types`,
      fix: `choose ${image} instances, or the other amiType`,
    })),
  );
};

/** Other images have no such setting at boot. */
const namespacesOfBottlerocket: GroupRule = (
  path,
  { amiType, maxUserNamespaces },
) =>
  when(
    maxUserNamespaces !== undefined && !amiType.startsWith("BOTTLEROCKET"),
    () => ({
      path: `${path}.maxUserNamespaces`,
      given: `${maxUserNamespaces}, with amiType ${amiType}`,
      allowed: "nothing, except with a Bottlerocket amiType",
      fix: "remove it: AL2023 has enough user namespaces",
    }),
  );

/** What any group of nodes has to keep, at the path it stands at. */
export const groupProblems: GroupRule = (...group) =>
  [sizesInOrder, imageFitsInstances, namespacesOfBottlerocket].flatMap((rule) =>
    rule(...group),
  );

/** Auto Scaling starts the nodes: without the key it gives up after 25 minutes, and its message does not name the key. */
const keysOfVolumes: Warning<CoreSettings> = ({ cluster }) => {
  const nodeGroups: Groups = cluster.nodeGroups;
  const paths = Object.keys(nodeGroups).flatMap((name) =>
    nodeGroups[name]?.volumeKmsKeyArn === undefined
      ? []
      : [`cluster.nodeGroups.${name}.volumeKmsKeyArn`],
  );
  return keysWarning(paths);
};

/** Sentence about keys of node volumes, by their paths. */
export const keysWarning = (paths: readonly string[]): string[] =>
  paths.length === 0
    ? []
    : [
        `${paths.join(", ")}: the key's policy must let the role AWSServiceRoleForAutoScaling of this account use the key and create grants, or no node starts (docs/runbook.md, Troubleshooting, has the statements).`,
      ];

/** A controller that may touch nothing is not installed. */
export const nothingToScale = (
  settings: CoreSettings,
  facts: readonly PlatformFacts[],
): string[] =>
  autoscalerOf(settings) !== undefined &&
  !hasAutoscaler(settings, needsOf(facts))
    ? [
        "cluster.autoscaler has nothing to scale, so it is not installed: of cluster.nodeGroups it scales build and buildArm64 only.",
      ]
    : [];

export const nodeGroupWarnings = [keysOfVolumes];
export const nodeGroupRules = [
  nameOfGroup,
  ofEachGroup(sizesInOrder),
  nothingStartsNodes,
  ofEachGroup(imageFitsInstances),
  ofEachGroup(namespacesOfBottlerocket),
];
