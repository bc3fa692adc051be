import { App } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApp } from "../../modules/app";
import { projectFile } from "../../modules/lib/project-file";
import { addressesOf, dependenciesOf, stringsOf } from "../support/graph";
import { exampleSettings } from "../support/settings";
import { synthApp } from "../support/synth";

const stacks = synthApp();
const stackEntries = Object.entries(stacks);

test("the stacks are exactly the four names, in the order of their dependencies", () => {
  expect(Object.keys(stacks).sort()).toEqual([
    "data",
    "identity",
    "network",
    "workloads",
  ]);
  const outdir = mkdtempSync(join(tmpdir(), "wave-order-"));
  try {
    const app = new App({ outdir });
    buildApp(exampleSettings(), app).synth();
    const manifest = JSON.parse(
      readFileSync(join(outdir, "manifest.json"), "utf8"),
    ) as {
      stacks: Record<string, { dependencies: string[] }>;
    };
    const order = Object.fromEntries(
      Object.entries(manifest.stacks).map(([id, { dependencies }]) => [
        id,
        [...dependencies].sort(),
      ]),
    );
    expect(order).toEqual({
      network: [],
      data: ["network"],
      identity: ["data", "network"],
      workloads: ["data", "identity", "network"],
    });
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

describe.each(stackEntries)("stack %s", (_id, stack) => {
  const strings = [...stringsOf(stack)];

  test("CDK-D1, D2: holds no token marker", () => {
    const markers = strings.filter(([, text]) =>
      /TfToken\[|e\+298|\$\{Token\[/.test(text),
    );
    expect(markers).toEqual([]);
  });

  test("CDK-E1, E3: has no automatic cross-stack output, and no sensitive one", () => {
    const outputs = Object.entries(stack.output ?? {});
    expect(
      outputs.filter(
        ([name, { sensitive }]) =>
          name.startsWith("cross-stack-output-") || sensitive === true,
      ),
    ).toEqual([]);
    expect(JSON.stringify(stack)).not.toContain("cross-stack-");
  });

  test("CDK-L10: every reference and every depends_on names something in the stack", () => {
    const declared = new Set(addressesOf(stack));
    const dangling = [...dependenciesOf(stack)].flatMap(([from, targets]) =>
      [...targets]
        .filter((target) => !declared.has(target))
        .map((target) => `${from} → ${target}`),
    );
    expect(dangling).toEqual([]);
  });

  test("CDK-L10: has no cycle", () => {
    const graph = dependenciesOf(stack);
    const done = new Set<string>();
    const visit = (address: string, trail: string[]): string[] => {
      if (trail.includes(address))
        return [...trail.slice(trail.indexOf(address)), address];
      if (done.has(address)) return [];
      for (const next of graph.get(address) ?? []) {
        const cycle = visit(next, [...trail, address]);
        if (cycle.length > 0) return cycle;
      }
      done.add(address);
      return [];
    };
    expect([...graph.keys()].flatMap((address) => visit(address, []))).toEqual(
      [],
    );
  });

  test("CDK-C4: no two constructs were merged into one resource", () => {
    const paths = Object.values(stack.resource ?? {})
      .flatMap((instances) => Object.values(instances))
      .map(
        (body) => (body["//"] as { metadata: { path: string } }).metadata.path,
      );
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths)
      expect(path).toMatch(/^[a-z]+(\/([a-z0-9][a-z0-9-]*|Default))+$/);
  });

  test("DEC-02: one prevent_destroy refuses the whole stack while retain is on", () => {
    const guarded = Object.values(stack.resource ?? {})
      .flatMap((instances) => Object.values(instances))
      .filter(
        (body) =>
          (body.lifecycle as { prevent_destroy?: boolean } | undefined)
            ?.prevent_destroy === true,
      );
    expect(guarded.length).toBeGreaterThan(0);
  });

  test("CDK-J8, FIG-12: no required_version, no list block, so that scanners read it", () => {
    expect(stack.terraform).not.toHaveProperty("required_version");
    for (const block of ["moved", "import", "removed"])
      expect(stack).not.toHaveProperty(block);
  });
});

test("DEC-01: with retain off nothing is left that refuses a destroy", () => {
  const text = JSON.stringify(synthApp(exampleSettings({ retain: false })));
  expect(text).not.toContain('"prevent_destroy":true');
  expect(text).not.toContain('"deletion_protection":true');
});

test("CDK-E2: every output a consumer reads is written by its producer", () => {
  const missing = stackEntries.flatMap(([consumer, stack]) =>
    [...stringsOf(stack)].flatMap(([, text]) =>
      [
        ...text.matchAll(
          /data\.terraform_remote_state\.([a-z]+)\.outputs\.([a-z_]+)/g,
        ),
      ]
        .filter(
          ([, producer = "", output = ""]) =>
            stacks[producer]?.output?.[output] === undefined,
        )
        .map(([reference]) => `${consumer}: ${reference}`),
    ),
  );
  expect(missing).toEqual([]);
  const reads = JSON.stringify(stacks.workloads).match(
    /terraform_remote_state\.(network|data|identity)\./g,
  );
  expect(new Set(reads).size).toBe(3);
});

test("two synths are byte-identical, and hold no absolute path (FIG-11)", () => {
  const again = synthApp();
  expect(JSON.stringify(again)).toBe(JSON.stringify(stacks));
  const text = JSON.stringify(stacks);
  for (const path of [
    projectFile(),
    tmpdir() + "/",
    process.env.HOME ?? "/root",
  ])
    expect(text).not.toContain(`${path}/`);
});

test("only the typed kinds: no kubernetes_manifest, no unversioned kind but the autoscaler v2 (DEC-14)", () => {
  const kinds = resourceTypes().filter((type) =>
    type.startsWith("kubernetes_"),
  );
  expect(kinds.length).toBeGreaterThan(0);
  expect(kinds.filter((type) => !/_v1$/.test(type))).toEqual([
    "kubernetes_horizontal_pod_autoscaler_v2",
  ]);
});

function resourceTypes(): string[] {
  return stackEntries
    .flatMap(([, stack]) => Object.keys(stack.resource ?? {}))
    .sort();
}
