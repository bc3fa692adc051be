// One run of the lab: the stacks on an emulated AWS, deployed, planned again and destroyed.
//   npm run lab                   classic, upgraded to current by `wave.version` alone; beside it Lite, Wave on a VPC and a
//                                 cluster of somebody else, and the other platforms without Wave
//   npm run lab -- --line NAME    only classic, current, lite, existing, platforms, delivery or emg, deployed afresh
//   npm run lab -- --faults       only classic, or that of --line, killed ten times while it is deployed and destroyed
//   npm run lab -- --lanes        only current, or that of --line, handed to the other lane of lanes.json and taken back
//   npm run lab -- --late         only current, with creations that fail when the object exists already
//   npm run lab -- --full         then current under the same name, killed so, and a destroy that `retain: true` refuses
//   npm run lab -- --all          the same, and every change of settings that is known, not only the four of every run
//   npm run lab -- --from COMMIT  only classic and current, deployed by that older version of this project, upgraded by today's;
//                                 with --record the changes are written into docs/upgrade
//   npm run lab -- --flips        current and classic, deployed; 60 settings flipped one at a time, and only planned; with --record
//                                 what the plans say is written into docs/changes.md
//   npm run lab -- --record       keeps what it found in docs/lab-runs, for README
//   npm run lab -- --keep         deploys and leaves the emulator up
//   npm run lab -- --operate      only current, with the commands of an operator (tools/operate) run on it; with --line NAME its
//                                 rotations and restores, with --part NAMES only that
//   npm run lab -- --twin         only the platform emg, as the real programs in its pods, on the loopback address
//   npm run lab -- --down         ends an emulator that was kept
// In the lane of LANE, such as by `npm run lane -- living npm run lab`.
// TERRAFORM_BINARY_NAME  Terraform or OpenTofu that the lane accepts; without it that of the PATH, or OpenTofu built once
// LAB_OTHER_PROGRAM      the same of the other lane of --lanes
// LAB_PROVIDER_MIRROR  folder with the providers, in place of the registry
// LAB_KUBE_DIR         folder with the programs of a cluster for `workloads`; without it the user's cache folder, where they
//                      are brought once: downloaded, or built where Go is there
// LAB_KUBE=off         does without them where they are not there
// LAB_KUBECONFIG       a throw-away cluster with kwok's nodes and every permission, in its place
// LAB_CHART_DIR        folder with the real charts of the controllers, in place of stand-ins
// LAB_FLUX_CONTROLLERS  folder with Flux's controllers and their definitions; without it they are skipped
// LAB_CLUSTER_AUTOSCALER  program of the real Cluster Autoscaler, in place of a stand-in
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { runningEmulator, stopEmulator } from "./aws/emulator-client";
import { type Lab, onLine, openLab } from "./lab";
import { printAccess } from "./kept";
import { type FromRun, chooseFrom, keepFrom, runFrom } from "./from/run";
import { type FlipRun, chooseFlips, runFlips } from "./flips/run";
import { keepList } from "./steps/left-overs";
import { runLines } from "./lines";
import { type Providers, prepareProviders } from "./stand-ins/provider-mirror";
import { chooseProgram } from "./terraform/program";
import { laneOf } from "../../modules/core/versions/lanes";
import { displayPath } from "../../modules/lib/project-file";
import { paths } from "./paths";
import { keepRecord } from "./record";
import { killAll } from "./system/process";
import { changeLanes } from "./lanes/change-lanes";
import { type OtherLane, openLanes } from "./lanes/other-lane";
import { failLateEverywhere } from "./day-two/late-failures";
import { refuseDestroy } from "./steps/refused-destroy";
import { injectFaults } from "./faults/round";
import { type Part, chooseParts, runOperate } from "./operate/run";
import { runTwin } from "./twin/twin";
import { keepTwinRecord } from "./twin/record";
import { Report, Stop } from "./report";
import { readLog, unimplemented } from "./aws/request-log";
import { type Line, firstLines, lines, outputOf } from "./settings";
import { checkLeftOvers, deploy, destroy, prepareStacks } from "./steps/steps";

const stacks = ["network", "data", "identity"];

/** The same name once more: ten killed runs, and between them a destroy that `retain: true` refuses. */
async function secondRound(opened: Lab): Promise<void> {
  await injectFaults(onLine(opened, "current"), async (lab) => {
    await prepareStacks(lab, true);
    await deploy(lab, "deploy-retain");
    await refuseDestroy(lab);
    await prepareStacks(lab, false);
    await deploy(lab, "deploy-no-retain");
  });
}

/** The same name again: creations that fail when the object exists. */
async function lateRound(opened: Lab): Promise<void> {
  const lab = onLine(opened, "current");
  await failLateEverywhere(lab);
  await prepareStacks(lab, false);
  await deploy(lab, "deploy-no-retain");
  await checkLeftOvers(lab, [await destroy(lab, "destroy")]);
}

async function story(
  report: Report,
  providers: Providers,
  {
    line,
    full,
    keep,
    faults,
    late,
    operate,
    parts,
    others,
    all,
    from,
    flips,
  }: RunOptions,
): Promise<void> {
  // Each is skipped, and the report says why.
  if (others?.length === 0) return;
  const only = others || operate ? (line ?? "current") : line;
  const lab = await openLab(
    report,
    stacks,
    providers,
    // Current is proved, planned and destroyed beside it.
    only && [
      only,
      ...(operate && only === "current" ? (["lite"] as const) : []),
    ],
  );
  if (from) {
    await checkLeftOvers(lab, await runFrom(lab, from));
    return;
  }
  if (flips) {
    await checkLeftOvers(lab, await runFlips(lab, flips));
    return;
  }
  if (late) {
    await lateRound(lab);
    return;
  }
  if (operate) {
    await checkLeftOvers(
      lab,
      await runOperate(onLine(lab, only ?? "current"), parts),
    );
    return;
  }
  if (others) {
    const home = onLine(lab, only ?? "current");
    const standing = await changeLanes(home, others);
    await checkLeftOvers(lab, [await destroy(standing, "destroy")]);
    return;
  }
  if (faults) {
    await injectFaults(onLine(lab, line ?? "classic"));
    return;
  }
  const ended = await runLines(lab, { only: line, keep, all });
  if (keep) {
    printAccess(onLine(lab, line ?? "upgraded"));
    return;
  }
  await checkLeftOvers(lab, ended);
  const more = all && line === undefined;
  if (more) await lateRound(lab);
  if (full || more) await secondRound(lab);
}

async function down(): Promise<void> {
  const stopped = await stopEmulator();
  for (const folder of [
    ...firstLines.map(outputOf),
    paths.settings,
    paths.mirror,
  ])
    rmSync(folder, { recursive: true, force: true });
  console.log(
    stopped ? "The emulated AWS has ended." : "No emulated AWS was up.",
  );
}

/** What the caller wants of a run. */
interface RunOptions {
  readonly line: Line | undefined;
  readonly full: boolean;
  readonly keep: boolean;
  readonly faults: boolean;
  readonly late: boolean;
  /** The commands of an operator. */
  readonly operate: boolean;
  /** Only these of them; none: all. */
  readonly parts: readonly Part[];
  /** Lanes that the line changes to. @default it changes to none */
  readonly others?: readonly OtherLane[];
  readonly all: boolean;
  /** From an older version of this project. */
  readonly from: FromRun | undefined;
  readonly flips: FlipRun | undefined;
}

function lineOf(text: string | undefined): Line | undefined {
  const known = lines.filter((name) => name !== "upgraded");
  const line = known.find((name) => name === text);
  if (text !== undefined && line === undefined)
    throw new Error(`--line ${text}: there are ${known.join(", ")}`);
  return line;
}

/** What plans and applies, and its providers. @throws Error, before anything is written, without those of the lane. */
async function prepareLane(report: Report): Promise<Providers> {
  const program = await chooseProgram({
    print: (text) => {
      report.progress(text);
    },
  });
  const providers = prepareProviders(program);
  report.ranWith(laneOf(), program);
  for (const notice of providers.notices) report.notice(notice);
  return providers;
}

/** Needs neither AWS nor a cluster. @returns whether nothing failed. */
async function runTwinAlone(record: boolean): Promise<boolean> {
  const report = new Report();
  try {
    process.env.TERRAFORM_BINARY_NAME = (await chooseProgram()).path;
    await runTwin(report);
  } catch (error) {
    report.check("the run itself", false, String(error));
  }
  report.printSummary(
    "It proves how the programs behave with these arguments and variables; not images, Pod Security, NetworkPolicies, GitHub, or AWS's load balancer.",
  );
  if (record && !report.failed)
    console.log(
      `Kept in ${displayPath(keepTwinRecord({ ...report.record(), checks: report.checks }))}`,
    );
  killAll();
  return !report.failed;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      line: { type: "string" },
      full: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      faults: { type: "boolean", default: false },
      late: { type: "boolean", default: false },
      operate: { type: "boolean", default: false },
      part: { type: "string" },
      lanes: { type: "boolean", default: false },
      all: { type: "boolean", default: false },
      down: { type: "boolean", default: false },
      record: { type: "boolean", default: false },
      twin: { type: "boolean", default: false },
      from: { type: "string" },
      flips: { type: "boolean", default: false },
    },
  });
  const from = chooseFrom(values);
  const flips = chooseFlips(values.flips, values.line, values.record);
  if (values.lanes && (values.record || values.keep))
    throw new Error(
      "--lanes goes with --line alone: what --record keeps stands in README for a run of all lines, and what --keep leaves is of one lane. Leave them out.",
    );
  const line = lineOf(values.line);
  const parts = chooseParts(values.operate, values.part);
  if (values.down) {
    await down();
    return;
  }
  if (values.twin) {
    process.exit((await runTwinAlone(values.record)) ? 0 : 1);
  }
  if (await runningEmulator())
    throw new Error("A lab is up already. End it with: npm run lab -- --down");
  const report = new Report();
  const providers = await prepareLane(report);
  const others = values.lanes ? await openLanes(report) : undefined;
  try {
    await story(report, providers, {
      ...{ ...values, line, parts, others },
      ...{ from, flips },
    });
  } catch (error) {
    if (!(error instanceof Stop))
      report.check("the run itself", false, String(error));
  }
  for (const call of unimplemented(readLog(paths.requestLog)))
    report.notice(`not implemented by the emulator: ${call}`);
  for (const kept of keepList) report.notice(`may stay: ${kept}`);
  report.printSummary();
  if (values.record && !report.failed && !flips)
    console.log(
      from
        ? `Kept in ${displayPath(keepFrom(from, report.record()))}`
        : `Kept in ${displayPath(keepRecord(report.record()))}; npm run generate writes it into README.md`,
    );
  if (report.failed) console.log(`Logs: ${paths.logs}`);
  killAll();
  if (!values.keep) await stopEmulator();
  process.exit(report.failed ? 1 : 0);
}

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    killAll();
    void stopEmulator().then(() => process.exit(130));
  });

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
