/**
 * Says how long the versions that this project chooses are still supported. Of the lane of this run and of the settings it
 * lists what is past that, and what ends it; of every lane what needs somebody soon, and the sum. Fails 30 days before the
 * end of a version, and for one that is not in modules/core/versions/.
 *   npm run check                                                         with the other checks
 *   npm run lane -- living npm run check                                  of another lane
 *   node scripts/run.mjs scripts/support.ts [--date 2027-05-01] [--all]   alone, as on another day, with what is fine too
 */
import { exampleEnvironments } from "../tools/audit/synthesized";
import { laneVersions, settingsVersions } from "../tools/versions/selected";
import { LANES, laneOf } from "../modules/core/versions/lanes";
import {
  type Selected,
  type Standing,
  judgeSupport,
  pastSupport,
} from "../tools/versions/standing";

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

const judge = (selected: readonly Selected[]) => judgeSupport(selected, today);
const settings = settingsVersions(exampleEnvironments());
const here = judge([...laneVersions(laneOf()), ...settings]);
const everywhere = judge([...LANES.flatMap(laneVersions), ...settings]);

const of = (
  standings: readonly Standing[],
  ...kinds: Standing["kind"][]
): Standing[] =>
  kinds.flatMap((kind) => standings.filter((one) => one.kind === kind));

const failed = of(everywhere, "unlisted", "failing");
const told = [
  ...failed,
  ...of(everywhere, "warning"),
  ...of(here, "past", "kept"),
];
const rest = of(here, "fine", "undated");
for (const { kind, text } of argv.includes("--all") ? [...told, ...rest] : told)
  console.log(LABELS[kind] + text);
console.log(
  `${of(here, "fine").length} versions are supported for more than 90 days from ${today}, ${of(here, "undated").length} have no date (docs/versions.md).`,
);
for (const lane of LANES)
  console.log(pastSupport(`Lane ${lane.name}`, judge(laneVersions(lane))));
console.log(pastSupport("Settings of the examples", judge(settings)));
process.exitCode = failed.length === 0 ? 0 : 1;
