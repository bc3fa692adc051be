import { currentSettings } from "../../../support/settings";
import { readPlan, worst } from "../../../../tools/lab/flips/effect";

const settings = currentSettings();

type Values = Record<string, unknown>;

/** A change as a plan's JSON has it. */
const change = (
  type: string,
  actions: string[],
  before: Values | null = {},
  after: Values | null = {},
  unknown: Values = {},
) => ({
  ...{ address: `${type}.one`, type, mode: "managed" },
  change: { actions, before, after, after_unknown: unknown },
});

const wordOf = (...changes: object[]) =>
  readPlan("network", JSON.stringify({ resource_changes: changes }), settings)
    .word;

const REPLACE = ["delete", "create"];
const UPDATE = ["update"];

/** Pods of a template, so many. */
const pods = (image: string, replicas = 3, strategy = "RollingUpdate") => ({
  spec: [
    { replicas, strategy: [{ type: strategy }], template: [{ spec: image }] },
  ],
});
const DEPLOYMENT = "kubernetes_deployment_v1";

test.each([
  ["nothing, when nothing changes", [change("aws_vpc", ["no-op"])], "nothing"],
  [
    "nothing, when data is read only",
    [{ ...change("aws_vpc", ["read"]), mode: "data" }],
    "nothing",
  ],
  [
    "in place, for a tag",
    [change("aws_vpc", UPDATE, { tags: 1 }, { tags: 2 })],
    "in place",
  ],
  ["in place, for a new one", [change("aws_eip", ["create"])], "in place"],
  ["in place, for one less", [change("aws_eip", ["delete"])], "in place"],
  [
    "in place, for the size of a group of nodes",
    [change("aws_eks_node_group", UPDATE, { size: 1 }, { size: 2 })],
    "in place",
  ],
  [
    "nodes roll with another launch template",
    [
      change(
        "aws_eks_node_group",
        UPDATE,
        { launch_template: [{ version: "1" }] },
        { launch_template: [{}] },
        { launch_template: [{ version: true }] },
      ),
    ],
    "rolling (nodes)",
  ],
  [
    "pods roll with another template",
    [change(DEPLOYMENT, UPDATE, pods("a"), pods("b"))],
    "rolling (pods)",
  ],
  [
    "in place, for a number of pods",
    [change(DEPLOYMENT, UPDATE, pods("a", 3), pods("a", 4))],
    "in place",
  ],
  [
    "pods roll with other values of a release",
    [change("helm_release", UPDATE, { values: 1 }, { values: 2 })],
    "rolling (pods)",
  ],
  [
    "interrupted, where one pod ends before the next one starts",
    [
      change(
        DEPLOYMENT,
        UPDATE,
        pods("a", 1, "Recreate"),
        pods("b", 1, "Recreate"),
      ),
    ],
    "interrupts",
  ],
  ["replaced", [change("aws_eks_node_group", REPLACE)], "replaced"],
  [
    "interrupted, when the load balancer is another one",
    [change("kubernetes_ingress_v1", ["create", "delete"])],
    "interrupts",
  ],
  [
    "interrupted, when the database is made larger",
    [
      change(
        "aws_db_instance",
        UPDATE,
        { instance_class: "a", multi_az: false },
        { instance_class: "b", multi_az: false },
      ),
    ],
    "interrupts",
  ],
  [
    "interrupted, when data goes",
    [change("aws_db_instance", ["delete"])],
    "interrupts",
  ],
  [
    "what does most",
    [
      change("aws_eip", ["create"]),
      change("aws_eks_node_group", REPLACE),
      change("aws_vpc", ["no-op"]),
    ],
    "replaced",
  ],
])("%s", (_, changes, expected) => {
  expect(wordOf(...changes)).toBe(expected);
});

test("outputs that change are named: what reads them has another plan after the deploy", () => {
  const { outputs, word } = readPlan(
    "network",
    JSON.stringify({
      output_changes: {
        same: { actions: ["no-op"] },
        other: { actions: ["update"] },
      },
    }),
    settings,
  );
  expect(outputs).toEqual(["other"]);
  expect(word).toBe("nothing");
});

test("of several stacks the one that does most counts, and refused is more than all", () => {
  expect(worst([])).toBe("nothing");
  expect(worst(["in place", "interrupts", "replaced"])).toBe("interrupts");
  expect(worst(["refused", "interrupts"])).toBe("refused");
});
