import { readFileSync, readdirSync } from "node:fs";
import { parse } from "yaml";
import { projectFile } from "../../../modules/lib/project-file";
import { readHarmless } from "../mutation/harmless";
import { mutationScore } from "../mutation/score";
import { type Figure, type Measured, elsewhere } from "./figure";
import { cisFigure, podFigure, ruleFigure, secretFigure } from "./hardening";
import { rightsFigure } from "./rights";
import { repeatFigure, supportFigure, typedFigure } from "./stability";

/** How figures are made. */
export interface FigureOptions {
  /** Such as `2026-11-21`. */
  readonly today: string;
  /** One of so many mutants is judged: 1 takes a minute. */
  readonly every: number;
}

/** FIG-01 to FIG-14 (section N), as far as a synth shows them. */
export const figuresOf = (
  all: readonly Measured[],
  { today, every }: FigureOptions,
): Figure[] => [
  ruleFigure(all),
  mutationFigure(all, every),
  podFigure(all),
  cisFigure(all),
  secretFigure(all),
  rightsFigure(all),
  corpusFigure(),
  elsewhere(
    "FIG-08",
    "graph checks over random valid settings",
    "500",
    "npm test takes a few, npm run check:deep 500",
  ),
  elsewhere(
    "FIG-09",
    "interrupted apply: the second run finishes, nothing twice",
    "all",
    "npm run lab",
  ),
  elsewhere(
    "FIG-10",
    "what a destroy leaves beside the keep-list",
    "0",
    "npm run lab",
  ),
  repeatFigure(all),
  typedFigure(all),
  elsewhere(
    "FIG-13",
    "billable resource types priced; totals",
    "all; ± 5 %",
    "there is no file of prices",
  ),
  supportFigure(all, today),
];

function mutationFigure(all: readonly Measured[], every: number): Figure {
  const harmless = readHarmless();
  const scores = all.map(({ graph, covers }) =>
    mutationScore(graph, { covers, harmless, every }),
  );
  const caught = scores
    .flatMap(({ caughtBy }) => [...caughtBy.values()])
    .reduce((sum, one) => sum + one, 0);
  const survivors = scores.flatMap((one) => one.survivors).length;
  return {
    id: "FIG-02",
    what: "changes that weaken something and that a rule notices",
    target: "all",
    value: `${caught} of ${caught + survivors}${every === 1 ? "" : `, from a sample of one in ${every}: all of them with --all`}`,
    met: survivors === 0,
  };
}

function corpusFigure(): Figure {
  const folder = projectFile("__tests__", "corpus");
  const files = readdirSync(folder).flatMap(
    (name) => parse(readFileSync(`${folder}/${name}`, "utf8")) as unknown[],
  );
  return {
    id: "FIG-07",
    what: "wrong settings files in the corpus; rejected with key and fix",
    target: "≥ 60; all",
    value: `${files.length}; that all are rejected is not measured here: npm test`,
    met: files.length >= 60,
  };
}
