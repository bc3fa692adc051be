import { type Settings } from "../../../modules/schema";
import {
  changesBesidesAccess,
  plannedChanges,
  stacksFor,
} from "../../../tools/operate/pipeline/pipeline";
import {
  deliverySettings,
  emgSettings,
  exampleSettings,
  platformsSettings,
} from "../../support/settings";
import { synthApp } from "../../support/synth";

test.each<[string, Settings, string]>([
  ["Wave", exampleSettings(), "network data identity workloads"],
  [
    "pipelines",
    platformsSettings(),
    "network data identity workloads compute-env",
  ],
  ["services", deliverySettings(), "network data identity workloads delivery"],
  ["Prefect", emgSettings(), "network data identity workloads emg"],
])(
  "C02: stacks of %s come after those that they read",
  (_, settings, expected) => {
    const all = stacksFor(settings, "deploy and configure");
    expect(all.join(" ")).toBe(expected);
    expect(stacksFor(settings, "configure")).toEqual(
      all.filter((id) => id !== "data"),
    );
  },
);

test("C02: only network makes the cluster and its nodes, and it deploys no chart", () => {
  const stacks = synthApp(deliverySettings());
  const typesOf = (stack: string) => Object.keys(stacks[stack]?.resource ?? {});
  const machines = ["aws_eks_cluster", "aws_eks_node_group"];
  for (const stack of ["identity", "workloads", "delivery"])
    expect(typesOf(stack).filter((type) => machines.includes(type))).toEqual(
      [],
    );
  expect(typesOf("network")).toEqual(expect.arrayContaining(machines));
  expect(typesOf("network")).not.toContain("helm_release");
});

const plan = (type: string, ...actions: string[]) =>
  JSON.stringify({
    resource_changes: [{ address: `${type}.one`, type, change: { actions } }],
  });

test.each([
  plan("aws_eks_access_entry", "create"),
  plan("aws_eks_access_policy_association", "delete", "create"),
  plan("aws_eks_node_group", "no-op"),
  plan("aws_caller_identity", "read"),
  JSON.stringify({}),
])("C66: users may change, or nothing: %s", (text) => {
  expect(changesBesidesAccess(text)).toEqual([]);
});

test.each([
  ["aws_eks_node_group", "update"],
  ["aws_eks_cluster", "delete,create"],
  ["aws_subnet", "delete"],
  ["aws_kms_key", "forget"],
])("C66: %s may not: %s", (type, actions) => {
  expect(changesBesidesAccess(plan(type, ...actions.split(",")))).toEqual([
    `${actions} ${type}.one`,
  ]);
});

test("lines of a plan have stacks, actions and addresses, and no values; a stack that waits says so", () => {
  const document = {
    environment: "prod",
    stacks: [
      {
        ...{ stack: "network", state: "planned", created: 1 },
        changes: [
          { address: "aws_vpc.main", action: "update" },
          { address: "aws_eip.nat", action: "create" },
        ],
        meanings: [{ kind: "rolls nodes", text: "rolls nodes" }],
      },
      { stack: "data", state: "planned", changes: [] },
      { stack: "workloads", state: "waits", waitsFor: "data" },
    ],
  };
  expect(plannedChanges(JSON.stringify(document))).toEqual([
    "network create aws_eip.nat",
    "network update aws_vpc.main",
    "workloads waits",
  ]);
});
