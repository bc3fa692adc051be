import {
  type Asked,
  type Results,
} from "../../../../tools/audit/checkov/results";
import {
  type Silence,
  idleSilences,
} from "../../../../tools/audit/checkov/silences";
import {
  type Scanned,
  judgeScan,
  scanVerdict,
} from "../../../../tools/audit/checkov/verdicts";
import { graphOf } from "../../../../tools/audit/graph";

const FILE = "a/network/cdk.tf.json";

const asked = (check: string, resource = "resource.cluster"): Asked => ({
  check,
  file: FILE,
  resource,
});

/** One cluster, whose public endpoint is on: rule SEC-B3/public-endpoint, CKV_AWS_39, under EXC-01. */
const environment: Scanned = {
  name: "a",
  graph: graphOf({
    network: {
      resource: {
        aws_eks_cluster: {
          cluster: {
            vpc_config: { endpoint_public_access: true },
            "//": { metadata: { path: "network/cluster/Default" } },
          },
        },
      },
    },
  }),
  covers: [
    {
      id: "EXC-01",
      rule: "SEC-B3/public-endpoint",
      paths: ["network/cluster/Default"],
    },
  ],
  files: { network: FILE },
};

const results: Results = {
  version: "3.3.30",
  passed: [asked("CKV_AWS_58")],
  failed: [asked("CKV_AWS_39")],
  skipped: [],
  unread: [],
};

const judged = (
  change: Partial<Results> & { covers?: Scanned["covers"] },
  silences: readonly Silence[] = [],
) => {
  const { covers = environment.covers, ...others } = change;
  return judgeScan(
    [{ ...environment, covers }],
    { ...results, ...others },
    { framework: "terraform_json", silences },
  );
};

const failures = (
  change: Parameters<typeof judged>[0],
  silences?: readonly Silence[],
) =>
  judged(change, silences)
    .verdicts.filter(({ passed }) => !passed)
    .flatMap(({ lines }) => lines.slice(1));

test("a failed check under an entry passes, and the entry is reported", () => {
  const { verdicts } = judged({});
  expect(verdicts.map(({ passed }) => passed)).toEqual([true, true]);
  expect(verdicts[0]?.lines).toEqual([
    "a network: 1 checks passed, 1 failed: EXC-01 CKV_AWS_39",
  ]);
});

const CLUSTER = "network/cluster/Default (aws_eks_cluster.cluster)";

test("a failed check without an entry fails", () => {
  expect(
    failures({ failed: [...results.failed, asked("CKV_AWS_37")] }),
  ).toEqual([`CKV_AWS_37 ${CLUSTER}: no entry`]);
});

test("an entry covers its own paths only", () => {
  const covers = [
    { id: "EXC-01", rule: "SEC-B3/public-endpoint", paths: ["network/other"] },
  ];
  expect(failures({ covers })).toEqual([`CKV_AWS_39 ${CLUSTER}: no entry`]);
});

test("an entry that checkov does not report fails, unless a reason is known", () => {
  const unreported = { failed: [] };
  expect(failures(unreported)).toEqual([
    `EXC-01 CKV_AWS_39 ${CLUSTER}: not reported`,
  ]);
  const silence = { checks: ["CKV_AWS_39"], reason: "It sleeps." };
  expect(failures(unreported, [silence])).toEqual([]);
  expect(judged(unreported, [silence]).silences).toEqual([silence]);
});

test.each<[string, Partial<Silence>]>([
  ["another framework", { framework: "terraform_plan" }],
  ["another type", { types: ["aws_vpc"] }],
  ["another path", { paths: ["network/other"] }],
  ["another check", { checks: ["CKV_AWS_38"] }],
])("a reason that speaks of %s is none", (_, change) => {
  const silence = { checks: ["CKV_AWS_39"], reason: "It sleeps.", ...change };
  expect(failures({ failed: [] }, [silence])).toHaveLength(1);
});

test("what the register says of a stack that was not scanned is not missed", () => {
  const { verdicts } = judgeScan(
    [{ ...environment, files: {} }],
    { ...results, failed: [] },
    { framework: "terraform_plan", silences: [] },
  );
  expect(verdicts.map(({ passed }) => passed)).toEqual([true]);
});

test("a reason is idle when nothing needed it, but not before its framework was scanned", () => {
  const plan: Silence = {
    checks: ["CKV_AWS_39"],
    framework: "terraform_plan",
    reason: "It sleeps.",
  };
  expect(idleSilences([plan], [], ["terraform_json"])).toEqual([]);
  expect(idleSilences([plan], [], ["terraform_plan"])).toEqual([plan]);
  expect(idleSilences([plan], [plan], ["terraform_plan"])).toEqual([]);
});

test("a stack of which nothing was judged fails", () => {
  expect(failures({ passed: [], failed: [], covers: [] })).toEqual([
    "checkov judged nothing of it",
  ]);
});

test("a stack that checkov could not read fails", () => {
  expect(failures({ unread: [`tmp/scan/${FILE}`] })).toEqual([
    "checkov could not read it",
  ]);
});

test("a check that is switched off fails", () => {
  expect(failures({ skipped: [asked("CKV_AWS_37")] })).toEqual([
    "CKV_AWS_37 is switched off",
  ]);
});

test("a failed check at a resource that nobody knows fails", () => {
  const strange = asked("CKV_AWS_39", "resource.strange");
  expect(failures({ failed: [...results.failed, strange] })).toEqual([
    "CKV_AWS_39 resource.strange: which one?",
  ]);
});

describe("the scan as a whole", () => {
  test("is of the pinned version, over the files that were asked for", () => {
    expect(scanVerdict(results, "3.3.30", [FILE])).toEqual({
      passed: true,
      lines: ["checkov 3.3.30: 2 answers"],
    });
  });

  test("fails with another version, or a file beside", () => {
    expect(scanVerdict(results, "3.3.31", []).lines.slice(1)).toEqual([
      "it is 3.3.30, not 3.3.31",
      `${FILE}: nobody asked for it`,
    ]);
  });
});
