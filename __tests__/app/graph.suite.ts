import { tmpdir } from "node:os";
import { isCreatedCluster } from "../../modules/core/kinds";
import { projectFile } from "../../modules/lib/project-file";
import { environmentOf } from "../support/environment";
import {
  ALL_OURS,
  companyVpcSettings,
  existingSettings,
} from "../support/existing";
import { GRAPH_CHECKS } from "../support/graph-checks";
import { exampleSettings } from "../support/settings";
import { SHAPES } from "../support/shapes";
import { synthApp } from "../support/synth";

const shapes = Object.entries(SHAPES).map(
  ([name, settings]) => [name, environmentOf(settings())] as const,
);
const checks = Object.entries(GRAPH_CHECKS);

/** Where cluster and provider are somebody else's these two hold nothing that could not be made again. */
const NOT_GUARDED = ["network", "identity"];

describe.each(shapes)("%s", (_name, { settings, stacks, order }) => {
  const guardedStacks = Object.entries(stacks).filter(
    ([id]) => isCreatedCluster(settings) || !NOT_GUARDED.includes(id),
  );

  test("the stacks are exactly the four names, in the order of their dependencies", () => {
    const sorted = Object.fromEntries(
      Object.entries(order).map(([id, before]) => [id, [...before].sort()]),
    );
    expect(sorted).toEqual({
      network: [],
      data: ["network"],
      identity: ["data", "network"],
      workloads: ["data", "identity", "network"],
    });
    expect(Object.keys(stacks).sort()).toEqual(Object.keys(order).sort());
  });

  test("workloads reads all three of the other stacks", () => {
    const reads = JSON.stringify(stacks.workloads).match(
      /terraform_remote_state\.(network|data|identity)\./g,
    );
    expect(new Set(reads).size).toBe(3);
  });

  test.each(guardedStacks)(
    "one prevent_destroy refuses the whole stack %s while retain is on",
    (_id, stack) => {
      const guarded = Object.values(stack.resource ?? {})
        .flatMap((instances) => Object.values(instances))
        .filter(
          (body) =>
            (body.lifecycle as { prevent_destroy?: boolean } | undefined)
              ?.prevent_destroy === true,
        );
      expect(guarded.length).toBeGreaterThan(0);
    },
  );

  test.each(Object.entries(stacks))(
    "stack %s has no required_version and no list block, so that scanners read it",
    (_id, stack) => {
      expect(stack.terraform).not.toHaveProperty("required_version");
      for (const block of ["moved", "import", "removed"])
        expect(stack).not.toHaveProperty(block);
    },
  );

  test("only the typed kinds: no kubernetes_manifest, no unversioned kind but the autoscaler v2", () => {
    const kinds = Object.values(stacks)
      .flatMap(({ resource }) => Object.keys(resource ?? {}))
      .filter((type) => type.startsWith("kubernetes_"));
    expect(kinds.length).toBeGreaterThan(0);
    expect(kinds.filter((type) => !/_v1$/.test(type))).toEqual([
      "kubernetes_horizontal_pod_autoscaler_v2",
    ]);
  });
});

/** Those that no example shows. */
const others = [
  ["in a company's VPC", environmentOf(companyVpcSettings())],
  [
    "on a cluster that exists, with nodes, access and controllers of ours",
    environmentOf(existingSettings(ALL_OURS)),
  ],
] as const;

describe.each([...shapes, ...others])("%s", (_name, environment) => {
  test.each(checks)("%s", (_sentence, check) => {
    expect(check(environment)).toEqual([]);
  });
});

test("with retain off nothing is left that refuses a destroy", () => {
  const text = JSON.stringify(synthApp(exampleSettings({ retain: false })));
  expect(text).not.toContain('"prevent_destroy":true');
  expect(text).not.toContain('"deletion_protection":true');
});

test("two synths are byte-identical, and hold no absolute path", () => {
  const text = JSON.stringify(shapes[0]?.[1].stacks);
  expect(JSON.stringify(environmentOf(exampleSettings()).stacks)).toBe(text);
  for (const path of [projectFile(), tmpdir(), process.env.HOME ?? "/root"])
    expect(text).not.toContain(`${path}/`);
});
