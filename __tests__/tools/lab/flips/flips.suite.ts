import { EFFECTS } from "../../../../modules/effects/table";
import { effectOf } from "../../../../modules/effects/notices";
import { changesPage } from "../../../../tools/lab/flips/page";
import {
  FLIPS,
  type FlipLine,
  patchOf,
  valueAt,
} from "../../../../tools/lab/flips/flips";
import { type Flipped } from "../../../../tools/lab/flips/found";
import { labSettings } from "../../../../tools/lab/settings";
import { settingsSchema, withDefaults } from "../../../../modules/schema";

const all = [...FLIPS.current, ...FLIPS.classic];

test("there are sixty, each of a setting that the runbook's table has, and of each effect that it names", () => {
  expect(all).toHaveLength(60);
  const rows = all.map(({ setting }) => effectOf(setting));
  expect(rows).not.toContain(undefined);
  expect(new Set(rows.map((row) => row?.does))).toEqual(
    new Set(EFFECTS.map(({ does }) => does)),
  );
});

test("each section of an environment with Wave is met", () => {
  const sections = new Set(all.map(({ setting }) => setting.split(".")[0]));
  expect([...sections]).toEqual(
    expect.arrayContaining([
      ...["access", "backend", "charts", "cluster", "data", "dns", "iam"],
      ...["name", "network", "region", "retain", "tags", "wave"],
    ]),
  );
});

test.each(["current", "classic"] as const)(
  "each flip of %s changes the value that is there",
  (line: FlipLine) => {
    const applied = settingsSchema.parse(
      withDefaults(
        labSettings(line, { retain: true, hostedZoneId: "Z0123456789" }),
      ),
    );
    const idle = FLIPS[line].filter(
      ({ setting, to }) =>
        JSON.stringify(valueAt(applied, setting) ?? null) ===
        JSON.stringify(to),
    );
    expect(idle).toEqual([]);
  },
);

test("a patch has the setting, and what goes with it in the same section", () => {
  expect(
    patchOf({ setting: "a.b", to: 1, also: { "a.c.d": 2, e: null } }),
  ).toEqual({ a: { b: 1, c: { d: 2 } }, e: null });
});

const NOTICE = "AWS provider 5 stands in for 6";

describe("the page", () => {
  const found = (more: Partial<Flipped>): Flipped => ({
    ...{
      flip: { setting: "tags.a", to: "b" },
      from: undefined,
    },
    ...{ word: "nothing", plans: [], waits: [], notPlanned: [], ...more },
  });
  const page = (...flipped: Flipped[]) =>
    changesPage([
      {
        ...{ line: "current", version: "1.37.0", flipped, plans: 3 },
        ...{ seconds: 7, date: "2026-11-29", commit: "0123456789abcdef" },
        ...{ program: "Terraform 1", notices: [NOTICE] },
      },
    ]);

  test("names commit and date, and what stood in for something", () => {
    expect(page()).toContain("2026-11-29 at commit `01234567`");
    expect(page()).toContain(`- ${NOTICE}`);
  });

  test("says aloud what was not planned", () => {
    expect(page()).not.toContain("Not planned");
    const text = page(found({ notPlanned: ["workloads"] }));
    expect(text).toContain("**Not planned**: `workloads`");
    expect(text).toContain("`workloads` differs, not planned");
  });

  test("has a row with the change, the effect, and what each stack's plan says", () => {
    const text = page(
      found({
        word: "replaced",
        waits: ["workloads"],
        plans: [
          {
            ...{ stack: "network", word: "replaced", outputs: ["vpc_id"] },
            groups: [
              {
                ...{ kind: "replaced", type: "aws_eks_node_group" },
                ...{ addresses: ["a", "b"], attributes: ["instance_types"] },
              },
            ],
          },
        ],
      }),
    );
    expect(text).toContain(
      "| `tags.a` | _absent_ → `b` | **replaced** | rolls nodes | `network`: 2 replaced (`aws_eks_node_group` instance_types), outputs `vpc_id`<br>`workloads` waits |",
    );
  });

  test("a refusal says by whom, and no value breaks the table", () => {
    const text = page(
      found({
        word: "refused",
        refusal: { by: "a plan", stack: "network", sentence: "a | b" },
      }),
    );
    expect(text).toContain("`network`: refused by a plan: a \\| b |");
  });
});
