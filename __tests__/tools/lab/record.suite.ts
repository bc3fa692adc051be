import { withProof } from "../../../tools/lab/record";

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
    "a\n<!-- proof: x -->\n\n**Proof**, [run of 2026-11-28](docs/lab-runs/2026-11-28.json): 60 resources (classic) applied by Terraform on an emulated AWS, 40 objects taken by a real Kubernetes API, 2 changes in the second plans, 0 left over after the destroy, 1 checks skipped; 7 abuses denied by an IAM simulator. Real AWS: none yet.\n\n<!-- /proof -->\nb\n",
  );
});
