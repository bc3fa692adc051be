import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { stateKey } from "../../../modules/core/state/state-location";
import { awsRequest } from "../aws/client";
import { type Lab } from "../lab";
import { paths } from "../paths";
import { patched } from "../settings";
import { prepareStacks } from "../steps/steps";
import { bucketOf } from "../terraform/state";
import { type Answered, waveEks } from "./command";
import {
  type PlannedChange,
  plannedChanges,
  savedChange,
} from "./plan-changes";

/** What is read of the document of `plan --json`. */
const documentSchema = z.object({
  stacks: z.array(
    z.object({
      stack: z.string(),
      state: z.string(),
      waitsFor: z.string().optional(),
      meanings: z.array(z.object({ kind: z.string() })).default([]),
      problems: z.array(z.object({ given: z.string() })).default([]),
    }),
  ),
});

const stacksOf = ({ json }: Answered) =>
  documentSchema.safeParse(json).data?.stacks ?? [];

/** Before the first deploy the first stack is planned, and the others wait. */
export async function checkFirstPlan(lab: Lab): Promise<void> {
  await lab.stateBucket;
  const answer = await waveEks(lab, ["plan", "--json"]);
  const [first, ...others] = stacksOf(answer);
  lab.report.check(
    "plan: in an empty account network is planned, and the others wait for their producers",
    answer.code === 2 &&
      first?.state === "planned" &&
      others.length > 0 &&
      others.every(({ state }) => state === "waits"),
    answer.text.slice(-600),
  );
}

/** `plan`, and what `deploy` makes of plans that were kept, on a line that stands. Afterwards its database is larger. */
export async function checkPlan(lab: Lab): Promise<void> {
  const before = lab.patch;
  for (const one of plannedChanges) {
    await settings(lab, patched(before ?? {}, one.change));
    await checkChange(lab, one);
  }
  await settings(lab, patched(before ?? {}, savedChange));
  await checkSaved(lab);
  await checkLocked(lab);
  await checkKilled(lab);
  await settings(lab, patched(before ?? {}, savedChange));
}

async function settings(lab: Lab, patch: Lab["patch"]): Promise<void> {
  lab.patch = patch;
  await prepareStacks(lab, lab.settings.retain);
}

async function checkChange(lab: Lab, one: PlannedChange): Promise<void> {
  const { name, exit, means = {}, refused } = one;
  const answer = await waveEks(lab, ["plan", "--json"]);
  const stacks = stacksOf(answer);
  lab.report.check(
    `plan: ${name} ends with ${exit}`,
    answer.code === exit,
    `${answer.code}: ${answer.text.slice(-300)}`,
  );
  if (refused === undefined)
    lab.report.check(
      `plan: ${name} means what it should`,
      stacks.length > 0 &&
        stacks.every(
          ({ stack, meanings }) =>
            meanings.map(({ kind }) => kind).join() ===
            (means[stack] ?? []).join(),
        ),
      stacks
        .map(
          ({ stack, meanings }) =>
            `${stack}: ${meanings.map(({ kind }) => kind).join(", ")}`,
        )
        .join("; "),
    );
  else
    lab.report.check(
      `plan: ${name} is refused by ${refused.names}`,
      stacks.some(
        ({ stack, state, problems }) =>
          stack === refused.stack &&
          state === "refused" &&
          problems.some(({ given }) => given.includes(refused.names)),
      ),
    );
  if (!Object.values(means).flat().includes("loses data")) return;
  const accepted = await waveEks(lab, ["plan", "--accept-data-loss"]);
  lab.report.check(
    `plan: ${name} is planned with the flag`,
    accepted.code === 2,
    accepted.text.slice(-300),
  );
}

/** Kept plans are applied, and count once. */
async function checkSaved(lab: Lab): Promise<void> {
  const folder = join(paths.root, ".lab", "saved-plans");
  rmSync(folder, { recursive: true, force: true });
  const saved = await waveEks(lab, ["plan", "--save", folder]);
  lab.report.check("plan --save keeps the plans", saved.code === 2);
  const applied = await waveEks(lab, ["deploy", "--plan", folder, "--yes"]);
  lab.report.check(
    "deploy --plan applies them, and leaves out what has no change",
    applied.code === 0 && applied.text.includes("network: nothing to do"),
    applied.text.slice(-600),
  );
  const again = await waveEks(lab, ["plan"]);
  lab.report.check("plan afterwards finds nothing to do", again.code === 0);
  const stale = await waveEks(lab, ["deploy", "--plan", folder, "--yes"]);
  lab.report.check(
    "deploy --plan says that a plan is stale",
    stale.code === 1 && stale.text.includes("is stale: the state of data"),
    stale.text.slice(-600),
  );
  rmSync(folder, { recursive: true, force: true });
}

/** A lock as Terraform writes one. */
async function checkLocked(lab: Lab): Promise<void> {
  const { aws, settings: current } = lab;
  const path = `/${bucketOf(current)}/${stateKey(current, "data")}.tflock`;
  const ID = "11111111-2222-3333-4444-555555555555";
  await awsRequest(aws, "s3", {
    method: "PUT",
    path,
    body: JSON.stringify({
      ID,
      Operation: "OperationTypeApply",
      Info: "",
      Who: "ada@build-7",
      Version: "1.11.4",
      Created: "2026-11-27T10:15:01.123456Z",
      Path: stateKey(current, "data"),
    }),
  });
  const locked = await waveEks(lab, ["deploy", "--yes"]);
  lab.report.check(
    "deploy says who holds a lock, since when, and the unlock command",
    locked.code === 1 &&
      ["ada@build-7", "2026-11-27 10:15:01 UTC", `force-unlock ${ID}`].every(
        (part) => locked.text.includes(part),
      ),
    locked.text.slice(-600),
  );
  await awsRequest(aws, "s3", { method: "DELETE", path });
}

/** A Terraform that dies by itself, at any command and at an apply. */
async function checkKilled(lab: Lab): Promise<void> {
  const program = join(paths.root, ".lab", "dying-terraform");
  const write = (when: string): void => {
    writeFileSync(
      program,
      `#!/bin/sh\n${when}\nexec "${lab.env.TERRAFORM_BINARY_NAME ?? "terraform"}" "$@"\n`,
    );
    chmodSync(program, 0o755);
  };
  const env = { TERRAFORM_BINARY_NAME: program };
  write(`[ "$1" = plan ] && kill -9 $$`);
  const plan = await waveEks(lab, ["plan"], env);
  lab.report.check(
    "plan: a Terraform that is killed is no success",
    plan.code === 1 && plan.text.includes("killed by SIGKILL"),
    plan.text.slice(-600),
  );
  await settings(
    lab,
    patched(lab.patch ?? {}, { data: { postgres: { storageGiB: 50 } } }),
  );
  write(`[ "$1" = apply ] && kill -9 $$`);
  const deploy = await waveEks(lab, ["deploy", "--yes"], env);
  lab.report.check(
    "deploy: a Terraform that is killed is no success",
    deploy.code === 1,
    deploy.text.slice(-600),
  );
  rmSync(program);
}
