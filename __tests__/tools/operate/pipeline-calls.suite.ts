import { readFileSync } from "node:fs";
import { projectFile } from "../../../modules/lib/project-file";
import { COMMANDS } from "../../../tools/operate/commands";
import { COMMON } from "../../../tools/operate/cli/help";

const FILES = [
  "manifests/pipelines/github/plan.yaml",
  "manifests/pipelines/github/apply.yaml",
  "manifests/pipelines/gitlab/environment.yaml",
  ".github/workflows/e2e.yml",
  "docs/pipelines.md",
];

const read = (file: string): string => readFileSync(projectFile(file), "utf8");

const texts = FILES.map(read);
const calls = texts.flatMap((text) =>
  [...text.matchAll(/npx wave-eks ([a-z-]+)([^`\n|>]*)/g)].map(
    ([, name = "", rest = ""]) => ({
      name,
      options: [...rest.matchAll(/--([a-z-]+)/g)].map(([, one = ""]) => one),
    }),
  ),
);

test.each([...new Set(calls.map(({ name }) => name))])(
  "wave-eks %s is a command, with the options that it is given",
  async (name) => {
    const command = await COMMANDS.find((one) => one.name === name)?.load();
    const given = calls
      .filter((call) => call.name === name)
      .flatMap(({ options }) => options);
    const known = Object.keys({ ...command?.options, ...COMMON });
    expect(command?.takes).toContain("environment");
    expect(given.filter((option) => !known.includes(option))).toEqual([]);
  },
);

test("plan, deploy, destroy and prove are called", () => {
  expect(new Set(calls.map(({ name }) => name))).toEqual(
    new Set(["plan", "deploy", "destroy", "prove"]),
  );
});

test("an accepted loss is an option of plan", async () => {
  const command = await COMMANDS.find(({ name }) => name === "plan")?.load();
  expect(read(FILES[1] ?? "")).toContain("&& '--accept-data-loss'");
  expect(Object.keys(command?.options ?? {})).toContain("accept-data-loss");
});

test("the scripts of npm that they run exist", () => {
  const { scripts } = JSON.parse(read("package.json")) as {
    scripts: Record<string, string>;
  };
  const names = texts.flatMap((text) =>
    [...text.matchAll(/npm run (?:--silent )?([a-z:-]+)/g)].map(
      ([, name = ""]) => name,
    ),
  );
  expect(names.filter((name) => scripts[name] === undefined)).toEqual([]);
});
