// One run of the lab: the stacks on an emulated AWS, deployed, planned again and destroyed.
//   npm run lab                deploy, second plan, filled stores, destroy, left-overs
//   npm run lab -- --full      the same again under the same name: Terraform killed, destroy refused by `retain: true`
//   npm run lab -- --keep      deploys and leaves the emulator up
//   npm run lab -- --down      ends an emulator that was kept
// LAB_PROVIDER_MIRROR  folder with Terraform providers, in place of the registry
// LAB_KUBECONFIG       a throw-away cluster with kwok's nodes and every right: `workloads` is part of the run then
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { runningEmulator, stopEmulator } from "./emulator-client";
import { type Lab, openLab } from "./lab";
import { keepList } from "./left-overs";
import { checkTerraform } from "./machine";
import { paths } from "./paths";
import { killAll } from "./process";
import { killAfterSecret, refuseDestroy } from "./rehearsals";
import { Report, Stop } from "./report";
import { readLog, unimplemented } from "./request-log";
import { checkPlans, deploy, destroy, fill, prepareStacks } from "./steps";

const stacks = ["network", "data", "identity"];

async function firstRound(lab: Lab): Promise<void> {
  const synthesized = await prepareStacks(lab, false);
  await deploy(lab, "deploy");
  await lab.stateBucket;
  await checkPlans(lab, synthesized, "second plan");
  await fill(lab);
}

/** The same name once more (DEC-03): a killed Terraform, then a destroy that `retain: true` refuses. */
async function secondRound(lab: Lab): Promise<void> {
  const synthesized = await prepareStacks(lab, false);
  await killAfterSecret(lab, synthesized);
  await deploy(lab, "deploy-after-kill");
  await checkPlans(lab, synthesized, "plan after the kill");
  await fill(lab);
  await prepareStacks(lab, true);
  await deploy(lab, "deploy-retain");
  await refuseDestroy(lab);
  await prepareStacks(lab, false);
  await deploy(lab, "deploy-no-retain");
  await destroy(lab, "destroy-again");
}

async function story(
  report: Report,
  full: boolean,
  keep: boolean,
): Promise<void> {
  checkTerraform();
  const lab = await openLab(report, stacks);
  await firstRound(lab);
  if (keep) {
    printAccess(lab);
    return;
  }
  await destroy(lab, "destroy");
  if (full) await secondRound(lab);
}

/** How to look around in a lab that was kept. */
function printAccess({ env, emulator, workloads }: Lab): void {
  console.log(
    `\nThe emulated AWS stays up at ${emulator.endpoint}. To look around:\n`,
  );
  for (const [name, value] of Object.entries(env))
    if (process.env[name] !== value)
      console.log(`export ${name}='${value ?? ""}'`);
  console.log("\nEnd it with: npm run lab -- --down");
  if (workloads)
    console.log(
      "The stand-ins of the two controllers end now: throw the cluster of LAB_KUBECONFIG away too.",
    );
}

async function down(): Promise<void> {
  const stopped = await stopEmulator();
  for (const folder of [paths.output, paths.settings, paths.mirror])
    rmSync(folder, { recursive: true, force: true });
  console.log(
    stopped ? "The emulated AWS has ended." : "No emulated AWS was up.",
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      full: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      down: { type: "boolean", default: false },
    },
  });
  if (values.down) {
    await down();
    return;
  }
  if (await runningEmulator())
    throw new Error("A lab is up already. End it with: npm run lab -- --down");
  const report = new Report();
  try {
    await story(report, values.full, values.keep);
  } catch (error) {
    if (!(error instanceof Stop))
      report.check("the run itself", false, String(error));
  }
  for (const call of unimplemented(readLog(paths.requestLog)))
    report.notice(`not implemented by the emulator: ${call}`);
  for (const kept of keepList) report.notice(`may stay: ${kept}`);
  report.print();
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
