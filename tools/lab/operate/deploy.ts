import { type Lab } from "../lab";
import { patched } from "../settings";
import { prepareStacks } from "../steps/steps";
import { waveEks } from "./command";

/**
 * `deploy` where a stack that stands cannot be planned beforehand, on the line `current`: without alarms the network has no topic that the
 * others read. Afterwards the settings are those from before.
 */
export async function checkDeployInTurn(lab: Lab): Promise<void> {
  const before = lab.patch ?? {};
  const { report } = lab;
  await settings(lab, patched(before, { observability: null }));
  // With them goes the key of their topic.
  const without = await waveEks(lab, [
    ...["deploy", "--yes", "--accept-data-loss"],
  ]);
  report.check(
    "deploy: the alarms go",
    without.code === 0,
    without.text.slice(-600),
  );
  // The alarms come, and data would lose its repositories.
  await settings(lab, patched(before, { data: { ecr: { prefix: "other" } } }));
  const refused = await waveEks(lab, ["deploy", "--yes"]);
  report.check(
    "deploy: a stack that waited is planned when its turn comes, and refused where data would go",
    refused.code === 1 &&
      [
        "npx cdktf deploy network --",
        "Refused: data would be lost in data",
        "Deployed: network. Not deployed: data, identity, workloads.",
      ].every((words) => refused.text.includes(words)) &&
      !refused.text.includes("npx cdktf deploy data"),
    refused.text.slice(-1200),
  );
  await settings(lab, before);
  const mended = await waveEks(lab, ["deploy", "--yes"]);
  report.check(
    "deploy: the change taken back, it goes on and ends well",
    mended.code === 0,
    mended.text.slice(-600),
  );
  const plan = await waveEks(lab, ["plan"]);
  report.check(
    "deploy: a plan afterwards finds nothing to do",
    plan.code === 0,
    plan.text.slice(-600),
  );
}

async function settings(lab: Lab, patch: Lab["patch"]): Promise<void> {
  lab.patch = patch;
  await prepareStacks(lab, lab.settings.retain);
}
