import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../modules/lib/project-file";

/** Every text that is typed: lines of console blocks without prompt and comment, and code inside of sentences. */
function commandsIn(document: string): string[] {
  const text = readFileSync(projectFile(document), "utf8");
  const blocks = [...text.matchAll(/```console\n([^]*?)```/g)].flatMap(
    ([, block = ""]) => block.replaceAll("\\\n", " ").split("\n"),
  );
  const inline = [
    ...text.replaceAll(/```[^]*?```/g, "").matchAll(/`([^`\n]+)`/g),
  ].map(([, code = ""]) => code);
  return [...blocks, ...inline].map((line) =>
    line
      .trim()
      .replace(/^\$ /, "")
      .replace(/(^|\s+)# .*$/, "")
      // A pipe in a table.
      .replaceAll("\\|", "|"),
  );
}

const documents = ["README.md", "CONTRIBUTING.md", "SUPPORT.md"].concat(
  ["docs", "docs/adr", "docs/platforms", "docs/upgrade"].flatMap((folder) =>
    readdirSync(projectFile(folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  ),
);

/** Commands of one program in all documents: what stands behind its name, by document. */
const calls = (program: RegExp): { document: string; rest: string }[] =>
  documents.flatMap((document) =>
    commandsIn(document).flatMap((line) =>
      [...line.matchAll(program)].map(([, rest = ""]) => ({
        document,
        rest: rest.trim(),
      })),
    ),
  );

const stacks = readdirSync(projectFile("modules/stacks")).map((file) =>
  file.replace(/\.ts$/, ""),
);

/** Of `cdktf <command> --help`, those that the documents use. */
const cdktfFlags = ["--auto-approve", "--ignore-missing-stack-dependencies"];

test("every npx cdktf command has a command, stacks and options that exist", () => {
  const found = calls(/(?:^|\s)npx cdktf ([^`|&;"']+)/g);
  expect(found.length).toBeGreaterThan(15);
  const wrong = found.filter(({ rest }) => {
    const [command = "", ...words] = rest.split(/\s+/);
    // A plan is of one stack, a synth of all.
    const most = { diff: 1, synth: 0 }[command] ?? stacks.length;
    return (
      words.filter((word) => !word.startsWith("-")).length > most ||
      !["deploy", "destroy", "diff", "synth", "output"].includes(command) ||
      words.some((word) =>
        word.startsWith("-")
          ? !cdktfFlags.includes(word)
          : !stacks.includes(word) &&
            !["<stack>", "$stack", "…"].includes(word),
      )
    );
  });
  expect(wrong).toEqual([]);
});

/** Whose outputs a stack reads: the CLI refuses to deploy it without them, unless it is told not to look. */
const producers: Readonly<Record<string, readonly string[]>> = {
  data: ["network"],
  identity: ["network", "data"],
  workloads: ["network", "data", "identity"],
};

test("every deploy and destroy has the stacks that the CLI asks for", () => {
  const found = calls(/(?:^|\s)npx cdktf ((?:deploy|destroy) [^`|&;"'<…]+)/g);
  expect(found.length).toBeGreaterThan(8);
  const refused = found.filter(({ rest }) => {
    const [command, ...named] = rest.split(/\s+/);
    if (named.includes("--ignore-missing-stack-dependencies")) return false;
    // A producer is not destroyed before its consumers.
    return Object.entries(producers).some(([consumer, all]) =>
      command === "deploy"
        ? named.includes(consumer) && all.some((one) => !named.includes(one))
        : !named.includes(consumer) && all.some((one) => named.includes(one)),
    );
  });
  expect(refused).toEqual([]);
});

/** Arguments of each Terraform command that the documents name; `<…>`, a variable and `…` stand for one. */
const terraform: Readonly<Record<string, RegExp>> = {
  init: /^( -\S+)*$/,
  test: /^( +#.*)?$/,
  plan: /^( -destroy)?( -refresh=false)?$/,
  apply: /^$/,
  destroy: /^( -refresh=false)?$/,
  login: /^( \S+)?$/,
  output: /^( -json)?( \S+)?$/,
  "force-unlock": /^( <\S+>)?$/,
  untaint: /^( <address>)?$/,
  import: /^( <\S+> <\S+>)?$/,
  version: /^$/,
  "state list": /^$/,
  "state show": /^( <\S+>)?$/,
  "state pull": /^( > \S+)?$/,
  "state push": /^ \S+$/,
  "state rm": /^( <\S+>)?$/,
};

test("every terraform command is one, with its arguments", () => {
  const found = calls(
    /(?:^|\s)terraform (?:-chdir=(?:"[^"]+"|\S*<[^>]+>\S*|\S+) )?([a-z][^`|&;]*)/g,
  );
  expect(found.length).toBeGreaterThan(10);
  const wrong = found.filter(({ rest }) => {
    const command = Object.keys(terraform).find((name) =>
      `${rest} `.startsWith(`${name} `),
    );
    const rule = command === undefined ? undefined : terraform[command];
    return rule?.test(rest.slice(command?.length)) !== true;
  });
  expect(wrong).toEqual([]);
});

test("every option behind an npm command is read by the code behind it", () => {
  const sources = ["scripts", "tools"]
    .flatMap((folder) =>
      readdirSync(projectFile(folder), { recursive: true, encoding: "utf8" })
        .filter((file) => /\.(ts|mjs)$/.test(file))
        .map((file) => readFileSync(projectFile(join(folder, file)), "utf8")),
    )
    .join("\n");
  const options = calls(/npm run [a-z:-]+ -- ([^`]+)/g)
    // What was deleted is named there.
    .filter(({ document }) => !document.includes("0015-what-was-deleted"))
    .flatMap(({ document, rest }) =>
      [...rest.matchAll(/(?:^|\s)--([a-z-]+)/g)].map(([, option = ""]) => ({
        document,
        option,
      })),
    );
  expect(options.length).toBeGreaterThan(10);
  // As `--yes` in the code, or as the name that parseArgs is given.
  const known = (option: string) =>
    sources.includes(`"--${option}"`) ||
    new RegExp(`^\\s*"?${option}"?: \\{ type: "`, "m").test(sources);
  expect(options.filter(({ option }) => !known(option))).toEqual([]);
});

test("the runbook says how a pipeline answers the CLI's question", () => {
  const runbook = readFileSync(projectFile("docs/runbook.md"), "utf8");
  expect(runbook).toMatch(/pipeline[^]{0,400}cdktf deploy .* --auto-approve/);
});
