import { readFileSync } from "node:fs";
import { join } from "node:path";
import { requireWave } from "../../../modules/schema";
import { type Evidence, isProof } from "../../operate/prove/evidence";
import { projectFile } from "../../../modules/lib/project-file";
import { type Lab } from "../lab";
import { prepareStacks } from "../steps/steps";
import { waveEks } from "./command";

const FOLDER = projectFile(".lab", "evidence");

/** `prove` on an environment of which nothing stands: it deploys, plans again, destroys, and finds nothing left. */
export async function checkProve(lab: Lab): Promise<void> {
  const { report } = lab;
  if (lab.workloads?.chartRepository === undefined) {
    report.skip(
      "prove",
      "it deploys every stack: a cluster, or Terraform's Kubernetes and Helm providers are missing",
    );
    return;
  }
  // The lab's overrides stand beside the stacks before the command synthesizes them again.
  await prepareStacks(lab, true);
  const refused = await waveEks(lab, ["prove", "--yes", "--json"]);
  report.check(
    "prove: an environment that is retained is refused",
    refused.code === 1 && refused.text.includes("retain"),
  );
  await prepareStacks(lab, false);
  const { code, json, text } = await waveEks(lab, [
    ...["prove", "--yes", "--json", "--without-wave"],
    ...["--out", FOLDER],
  ]);
  const evidence = json as Evidence | undefined;
  const steps = (evidence?.steps ?? []).map(
    ({ step, outcome }) => `${step} ${outcome}`,
  );
  report.check(
    "prove: deploys, plans again, destroys, finds nothing left",
    code === 0 &&
      evidence !== undefined &&
      isProof(evidence) &&
      steps.join() ===
        "deploy passed,second plan passed,verify not run,build not run,destroy passed,left-overs passed",
    steps.join(", ") || text.slice(-500),
  );
  const kept = evidence
    ? readFileSync(join(FOLDER, `${evidence.date}-emulated.json`), "utf8")
    : "";
  const { hostname } = requireWave(lab.settings).wave;
  report.check(
    "prove: the evidence names neither account nor host, and calls the AWS emulated",
    kept.includes('"level": "emulated"') &&
      !kept.includes(lab.settings.accountId) &&
      !kept.includes(hostname),
  );
}
