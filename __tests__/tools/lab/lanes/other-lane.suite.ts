import { laneOf } from "../../../../modules/core/versions/lanes";
import {
  guestOf,
  lackOfLane,
  otherLanes,
} from "../../../../tools/lab/lanes/other-lane";
import { Report } from "../../../../tools/lab/report";

const living = laneOf({ LANE: "living" });
const isThere = () => true;

test("from each lane the way leads to every other", () => {
  const names = (lane: string) =>
    otherLanes(laneOf({ LANE: lane })).map(({ name }) => name);
  expect(names("living")).toEqual(["card"]);
  expect(names("card")).toEqual(["living"]);
});

test.each([
  ["22.19.0", undefined],
  ["24.0.0", undefined],
  [
    "20.20.2",
    /on Node\.js 22\.19\.0, 24\.0\.0 .* is 20\.20\.2: put "npx -y -p node@2[24][.\d]+ --"/,
  ],
  ["22.18.9", /this is 22\.18\.9/],
  ["25.0.0", /this is 25\.0\.0/],
])("lane living on Node.js %s lacks %s", (version, lack) => {
  const found = lackOfLane(living, version, isThere);
  if (lack === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(lack);
});

test("a lane whose packages are not installed says how they are", () => {
  const asked: string[] = [];
  const lack = lackOfLane(living, "24.0.0", (file) => {
    asked.push(String(file));
    return false;
  });
  expect(lack).toContain("npm run lane -- living node --version");
  expect(asked).toEqual([
    expect.stringMatching(/lanes.living.node_modules.\.bin.cdktn$/),
  ]);
});

/** A line with stacks of its own, in a lane whose mirror lacks some providers. */
function guest(stacks: readonly string[], missing: readonly string[]) {
  const report = new Report();
  const lab = { line: "lite", report, stacks, env: { LANE: "card" } } as const;
  const env = { TERRAFORM_BINARY_NAME: "tofu" };
  const made = guestOf(lab, living, { missing, env });
  return { ...made, skipped: report.checks.map(({ name }) => name) };
}

test("a guest runs the lane's program in the lane's JSON", () => {
  const { env, stacks, skipped } = guest(["network", "workloads"], []);
  expect(env).toMatchObject({
    LANE: "living",
    TERRAFORM_BINARY_NAME: "tofu",
    CDKTF_OUTPUT: expect.stringMatching(/out-lite-living$/) as string,
  });
  expect(stacks).toEqual(["network", "workloads"]);
  expect(skipped).toEqual([]);
});

test("stacks in the cluster stay behind, aloud, where their providers are missing", () => {
  const lacks = ["hashicorp/helm 3.1.2"];
  const { stacks, skipped } = guest(["network", "data", "emg"], lacks);
  expect(stacks).toEqual(["network", "data"]);
  expect(skipped).toEqual(["emg in lane living"]);
  expect(guest(["network"], lacks).skipped).toEqual([]);
});
