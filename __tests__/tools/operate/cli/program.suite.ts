import { COMMANDS } from "../../../../tools/operate/commands";
import { runProgram } from "../../../../tools/operate/cli/program";
import { projectFile } from "../../../../modules/lib/project-file";
import { readFileSync } from "node:fs";
import {
  type RecordedTerminal,
  recordedTerminal,
} from "../../../support/terminal";

async function call(
  ...args: string[]
): Promise<{ code: number; text: string; terminal: RecordedTerminal }> {
  const terminal = recordedTerminal();
  const code = await runProgram(args, {
    variables: {},
    open: () => terminal,
  });
  return { code, text: terminal.printed.join("\n"), terminal };
}

test("the help lists every command, within 80 columns", async () => {
  const { code, text } = await call("--help");
  expect(code).toBe(0);
  for (const { name } of COMMANDS) expect(text).toContain(`\n  ${name} `);
  for (const line of text.split("\n").slice(2, -3))
    expect(line.length).toBeLessThanOrEqual(80);
});

test.each(COMMANDS.map(({ name }) => [name]))(
  "%s is called by its name, has a help, and is an npm script",
  async (name) => {
    const loaded = await COMMANDS.find((one) => one.name === name)?.load();
    expect(loaded?.name).toBe(name);
    const { code, text } = await call(name, "--help");
    expect(code).toBe(0);
    expect(text).toContain(`Usage: wave-eks ${name}`);
    const { scripts } = JSON.parse(
      readFileSync(projectFile("package.json"), "utf8"),
    ) as { scripts: Record<string, string> };
    expect(scripts[name]).toBe(`node scripts/wave-eks.mjs ${name}`);
  },
);

test("a command that is not there is answered with the nearest one", async () => {
  const { code, text } = await call("deplo");
  expect(code).toBe(1);
  expect(text).toContain("did you mean deploy?");
});

test("an unknown option and a surplus argument are not understood", async () => {
  const option = await call("deploy", "example", "--yess");
  expect(option.code).toBe(1);
  expect(option.text).toContain("--yess");
  const surplus = await call("deploy", "example", "prod");
  expect(surplus.code).toBe(1);
  expect(surplus.text).toContain("Not understood: prod.");
});

test("an unknown environment is answered with those there are", async () => {
  const { code, text, terminal } = await call("deploy", "exampel");
  expect(code).toBe(1);
  expect(text).toContain("set ENVIRONMENT=example");
  expect(terminal.results).toEqual([
    { problems: [expect.objectContaining({ path: "ENVIRONMENT" })] },
  ]);
});
