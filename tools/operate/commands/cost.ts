import { type Settings } from "../../../modules/schema";
import { synthesize } from "../../audit/synthesized";
import {
  type Outcome,
  forAll,
  openAll,
  problemCount,
  reportsOf,
} from "../all/environments";
import { ALL_OPTIONS, isAll } from "../all/options";
import {
  type Call,
  type Command,
  type ExitCode,
  textOption,
} from "../cli/command";
import { type Estimate, estimate, hourOf } from "../cost/estimate";
import { MARK, PERIOD, cents } from "../cost/figures";
import { type PriceList, readPriceList } from "../cost/price-list";
import { type WithProfile, withProfileOf } from "../cost/profiles";
import { jsonOf, printEstimate } from "../cost/report";
import { type OpenedSettings, openSettings } from "../target";

export const cost: Command = {
  name: "cost",
  takes: "[environment]",
  summary:
    "says what an environment costs a month at list prices, by stack and platform; asks AWS nothing",
  options: {
    all: ALL_OPTIONS.all,
    profile: {
      type: "string",
      value: "<trial|50|300|1000>",
      help: "as it would be with this wave.profile, where the settings file does not say otherwise",
    },
  },
  details:
    "The prices are those of tools/operate/cost/prices.yaml, each with the page and the day on which it was read, or unverified. " +
    "What is charged by use is named, and not counted.",
  run: (call) => Promise.resolve(isAll(call) ? all(call) : one(call)),
};

function one(call: Call): ExitCode {
  const { terminal } = call;
  const list = readPriceList();
  const target = openSettings(call.positionals[0], call.variables);
  const profile = textOption(call, "profile");
  const title = `${target.environment}${profile === undefined ? "" : ` with wave.profile: ${profile}`}`;
  const { settings, notes } = withProfile(target, profile);
  const result = estimateOf(settings, list);
  printEstimate(title, result, list, terminal);
  for (const note of notes) terminal.print(`\n${note}`);
  terminal.result({
    environment: target.environment,
    profile,
    notes,
    ...jsonOf(result),
  });
  return 0;
}

const withProfile = (
  target: OpenedSettings,
  profile: string | undefined,
): WithProfile =>
  profile === undefined
    ? { settings: target.settings, notes: [] }
    : withProfileOf(target, profile);

const estimateOf = (settings: Settings, list: PriceList): Estimate =>
  estimate(settings, synthesize(settings), list);

async function all(call: Call): Promise<ExitCode> {
  const { variables, terminal } = call;
  const list = readPriceList();
  const profile = textOption(call, "profile");
  const environments = openAll(variables, openSettings);
  const outcomes = await terminal.progress(
    `The stacks of ${environments.length} environments`,
    (say) =>
      forAll(environments, 1, async (target, environment) => {
        say(environment);
        // What shows the progress has no other chance: a synth gives none.
        await new Promise(setImmediate);
        return estimateOf(withProfile(target, profile).settings, list);
      }),
  );
  const month = outcomes.reduce(
    (sum, one) => sum + (one.report === undefined ? one.value.month : 0),
    0,
  );
  terminal.print(`US dollars ${PERIOD}, list prices on demand\n`);
  terminal.table(
    ["Environment", "Region", "Month", "Autoscaled, an hour", "Note"],
    [...outcomes.map(rowOf), ["TOTAL", "", cents(month), "", ""]],
  );
  terminal.print(
    `\n${MARK} with prices that nobody read on a page. \`npx wave-eks cost <environment>\` shows the lines, what was assumed, and what is not in it.`,
  );
  const reports = reportsOf(outcomes);
  if (reports !== "") terminal.print(`\n${reports}`);
  terminal.result({
    currency: "USD",
    month,
    environments: outcomes.map(({ environment, ...one }) => ({
      environment,
      ...(one.report === undefined
        ? jsonOf(one.value)
        : { problems: one.report.problems }),
    })),
  });
  return reports === "" ? 0 : 1;
}

const rowOf = ({ environment, ...one }: Outcome<Estimate>): string[] =>
  one.report === undefined
    ? [
        environment,
        one.value.region,
        cents(one.value.month),
        cents(hourOf(one.value.lines)),
        noteOf(one.value),
      ]
    : [environment, "", "?", "", problemCount(one.report)];

const noteOf = ({ missing, unknown, unverified }: Estimate): string =>
  [
    ...(missing.length > 0
      ? [`at least: no price for ${missing.join(", ")}`]
      : []),
    ...(unknown.length > 0 ? [`not known: ${unknown.join(", ")}`] : []),
    ...(unverified.length > 0 ? [MARK] : []),
  ].join("; ");
