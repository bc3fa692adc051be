import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { effectOf } from "../../../modules/effects/notices";
import { projectFile } from "../../../modules/lib/project-file";
import { type ChangeGroup, type Kind, countOf, kinds } from "../from/changes";
import { WORDS, type StackPlan, type Word } from "./effect";
import { FLIPS, type FlipLine } from "./flips";
import { type Flipped, type LineFlips } from "./found";

/** Where the last run of each line is kept. */
const RECORDS = projectFile("docs/lab-runs");

/** Keeps the flips of a line in `docs/lab-runs`, and writes `docs/changes.md` of the last ones of both. @returns the page. */
export function keepFlips(
  found: LineFlips,
  folder = RECORDS,
  page = projectFile("docs/changes.md"),
): string {
  mkdirSync(folder, { recursive: true });
  const file = (line: FlipLine): string => join(folder, `flips-${line}.json`);
  writeFileSync(file(found.line), `${JSON.stringify(found, null, 2)}\n`);
  const lines = (Object.keys(FLIPS) as FlipLine[])
    .map(file)
    .filter((one) => existsSync(one))
    .map((one) => JSON.parse(readFileSync(one, "utf8")) as LineFlips);
  writeFileSync(page, changesPage(lines));
  return page;
}

const MEANINGS: Readonly<Record<Word, string>> = {
  nothing: "no plan changes anything",
  "in place":
    "resources are changed, made or taken away, and nobody notices while it happens",
  "rolling (pods)": "pods are made anew, one after the other",
  "rolling (nodes)":
    "nodes are made anew, one after the other, and what runs on them moves; a build is lost",
  replaced: "a resource goes and another one comes, and no service with it",
  interrupts: "a service is away for a while, or its data goes",
  refused: "nothing is written, or nothing is applied",
};

/** The page, from what was found. */
export function changesPage(lines: readonly LineFlips[]): string {
  const all = lines.flatMap(({ flipped }) => flipped);
  const left = [...new Set(all.flatMap(({ notPlanned }) => notPlanned))];
  const runs = lines.map(
    ({ line, flipped, date, commit, plans, seconds }) =>
      `${flipped.length} of the line ${line} on ${date} at commit \`${commit.slice(0, 8)}\`, ${plans} plans in ${seconds} s`,
  );
  const program = lines[0]?.program ?? "Terraform";
  const notices = lines[0]?.notices ?? [];
  return [
    "# What a change of a setting does, by plans",
    "",
    "<!-- Written by `npm run lab -- --flips --record`. Do not edit. -->",
    "",
    `${all.length} settings flipped one at a time, in environments that stand with \`retain: true\` on an emulated AWS: ${runs.join("; ")}. Each change was synthesized, and each stack whose JSON then differs was planned by ${program}, two at a time. Nothing of it was applied; [the runbook](runbook.md#what-a-change-does) says what is known of every setting.`,
    "",
    ...notices
      .filter((text) => /provider|stand-?in|stub|kwok/i.test(text))
      .map((text) => `- ${text.replace(/ of \/\S+| \(\/\S+\)/, "")}`),
    ...(left.length > 0
      ? [
          `- **Not planned**: ${left.map(code).join(", ")}, without the Kubernetes and Helm providers or a cluster. Where their JSON differs the row says so.`,
        ]
      : []),
    "",
    "<!-- prettier-ignore-start -->",
    "",
    "| Effect | Means | Settings |",
    "| --- | --- | --- |",
    ...WORDS.map(
      (word) =>
        `| ${word} | ${MEANINGS[word]} | ${all.filter((one) => one.word === word).length} |`,
    ),
    "",
    "<!-- prettier-ignore-end -->",
    "",
    "A plan is made from the outputs of now. Where a row says that a stack changes outputs, the stacks that read them get another plan after its deploy; where it says that a stack waits, it cannot be planned before. A refusal ends a deploy, so stacks after it were not planned. What AWS itself does with a change, and how long, no plan says.",
    "",
    ...lines.flatMap(lineOf),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

function lineOf({ line, version, flipped }: LineFlips): string[] {
  return [
    `## ${line}, Wave ${version}`,
    "",
    "<!-- prettier-ignore-start -->",
    "",
    "| Setting | From → to | Effect | Runbook | What the plans say |",
    "| --- | --- | --- | --- | --- |",
    ...flipped.map(rowOf),
    "",
    "<!-- prettier-ignore-end -->",
    "",
  ];
}

function rowOf(found: Flipped): string {
  const { flip, from, word } = found;
  const runbook = effectOf(flip.setting)?.does ?? "";
  const also = Object.entries(flip.also ?? {}).map(
    ([path, value]) => `with ${code(path)} ${valueText(value)}`,
  );
  const change = [`${valueText(from)} → ${valueText(flip.to)}`, ...also];
  return `| ${code(flip.setting)} | ${change.join(", ")} | **${word}** | ${runbook} | ${saidOf(found)} |`;
}

function saidOf({ refusal, plans, waits, notPlanned }: Flipped): string {
  const refused =
    refusal &&
    `${[refusal.stack && `${code(refusal.stack)}:`, `refused by ${refusal.by}:`].filter((part) => part !== undefined).join(" ")} ${escaped(refusal.sentence)}`;
  const parts = [
    ...(refused === undefined ? [] : [refused]),
    ...plans.map(planText),
    ...waits.map((stack) => `${code(stack)} waits`),
    ...notPlanned.map((stack) => `${code(stack)} differs, not planned`),
  ];
  return parts.length === 0 ? "no JSON differs" : parts.join("<br>");
}

const verbs: Readonly<Record<Kind, string>> = {
  destroyed: "destroyed",
  replaced: "replaced",
  changed: "changed",
  made: "created",
};

/** How many types of resources are named of each kind. */
const TELLING = 3;

function planText({ stack, groups, outputs }: StackPlan): string {
  const parts = kinds.flatMap((kind) => {
    const count = countOf(groups, kind);
    return count === 0
      ? []
      : [`${count} ${verbs[kind]} (${tellingOf(groups, kind)})`];
  });
  const changed =
    outputs.length > 0 ? `outputs ${outputs.map(code).join(", ")}` : undefined;
  const said = [...parts, ...(changed === undefined ? [] : [changed])];
  return `${code(stack)}: ${said.length === 0 ? "nothing" : said.join(", ")}`;
}

/** Types of resources, each once, with the attributes that change. */
function tellingOf(groups: readonly ChangeGroup[], kind: Kind): string {
  const byType = new Map<string, Set<string>>();
  for (const { type, attributes, ...group } of groups)
    if (group.kind === kind) {
      const names = byType.get(type) ?? new Set();
      attributes.forEach((name) => names.add(name));
      byType.set(type, names);
    }
  const texts = [...byType].map(([type, names]) =>
    names.size === 0
      ? code(type)
      : `${code(type)} ${[...names].slice(0, TELLING).join(", ")}${names.size > TELLING ? ", …" : ""}`,
  );
  const more = texts.length - TELLING;
  return [
    ...texts.slice(0, TELLING),
    ...(more > 0 ? [`${more} more types`] : []),
  ].join("; ");
}

const code = (text: string): string => `\`${text}\``;

/** A value as YAML would have it on one line. */
const valueText = (value: unknown): string => {
  if (value === undefined || value === null) return "_absent_";
  if (typeof value === "object" && !Array.isArray(value)) return "_a section_";
  return code(
    JSON.stringify(value)
      .replace(/^"(.*)"$/, "$1")
      .replaceAll("|", "\\|"),
  );
};

const escaped = (text: string): string => text.replaceAll("|", "\\|");
