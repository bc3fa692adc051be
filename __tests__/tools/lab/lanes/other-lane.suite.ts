import { laneOf } from "../../../../modules/core/versions/lanes";
import { lackOfLane, otherLanes } from "../../../../tools/lab/lanes/other-lane";

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
  ["20.20.2", /runs on Node\.js 22\.19\.0, 24\.0\.0 .* this is 20\.20\.2/],
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
