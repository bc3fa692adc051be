import { type Scan, compare } from "../../../tools/audit/checkov/compare";
import { graphOf } from "../../../tools/audit/graph";

const at = (path: string) => ({ "//": { metadata: { path } } });
const scan: Scan = {
  name: "a",
  stack: "network",
  framework: "terraform_json",
  graph: graphOf({
    network: {
      resource: {
        aws_eks_cluster: { cluster: at("network/cluster/Default") },
        aws_vpc: { twice: at("network/vpc") },
        aws_subnet: { twice: at("network/subnet") },
      },
    },
  }),
  covers: [
    { id: "EXC-01", rule: "CKV_AWS_39", paths: ["network/cluster/*"] },
    { id: "EXC-04", rule: "CKV_AWS_18", paths: ["state/bucket"] },
    {
      ...{ id: "EXC-07", rule: "CKV_AWS_355", plan: true as const },
      paths: ["network/policy"],
    },
    { id: "EXC-11", rule: "OWN-1/rule", paths: ["network/cluster/*"] },
  ],
  failed: [{ check_id: "CKV_AWS_39", resource: "resource.cluster" }],
};
const others: [string, Partial<Scan>, string[]][] = [
  ["what the register names fails, and nothing else", {}, []],
  [
    "a failed check without an entry",
    {
      failed: [
        ...scan.failed,
        { check_id: "CKV_AWS_58", resource: "resource.cluster" },
      ],
    },
    ["a: CKV_AWS_58 resource.cluster network/cluster/Default: no entry"],
  ],
  [
    "an entry that nothing failed under",
    { failed: [] },
    ["EXC-01 CKV_AWS_39 network/cluster/*: not reported"],
  ],
  [
    "a policy, which JSON holds as text, is asked for in plans only",
    { framework: "terraform_plan" },
    ["EXC-07 CKV_AWS_355 network/policy: not reported"],
  ],
  [
    "a name that two resources have",
    {
      failed: [
        ...scan.failed,
        { check_id: "CKV_AWS_39", resource: "resource.twice" },
      ],
    },
    ["a: CKV_AWS_39 resource.twice : no entry"],
  ],
];

test.each(others)("%s", (_, change, problems) => {
  expect(compare([{ ...scan, ...change }])).toEqual(problems);
});

test("what fails in a plan need not fail in JSON too", () => {
  const plan: Scan = {
    ...scan,
    framework: "terraform_plan",
    covers: scan.covers.slice(0, 2),
    failed: [{ check_id: "CKV_AWS_39", resource: "aws_eks_cluster.cluster" }],
  };
  expect(compare([{ ...scan, failed: [] }, plan])).toEqual([]);
});

test("of one environment alone an entry without a failure is no problem, a failure without an entry is", () => {
  const failed = [{ check_id: "CKV_AWS_58", resource: "resource.cluster" }];
  expect(compare([{ ...scan, failed }], false)).toEqual([
    "a: CKV_AWS_58 resource.cluster network/cluster/Default: no entry",
  ]);
});
