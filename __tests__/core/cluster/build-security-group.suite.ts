import {
  addressAt,
  needsOf,
  networkOf,
  resourceAt,
} from "../../support/network";
import { currentSettings, liteSettings } from "../../support/settings";
import { resourcesOf } from "../../support/synth";

const stack = networkOf();
const current = networkOf(
  {
    cluster: {
      nodeGroups: {
        buildArm64: {
          instanceTypes: ["m7g.2xlarge"],
          amiType: "AL2023_ARM_64_STANDARD",
          minSize: 1,
          desiredSize: 2,
          maxSize: 3,
        },
        batch: { minSize: 1, desiredSize: 1, maxSize: 1 },
      },
    },
  },
  currentSettings,
);
const templateIn = (group: string) =>
  resourceAt(current, "aws_launch_template", `nodes/${group}/launch-template`);

const GROUP = /^\$\{aws_security_group\.nodes_build-access_\w+\.id\}$/;

test("build groups have it alone, others none: EKS then gives them the cluster's", () => {
  for (const group of ["build", "build-arm64"])
    expect(templateIn(group).vpc_security_group_ids).toEqual([
      expect.stringMatching(GROUP),
    ]);
  for (const group of ["system", "batch"])
    expect(templateIn(group)).not.toHaveProperty("vpc_security_group_ids");
});

test("its rules come before the nodes, and stay longer", () => {
  const rules = ["ingress", "egress"].flatMap((direction) => {
    const type = `aws_vpc_security_group_${direction}_rule`;
    return Object.keys(resourcesOf(stack, type)).map((id) => `${type}.${id}`);
  });
  expect(rules.length).toBeGreaterThan(5);
  const needs = needsOf(
    stack,
    addressAt(stack, "aws_eks_node_group", "nodes/build"),
  );
  expect(rules.filter((rule) => !needs.has(rule))).toEqual([]);
});

test("without builds there is none", () => {
  const lite = networkOf({}, liteSettings);
  expect(lite.resource).not.toHaveProperty("aws_security_group");
  expect(lite.output).not.toHaveProperty("build_security_group_id");
});
