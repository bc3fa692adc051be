import { spawnSync } from "node:child_process";
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { laneOf } from "../../../../modules/core/versions/lanes";
import { projectFile } from "../../../../modules/lib/project-file";
import { writeEnvironments } from "../../../../scripts/many-environments";
import { runProgram } from "../../../../tools/operate/cli/program";
import { groupedNotes } from "../../../../tools/operate/synth/notes";
import { fileOf, withSettingsFiles } from "../../../support/settings-files";
import { recordedTerminal } from "../../../support/terminal";

// Loading and synthesizing take longer than a test has on a busy machine.
jest.setTimeout(60_000);

let folder: string;
let variables: { SETTINGS_DIR: string; CDKTF_OUTPUT: string };
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wave-synth-all-"));
  const settings = join(folder, "settings");
  variables = { SETTINGS_DIR: settings, CDKTF_OUTPUT: join(folder, "out") };
  writeEnvironments(settings, 3);
  writeFileSync(join(settings, "broken.yaml"), fileOf({ region: "mars" }));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function synth(...args: readonly string[]) {
  const terminal = recordedTerminal();
  const code = await runProgram(["synth", ...args], {
    variables,
    open: () => terminal,
  });
  const [result] = terminal.results;
  return { code, text: terminal.printed.join("\n"), result };
}

/** Text of every file below a folder, by its path. */
const filesIn = (root: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((file) => [file.slice(root.length), readFileSync(file, "utf8")]),
  );

test("all are written by one call, and the problems of one file are told at the end", async () => {
  const { code, text, result } = await synth("--all");
  expect(code).toBe(1);
  expect(text).toMatch(/^broken +1 problem +nothing$/m);
  expect(text).toMatch(/^e001 +4 +\S*out\/e001$/m);
  expect(text).toContain('given    "mars"');
  expect(result).toContainEqual(
    expect.objectContaining({
      environment: "e003",
      stacks: ["network", "data", "identity", "workloads", "emg"],
    }),
  );
});

/** The app command in a process of its own. */
function appCommand(env: NodeJS.ProcessEnv) {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/app.mjs"], {
    cwd: projectFile(),
    encoding: "utf8",
    env: { LANE: laneOf().name, ...env },
  });
  return { status, stderr };
}

test.each([
  ["S3", {}],
  ["Terraform Cloud", { backend: { kind: "cloud", organization: "acme" } }],
])("the app command starts no Terraform, with state in %s", (_, change) => {
  // Bundled by an earlier run: esbuild is started through the PATH.
  appCommand({ PATH: process.env.PATH, CDKTF_OUTDIR: join(folder, "first") });
  const result = withSettingsFiles(
    { "prod.yaml": fileOf(change) },
    (settings) =>
      appCommand({
        PATH: "",
        SETTINGS_DIR: settings,
        CDKTF_OUTDIR: join(folder, "no-terraform"),
      }),
  );
  expect(result).toEqual({ status: 0, stderr: "" });
});

test("what the third of one process gets is what a process of its own writes", () => {
  const alone = join(folder, "alone");
  const result = appCommand({
    PATH: process.env.PATH,
    SETTINGS_DIR: variables.SETTINGS_DIR,
    ENVIRONMENT: "e003",
    CDKTF_OUTDIR: alone,
  });
  expect(result).toEqual({ status: 0, stderr: "" });
  const files = filesIn(alone);
  expect(Object.keys(files)).toContain("/stacks/workloads/cdk.tf.json");
  expect(filesIn(join(variables.CDKTF_OUTPUT, "e003"))).toEqual(files);
});

test("one that is named is written to its folder, with its notes", async () => {
  const { code, text } = await synth("e001");
  expect(code).toBe(0);
  expect(text).toContain("Note: Wave's own default of");
});

test("a note of many is printed once, with their names", () => {
  const many = ["a", "b", "c", "d", "e"].map((environment) => ({
    environment,
    notes: environment === "b" ? ["all", "b's"] : ["all"],
  }));
  expect(groupedNotes(many)).toEqual([
    "Note of a, b, c and 2 more: all",
    "Note of b: b's",
  ]);
});
