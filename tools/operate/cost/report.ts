import { type Terminal } from "../cli/terminal";
import { type Estimate, type Line, hourOf, monthOf } from "./estimate";
import {
  MARK,
  PERIOD,
  amountText,
  cents,
  quantityText,
  unitText,
} from "./figures";
import { type PriceList } from "./price-list";

/** Prints what an environment costs: a table by stack, its sums, and what they leave open. */
export function printEstimate(
  title: string,
  estimate: Estimate,
  list: PriceList,
  terminal: Terminal,
): void {
  terminal.print(
    `${title}, ${estimate.region}: US dollars ${PERIOD}, list prices on demand\n`,
  );
  terminal.table(
    ["Stack", "What", "Count", "Price", "Month"],
    aligned(rowsOf(estimate)),
  );
  for (const text of [
    "",
    ...sums(estimate),
    ...openQuestions(estimate),
    ...section("Assumed:", estimate.assumptions),
    ...section("Not in it:", estimate.leftOut),
    ...section("Prices:", sourcesOf(estimate, list)),
  ])
    terminal.print(text);
}

/** The lines of each stack with its sum, and the sum of all. */
function rowsOf({ lines, month, missing }: Estimate): string[][] {
  const stacks = [...new Set(lines.map(({ stack }) => stack))];
  return [
    ...stacks.flatMap((stack) => {
      const ofStack = lines.filter((line) => line.stack === stack);
      return [
        ...ofStack.map((line, index) => [
          index === 0 ? stack : "",
          line.scaled === true ? `${line.what}: one more` : line.what,
          quantityText(line),
          unitText(line),
          amountText(line),
        ]),
        ["", `${stack} together`, "", "", atLeast(ofStack)],
        ["", "", "", "", ""],
      ];
    }),
    [
      "",
      "TOTAL",
      "",
      "",
      missing.length > 0 ? `> ${cents(month)}` : cents(month),
    ],
  ];
}

/** A sum that leaves something out says so. */
const atLeast = (lines: readonly Line[]): string =>
  `${lines.some(({ unit }) => unit === undefined) ? "> " : ""}${cents(monthOf(lines))}`;

/** The last column to the right, where it is an amount. */
function aligned(rows: readonly string[][]): string[][] {
  const width = Math.max(
    ...rows.map((row) => row.at(-1) ?? "").map(({ length }) => length),
  );
  return rows.map((row) => [
    ...row.slice(0, -1),
    (row.at(-1) ?? "").padStart(width),
  ]);
}

function sums({ lines }: Estimate): string[] {
  const platforms = [...new Set(lines.map(({ platform }) => platform))];
  const scaled = hourOf(lines);
  return [
    `By platform: ${platforms
      .map(
        (one) =>
          `${one} ${atLeast(lines.filter(({ platform }) => platform === one))}`,
      )
      .join(", ")}.`,
    ...(scaled > 0
      ? [
          `And nodes that the autoscaler adds: ${scaled.toFixed(2)} for an hour of one in each group.`,
        ]
      : []),
  ];
}

const openQuestions = ({
  missing,
  unknown,
  unverified,
}: Estimate): string[] => [
  ...(missing.length > 0
    ? [
        `Without a price for this region, and so not in the sums: ${missing.join(", ")}. Add them to tools/operate/cost/prices.yaml.`,
      ]
    : []),
  ...(unknown.length > 0
    ? [`Not known to this command, so it may cost more: ${unknown.join(", ")}.`]
    : []),
  ...(unverified.length > 0
    ? [
        `${MARK} ${unverified.length} prices nobody read on a page: see https://calculator.aws.`,
      ]
    : []),
];

/** Where the prices of these lines were read, and when. */
const sourcesOf = ({ lines }: Estimate, list: PriceList): string[] =>
  [...new Set(lines.flatMap(({ unit }) => unit?.source ?? []))].flatMap(
    (name) => {
      const source = list.sources[name];
      return source === undefined
        ? []
        : [`${source.page} (read ${source.read})`];
    },
  );

const section = (title: string, texts: readonly string[]): string[] =>
  texts.length === 0 ? [] : ["", title, ...texts.map((text) => `  - ${text}`)];

/** The same for programs. */
export const jsonOf = (estimate: Estimate) => ({
  currency: "USD",
  ...estimate,
  hour: hourOf(estimate.lines),
  stacks: sumsBy(estimate.lines, "stack"),
  platforms: sumsBy(estimate.lines, "platform"),
});

const sumsBy = (
  lines: readonly Line[],
  key: "stack" | "platform",
): Record<string, number> =>
  Object.fromEntries(
    [...new Set(lines.map((line) => line[key]))].map((name) => [
      name,
      monthOf(lines.filter((line) => line[key] === name)),
    ]),
  );
