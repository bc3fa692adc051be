/**
 * Prints FIG-01 to FIG-14 with today's values: computed now from the examples, or said to be measured elsewhere.
 *
 *   npm run figures [-- --all]     with --all: every mutant of FIG-02, not a sample
 */
import "./no-token-traces.cjs";
import { EXAMPLES, exampleOf } from "../tools/audit/synthesized";
import { measure } from "../tools/audit/figures/figure";
import { figuresOf } from "../tools/audit/figures/figures";
import { auditedEnvironments } from "../tools/audit/rights/environments";

const SAMPLE = 25;

const { lite } = auditedEnvironments();
const all = [
  ...EXAMPLES.map((file) =>
    measure(file.replace(".yaml", ""), exampleOf(file)),
  ),
  ...(lite === undefined ? [] : [measure("example-lite", lite.settings)]),
];
const figures = figuresOf(all, {
  today: new Date().toISOString().slice(0, 10),
  every: process.argv.includes("--all") ? 1 : SAMPLE,
});

const MARKS = { true: "met", false: "MISSED", undefined: "-" } as const;
for (const { id, what, target, value, met } of figures)
  console.log(
    `${id}  ${MARKS[String(met) as keyof typeof MARKS].padEnd(6)}  ${what}\n                target ${target}\n                value  ${value}`,
  );
const missed = figures.filter(({ met }) => met === false);
console.log(
  `${figures.filter(({ met }) => met === true).length} met, ${missed.length} missed, ${figures.filter(({ met }) => met === undefined).length} not measured here`,
);
process.exitCode = missed.length === 0 ? 0 : 1;
