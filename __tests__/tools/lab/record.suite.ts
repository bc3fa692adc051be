import { DEFAULT_LANE } from "../../../modules/core/versions/lanes";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Evidence } from "../../../tools/operate/prove/evidence";
import { keepRecord, newestRecord, withProof } from "../../../tools/lab/record";

const row = (line: string, stack: string, resources: number) => ({
  line,
  stack,
  resources,
  seconds: 1,
  changes: 0,
  leftOvers: 0,
});

const record = {
  date: "2026-11-28",
  lane: DEFAULT_LANE,
  program: "Terraform 1.11.9",
  passed: 3,
  skipped: 1,
  seconds: 9,
  notices: [],
  stacks: [
    row("classic", "network", 60),
    { ...row("classic", "workloads", 40), changes: 2 },
  ],
};

const readme = "a\n<!-- proof: x -->\nold\n<!-- /proof -->\nb\n";

/** What README says of a rung. */
const rung = (text: string, name: string): string | undefined =>
  text
    .split("\n")
    .find((line) => line.includes(`| ${name} |`))
    ?.split(" | ")[1];

test("README has the run between its marks, and what kubectl sent is not called Terraform's", () => {
  const text = withProof(readme, record, { abuses: 7 });
  expect(text).toMatch(/^a\n<!-- proof: x -->\n[^]*\n<!-- \/proof -->\nb\n$/);
  expect(text).not.toContain("old");
  expect(rung(text, "an emulated AWS")).toMatch(
    /^60 resources \(classic\) applied by Terraform 1\.11\.9, 2 changes in the second plans, 0 left over after the destroy, 1 checks skipped .*7 abuses denied/,
  );
  expect(rung(text, "a real Kubernetes API")).toMatch(/^40 objects/);
});

test("real AWS: none yet, until there is evidence of it", () => {
  const before = withProof(readme, record, { abuses: 7 });
  expect(rung(before, "**real AWS**")).toMatch(/none yet/);
  const onAws: Evidence & { file: string } = {
    date: "2027-01-02",
    file: "2027-01-02-aws.json",
    commit: "abc",
    level: "aws",
    program: "Terraform 1.11.4",
    region: "eu-central-1",
    resources: {},
    steps: [],
  };
  const after = withProof(readme, record, { abuses: 7, onAws });
  expect(rung(after, "**real AWS**")).toBe(
    "deployed, planned again, asked, destroyed ([2027-01-02](docs/evidence/2027-01-02-aws.json)) |",
  );
});

test("a record from before there were lanes is one of Terraform", () => {
  const old = { ...record, lane: undefined, program: undefined };
  expect(
    rung(withProof(readme, old, { abuses: 7 }), "an emulated AWS"),
  ).toContain("60 resources (classic) applied by Terraform,");
});

test("README's proof is the newest run of the default lane, beside which others are kept", () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-runs-"));
  const keep = (change: Partial<typeof record>) =>
    basename(keepRecord({ ...record, ...change }, folder));
  expect(keep({ date: "2026-11-27" })).toBe("2026-11-27.json");
  expect(keep({})).toBe("2026-11-28.json");
  expect(keep({ lane: "other" })).toBe("2026-11-28-other.json");
  expect(keep({ lane: "other", date: "2026-12-01" })).toBe(
    "2026-12-01-other.json",
  );
  writeFileSync(join(folder, "2026-12-02-twin.md"), "");
  expect(newestRecord(folder)).toMatchObject({ ...record, lane: DEFAULT_LANE });
  rmSync(folder, { recursive: true });
});
