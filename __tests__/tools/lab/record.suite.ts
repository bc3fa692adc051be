import { DEFAULT_LANE } from "../../../modules/core/versions/lanes";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
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

test("README has the run between its marks, and what kubectl sent is not called Terraform's", () => {
  const readme = "a\n<!-- proof: x -->\nold\n<!-- /proof -->\nb\n";
  expect(withProof(readme, record, 7)).toBe(
    "a\n<!-- proof: x -->\n\n**Proof**, [run of 2026-11-28](docs/lab-runs/2026-11-28.json): 60 resources (classic) applied by Terraform 1.11.9 on an emulated AWS, 40 objects taken by a real Kubernetes API, 2 changes in the second plans, 0 left over after the destroy, 1 checks skipped; 7 abuses denied by an IAM simulator. Real AWS: none yet.\n\n<!-- /proof -->\nb\n",
  );
});

test("a record from before there were lanes is one of Terraform", () => {
  const old = { ...record, lane: undefined, program: undefined };
  expect(withProof("<!-- proof: x -->\n<!-- /proof -->", old, 7)).toContain(
    "60 resources (classic) applied by Terraform on an emulated AWS",
  );
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
