import { spawnSync } from "node:child_process";
import { projectFile } from "../../modules/lib/project-file";

const lane = (args: readonly string[], node = process.versions.node) =>
  spawnSync(
    process.execPath,
    [
      // Says that it is another Node.js.
      "--import",
      `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"${node}"})`,
      projectFile("scripts", "lane.mjs"),
      ...args,
    ],
    {
      encoding: "utf8",
      cwd: projectFile("."),
      env: { ...process.env, LANE: "" },
    },
  );

test("a lane that is not there is refused in one sentence", () => {
  const { status, stderr, stdout } = lane(["fast", "node", "--version"]);
  expect({ status, stderr, stdout }).toEqual({
    status: 1,
    stderr:
      'There is no lane "fast": lanes.json has card and living. Set LANE to one of them, or leave it unset for card.\n',
    stdout: "",
  });
});

test.each([
  ["card", "20.19.9"],
  ["card", "21.7.0"],
  ["living", "20.20.2"],
  ["living", "22.18.5"],
  ["living", "26.10.0"],
])("lane %s refuses Node.js %s, and says what to do", (name, node) => {
  const { status, stderr, stdout } = lane([name, "node", "--version"], node);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(
    new RegExp(
      `^Lane ${name} runs on Node\\.js .*; this is ${node}\\. Install [\\d.]+, or put "npx -y -p node@[\\d.]+" in front of the command\\.\\n$`,
    ),
  );
});

test("a command runs with the lane's variable and ends with its status", () => {
  const script = "console.log(process.env.LANE); process.exit(3)";
  const { status, stdout } = lane(["card", "node", "-e", script]);
  expect({ status, stdout }).toEqual({ status: 3, stdout: "card\n" });
});
