import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_LANE } from "../../modules/core/versions/lanes";
import { projectFile } from "../../modules/lib/project-file";

/** Says that it is another Node.js. */
const asNode = (version: string): string[] => [
  "--import",
  `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"${version}"})`,
];

const lane = (args: readonly string[], node = process.versions.node) =>
  spawnSync(
    process.execPath,
    [...asNode(node), projectFile("scripts", "lane.mjs"), ...args],
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
    stderr: `There is no lane "fast": lanes.json has card and living. Set LANE to one of them, or leave it unset for ${DEFAULT_LANE}.\n`,
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

// Or Node.js would find the project's packages, and the run would be one of another lane.
test("a synth whose lane is not installed is refused in one sentence", () => {
  const clone = mkdtempSync(join(tmpdir(), "lane-clone-"));
  mkdirSync(join(clone, "lanes"));
  for (const file of ["app.mjs", "lane-table.mjs", "no-token-traces.cjs"])
    cpSync(projectFile("scripts", file), join(clone, "scripts", file));
  cpSync(projectFile("lanes.json"), join(clone, "lanes.json"));
  const { status, stderr } = spawnSync(
    process.execPath,
    [...asNode("24.21.0"), join(clone, "scripts", "app.mjs")],
    { encoding: "utf8", env: { ...process.env, LANE: "living" } },
  );
  rmSync(clone, { recursive: true });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr:
      "The packages of lane living are not installed: run `LANE=living npm run setup`, or the command by `npm run lane -- living …`.\n",
  });
});
