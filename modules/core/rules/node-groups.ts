import { architectureOf } from "../../lib/instance-type";
import { kebab } from "../../lib/names";
import { type Problem } from "../../lib/problem";
import { type Rule, type Warning, runAll, when } from "../../settings/rule";
import { type CoreSettings } from "../settings/schema";

type NodeGroup = CoreSettings["cluster"]["nodeGroups"][string];

/** A rule for each group of the map, so that a broken group hides only its own problems. */
const ofEachGroup =
  (rule: (path: string, group: NodeGroup) => Problem[]): Rule<CoreSettings> =>
  ({ cluster: { nodeGroups } }) =>
    runAll(
      Object.keys(nodeGroups).map((name) => (groups: typeof nodeGroups) => {
        const group = groups[name];
        return group === undefined
          ? []
          : rule(`cluster.nodeGroups.${name}`, group);
      }),
      nodeGroups,
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

/** Terraform owns all three numbers. */
const sizesInOrder = ofEachGroup((path, { minSize, desiredSize, maxSize }) =>
  when(minSize > desiredSize || desiredSize > maxSize, () => ({
    path,
    given: `minSize ${minSize}, desiredSize ${desiredSize}, maxSize ${maxSize}`,
    allowed: "minSize ≤ desiredSize ≤ maxSize",
    fix: "put the three in order; nothing changes them at run time",
  })),
);

/** An image of one architecture does not start on the other. */
const imageFitsInstances = ofEachGroup((path, { amiType, instanceTypes }) => {
  const image = amiType.includes("ARM") ? "arm64" : "amd64";
  return instanceTypes.flatMap((instanceType, index) =>
    when(architectureOf(instanceType) !== image, () => ({
      path: `${path}.instanceTypes[${index}]`,
      given: `"${instanceType}" (${architectureOf(instanceType)}), with amiType ${amiType}`,
      allowed: `${image} instance types`,
      fix: `choose ${image} instances, or the other amiType`,
    })),
  );
});

/** Other images have no such setting at boot. */
const namespacesOfBottlerocket = ofEachGroup(
  (path, { amiType, maxUserNamespaces }) =>
    when(
      maxUserNamespaces !== undefined && !amiType.startsWith("BOTTLEROCKET"),
      () => ({
        path: `${path}.maxUserNamespaces`,
        given: `${maxUserNamespaces}, with amiType ${amiType}`,
        allowed: "nothing, except with a Bottlerocket amiType",
        fix: "remove it: AL2023 has enough user namespaces",
      }),
    ),
);

/** Auto Scaling starts the nodes: without the key it gives up after 25 minutes, and its message does not name the key. */
const keysOfVolumes: Warning<CoreSettings> = ({ cluster: { nodeGroups } }) => {
  const paths = Object.keys(nodeGroups).flatMap((name) =>
    nodeGroups[name]?.volumeKmsKeyArn === undefined
      ? []
      : [`cluster.nodeGroups.${name}.volumeKmsKeyArn`],
  );
  return paths.length === 0
    ? []
    : [
        `${paths.join(", ")}: the key's policy must let the role AWSServiceRoleForAutoScaling of this account use the key and create grants, or no node starts (docs/runbook.md, Troubleshooting, has the statements).`,
      ];
};

export const nodeGroupWarnings = [keysOfVolumes];
export const nodeGroupRules = [
  nameOfGroup,
  sizesInOrder,
  imageFitsInstances,
  namespacesOfBottlerocket,
];
