import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { projectFile } from "../../../modules/lib/project-file";
import { type LabRecord } from "../report";
import { lines } from "../settings";
import { type ChangeGroup, type Kind, countOf, kinds } from "./changes";
import { type Commit } from "./older";

/** What an upgrade does with one stack. */
export interface StackUpgrade {
  readonly stack: string;
  readonly groups: readonly ChangeGroup[];
  /** How many resources with data stay. */
  readonly kept: number;
  /** What Terraform said when it could not be planned before the stacks above it were deployed. */
  readonly waited?: string;
}

/** What an upgrade does with one line. */
export interface LineUpgrade {
  readonly line: string;
  /** Of Wave. */
  readonly version: string;
  /** What today's app said of the older settings file; nothing when it takes it. */
  readonly refused: readonly string[];
  /** What was written into the file, as YAML. */
  readonly added?: string;
  /** What a synth says of the file then, and did not before. */
  readonly notices: readonly string[];
  readonly stacks: readonly StackUpgrade[];
}

/** A run from an older version. */
export interface UpgradeRecord {
  readonly from: Commit;
  /** What is checked out, all digits. */
  readonly to: string;
  readonly run: LabRecord;
  readonly lines: readonly LineUpgrade[];
}

const CHANGELOG =
  "[CHANGELOG](../../CHANGELOG.md#an-environment-that-was-deployed-from-an-earlier-commit)";

/** Version of `package.json`, such as `0.1.0`. */
const versionNow = (): string =>
  (
    JSON.parse(readFileSync(projectFile("package.json"), "utf8")) as {
      version: string;
    }
  ).version;

/** Keeps a run in `docs/upgrade/<version>.md`. @returns the file. */
export function keepUpgrade(record: UpgradeRecord): string {
  const version = versionNow();
  const file = projectFile("docs/upgrade", `${version}.md`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, upgradePage(version, record));
  return file;
}

/** What was found, shortest first: what to do, then each line and stack. */
export function upgradePage(
  version: string,
  { from, to, run, lines: upgrades }: UpgradeRecord,
): string {
  const short = (id: string) => `\`${id.slice(0, 8)}\``;
  const waited = upgrades.flatMap(({ line, stacks }) =>
    stacks.flatMap(({ stack, waited }) =>
      waited === undefined
        ? []
        : [`- ${line}, \`${stack}\`: ${sentenceOf(waited)}`],
    ),
  );
  return [
    `# To ${version} from an earlier commit`,
    "",
    `Written by \`npm run lab -- --from ${from.ref} --record\` on ${run.date}: each line below was deployed by ${short(from.id)} (${from.date}), filled, planned and upgraded by ${short(to)}, planned again without changes, and destroyed. Nothing that holds data was replaced or destroyed; what the stores held was still there. ${run.passed} checks passed, ${run.skipped} skipped, ${run.seconds} s.`,
    "",
    ...noticesOf(run, upgrades).map((text) => `- ${text}`),
    "",
    "Not run: real AWS, images of Wave, pods with work in them, other settings than the two examples of that commit, other lines.",
    "",
    "## Before the first deploy",
    "",
    `1. Print the deployer's policies again (\`npm run deployer-policy\`) and attach them; take the earlier ones away when the upgrade is done.`,
    "2. Change the settings file:",
    "",
    ...upgrades.flatMap(settingsOf),
    `3. Read ${CHANGELOG}, which says what an upgrade interrupts.`,
    "4. Deploy: `npx cdktf deploy network data identity workloads`. That is the order that was run, on both lines.",
    "",
    ...(waited.length > 0
      ? [
          "Not to be planned before the stacks above it are deployed, because it needs what they make:",
          "",
          ...waited,
          "",
        ]
      : []),
    ...upgrades.flatMap(lineOf),
  ]
    .join("\n")
    .concat("\n");
}

/** Of the lines that were run, without folders of this machine. */
const noticesOf = (
  { notices }: LabRecord,
  upgrades: readonly LineUpgrade[],
): string[] =>
  notices
    .filter((text) => {
      const [line = ""] = text.split(": ");
      return (
        !lines.some((one) => one === line) ||
        upgrades.some((one) => one.line === line)
      );
    })
    .map((text) => text.replace(/ of \/\S+| \(\/\S+\)/, ""));

/** What the plan says to do, without Terraform's account of the condition. */
const sentenceOf = (error: string): string =>
  error.replace(/^[^]*(?=The stack )/, "");

function settingsOf({ line, refused, added, notices }: LineUpgrade): string[] {
  const block = (language: string, text: string) => [
    `   \`\`\`${language}`,
    ...text
      .trimEnd()
      .split("\n")
      .map((one) => `   ${one}`.trimEnd()),
    "   ```",
    "",
  ];
  return [
    refused.length === 0
      ? `   - ${line}: taken as it is.`
      : `   - ${line}: refused as it was.`,
    "",
    ...(refused.length > 0 ? block("text", refused.join("\n")) : []),
    ...(added === undefined
      ? []
      : ["   Added for this run:", "", ...block("yaml", added)]),
    ...(notices.length > 0
      ? [
          "   What a synth says of it that it did not say before:",
          "",
          ...block("text", notices.join("\n")),
        ]
      : []),
  ];
}

const titles: Readonly<Record<Kind, string>> = {
  destroyed: "destroyed",
  replaced: "replaced",
  changed: "changed in place",
  made: "made",
};

function lineOf({ line, version, stacks }: LineUpgrade): string[] {
  return [
    `## ${line}, Wave ${version}`,
    "",
    `| Stack | ${kinds.map((kind) => titles[kind]).join(" | ")} | with data, kept |`,
    `| --- | ${kinds.map(() => "---").join(" | ")} | --- |`,
    ...stacks.map(
      ({ stack, groups, kept }) =>
        `| \`${stack}\` | ${kinds.map((kind) => countOf(groups, kind)).join(" | ")} | ${kept} |`,
    ),
    "",
    ...stacks
      .filter(({ groups }) => groups.length > 0)
      .flatMap(({ stack, groups }) => [
        `### ${line}: ${stack}`,
        "",
        "| | Number | Type | Which, and why |",
        "| --- | --- | --- | --- |",
        ...groups.map(rowOf),
        "",
      ]),
  ];
}

function rowOf({ kind, type, addresses, attributes }: ChangeGroup): string {
  const names = attributes.map((one) => `\`${one}\``).join(", ");
  const which = addresses.map((one) => `\`${one}\``).join(", ");
  const detail =
    kind === "destroyed"
      ? which
      : kind === "replaced"
        ? `${which}${names === "" ? "" : `, for ${names}`}`
        : names;
  return `| ${titles[kind]} | ${addresses.length} | \`${type}\` | ${detail} |`;
}
