import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { projectFile } from "../../../modules/lib/project-file";
import {
  type Settings,
  type SettingsInput,
  settingsSchema,
  withDefaults,
} from "../../../modules/schema";
import { synthesize } from "../../audit/synthesized";
import {
  type Estimate,
  type Line,
  estimate,
  hourOf,
  monthOf,
} from "./estimate";
import { MARK, PERIOD, dollars } from "./figures";
import { PARTS } from "./items";
import { type PriceList, UNVERIFIED } from "./price-list";
import { SIZES, type Size, sized } from "./sizes";

const REGION = "us-east-1";
const OTHER_REGION = "eu-central-1";

/** A column of a table: an environment at the prices of both regions. */
interface Column {
  readonly title: string;
  readonly here: Estimate;
  readonly there: Estimate;
}

/** README with what the examples and a trial cost, between its two marks. */
export const withCost = (readme: string, list: PriceList): string =>
  between(readme, () => [
    tableOf([
      exampleColumn("example-current.yaml", list),
      exampleColumn("example.yaml", list),
      sizeColumn(SIZES[0], "trial, current line", list),
    ]),
    `In US dollars ${PERIOD}, at list prices on demand in ${REGION}, made from the Terraform JSON and [a price list](tools/operate/cost/prices.yaml) that says for each price where and when it was read; ${MARK} with prices that nobody read on a page. Data transfer and what is charged by use are not in it. \`npx wave-eks cost <environment>\` says it for yours, line by line.`,
  ]);

/** docs/sizing.md with what each profile costs, between its two marks. */
export const withSizeCost = (page: string, list: PriceList): string =>
  between(page, () => [
    tableOf(SIZES.map((size) => sizeColumn(size, `${size.profile}`, list))),
    `In US dollars ${PERIOD}, at list prices on demand in ${REGION}; ${MARK} with prices that nobody read on a page: ask [AWS's calculator](https://calculator.aws) before you buy. Each column is the current line with the nodes of the table above; a trial has one NAT gateway, the others one a zone. \`npx wave-eks cost <environment> --profile 300\` says it for yours.`,
  ]);

const exampleColumn = (file: string, list: PriceList): Column =>
  columnOf(`[${file}](settings/${file})`, exampleInput(file), list);

const sizeColumn = (
  size: Size | undefined,
  title: string,
  list: PriceList,
): Column => {
  if (size === undefined) throw new Error("docs/sizing.md has no sizes.");
  return columnOf(
    title,
    sized(exampleInput("example-current.yaml"), size),
    list,
  );
};

const exampleInput = (file: string): SettingsInput =>
  parse(readFileSync(projectFile("settings", file), "utf8")) as SettingsInput;

function columnOf(
  title: string,
  input: SettingsInput,
  list: PriceList,
): Column {
  const settings = settingsSchema.parse(withDefaults(input));
  const stacks = synthesize(settings);
  // What is made does not depend on the region, its price does.
  const at = (region: Settings["region"]): Estimate =>
    estimate({ ...settings, region }, stacks, list);
  return { title, here: at(REGION), there: at(OTHER_REGION) };
}

/** A row for each part that costs something, and the sums. */
function tableOf(columns: readonly Column[]): string {
  const row = (title: string, cell: (column: Column) => string): string[] => [
    title,
    ...columns.map(cell),
  ];
  return markdownTable([
    row("", ({ title }) => title),
    ...PARTS.map((part) =>
      row(capital(part), ({ here }) => sumOf(standing(here, part))),
    ).filter(([, ...cells]) => cells.some((cell) => cell !== NOTHING)),
    row("**Together**", ({ here }) => `**${sumOf(here.lines)}**`),
    row(`Together in ${OTHER_REGION}`, ({ there }) => sumOf(there.lines)),
    row("A build node, in the hours it stands", ({ here }) => {
      const hour = hourOf(here.lines);
      return hour === 0 ? NOTHING : `$${hour.toFixed(2)} an hour`;
    }),
  ]);
}

const NOTHING = "–";

const standing = ({ lines }: Estimate, part: string): Line[] =>
  lines.filter((line) => line.part === part && line.scaled !== true);

/** What some lines cost, marked where a price is not verified or missing. */
function sumOf(lines: readonly Line[]): string {
  if (lines.length === 0) return NOTHING;
  const least = lines.some(({ unit }) => unit === undefined);
  const unsure = lines.some(({ unit }) => unit?.source === UNVERIFIED);
  return `${least ? "more than " : ""}${dollars(monthOf(lines))}${unsure ? `\\${MARK}` : ""}`;
}

const capital = (text: string): string =>
  text.charAt(0).toUpperCase() + text.slice(1);

/** As Prettier writes it. */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, index) =>
    Math.max(3, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, index) => (cells[index] ?? "").padEnd(width)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [
    line(head),
    line(widths.map((width) => "-".repeat(width))),
    ...body.map(line),
  ].join("\n");
}

const MARKS = /(<!-- cost: [^>]*-->\n)[^]*?(<!-- \/cost -->)/;

const between = (page: string, blocks: () => readonly string[]): string =>
  page.replace(
    MARKS,
    (_, start: string, end: string) =>
      `${start}\n${blocks().join("\n\n")}\n\n${end}`,
  );
