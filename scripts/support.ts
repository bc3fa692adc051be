/**
 * Says how long the versions that this project chooses are still supported, which are past that and what ends it. Fails
 * 30 days before the end of one, and for one that is not in modules/core/versions/.
 *   npm run check                                                         with the other checks
 *   node scripts/run.mjs scripts/support.ts [--date 2027-05-01] [--all]   alone, as on another day, with what is fine too
 */
import { exampleEnvironments } from "../tools/audit/environments";
import { selectedVersions } from "../tools/audit/versions/selected";
import {
  type Standing,
  judgeSupport,
  pastSupport,
} from "../tools/audit/versions/standing";

const LABELS: Readonly<Record<Standing["kind"], string>> = {
  unlisted: "FAILED  ",
  failing: "FAILED  ",
  warning: "warning ",
  past: "past    ",
  kept: "kept    ",
  undated: "undated ",
  fine: "ok      ",
};

const { argv } = process;
const dateAt = argv.indexOf("--date");
const today =
  dateAt === -1
    ? new Date().toISOString().slice(0, 10)
    : (argv[dateAt + 1] ?? "");

const standings = judgeSupport(selectedVersions(exampleEnvironments()), today);
const of = (...kinds: Standing["kind"][]): Standing[] =>
  kinds.flatMap((kind) => standings.filter((one) => one.kind === kind));

const told = of("unlisted", "failing", "warning", "past", "kept");
const rest = of("fine", "undated");
for (const { kind, text } of argv.includes("--all") ? [...told, ...rest] : told)
  console.log(LABELS[kind] + text);
console.log(
  `${of("fine").length} versions are supported for more than 90 days from ${today}, ${of("undated").length} have no date (docs/versions.md).`,
);
console.log(`${pastSupport("In all", standings)}.`);
process.exitCode = of("unlisted", "failing").length === 0 ? 0 : 1;
