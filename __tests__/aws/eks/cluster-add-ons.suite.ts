import { AfterComputeAddOns } from "../../../modules/aws/eks/cluster-add-ons";
import {
  addressAt,
  needsOf,
  networkOf,
  resourceAt,
} from "../../support/network";
import { resourcesOf, synthOne } from "../../support/synth";

const stack = networkOf();
const beforeNodes = [
  "node-add-ons/vpc-cni",
  "node-add-ons/kube-proxy",
  "node-add-ons/pod-identity-agent",
];
const afterNodes = ["pod-add-ons/coredns", "pod-add-ons/metrics-server"];
const configurationOf = (path: string): unknown =>
  JSON.parse(
    resourceAt(stack, "aws_eks_addon", path).configuration_values as string,
  );

test("the five add-ons", () => {
  const names = Object.values(resourcesOf(stack, "aws_eks_addon")).map(
    ({ addon_name }) => addon_name,
  );
  expect(names.sort()).toEqual([
    "coredns",
    "eks-pod-identity-agent",
    "kube-proxy",
    "metrics-server",
    "vpc-cni",
  ]);
});

test("what nodes need comes before them, what needs nodes after", () => {
  const system = addressAt(stack, "aws_eks_node_group", "nodes/system");
  for (const path of beforeNodes) {
    const address = addressAt(stack, "aws_eks_addon", path);
    expect(needsOf(stack, address)).not.toContain(system);
    expect(needsOf(stack, system)).toContain(address);
  }
  for (const path of afterNodes)
    expect(needsOf(stack, addressAt(stack, "aws_eks_addon", path))).toContain(
      system,
    );
});

test("NetworkPolicies are enforced; the schema of the add-on wants text", () => {
  expect(configurationOf("node-add-ons/vpc-cni")).toEqual({
    enableNetworkPolicy: "true",
  });
});

test("CoreDNS keeps off the build nodes", () => {
  expect(configurationOf("pod-add-ons/coredns")).toEqual({
    nodeSelector: { service: "wave-system" },
  });
});

test("the version is looked up for the cluster's minor", () => {
  for (const addOn of Object.values(resourcesOf(stack, "aws_eks_addon")))
    expect(addOn.addon_version).toMatch(/^\$\{data\.aws_eks_addon_version\./);
  const looked = Object.values(stack.data?.aws_eks_addon_version ?? {});
  expect(looked).toHaveLength(5);
  for (const { kubernetes_version } of looked)
    expect(kubernetes_version).toBe("1.36");
});

test("a version of the settings is kept, and not looked up", () => {
  const pinned = networkOf({
    cluster: { addOns: { coreDns: "v1.12.4-eksbuild.1" } },
  });
  expect(
    resourceAt(pinned, "aws_eks_addon", "pod-add-ons/coredns").addon_version,
  ).toBe("v1.12.4-eksbuild.1");
  expect(Object.keys(pinned.data?.aws_eks_addon_version ?? {})).toHaveLength(4);
});

test("what somebody changed in the cluster is written over", () => {
  for (const addOn of Object.values(resourcesOf(stack, "aws_eks_addon")))
    expect(addOn).toMatchObject({
      resolve_conflicts_on_create: "OVERWRITE",
      resolve_conflicts_on_update: "OVERWRITE",
    });
});

test("without a node selector CoreDNS has no configuration, and runs on any node", () => {
  const alone = synthOne((bare) => {
    new AfterComputeAddOns(bare, "add-ons", {
      clusterName: "lab",
      kubernetesVersion: "1.36",
      dependsOn: [],
    });
  });
  for (const addOn of Object.values(resourcesOf(alone, "aws_eks_addon")))
    expect(addOn).not.toHaveProperty("configuration_values");
});
