import { readFileSync } from "node:fs";
import { type Problem, ProblemReport } from "../../../modules/lib/problem";
import { displayPath } from "../../../modules/lib/project-file";
import { hasWave } from "../../../modules/schema";
import { readCommit } from "../../audit/report/commit";
import { checkCaller } from "../aws/caller";
import { awsOf } from "../aws/clients";
import { type Call, type Command, isGiven, textOption } from "../cli/command";
import { duration } from "../cli/terminal";
import {
  type Evidence,
  isProof,
  keepEvidence,
  redactor,
} from "../prove/evidence";
import { taggedWith } from "../prove/left-overs";
import {
  askWave,
  buildImage,
  deployAll,
  destroyAll,
  lookForLeftOvers,
  openSteps,
  planAgain,
  resourcesOf,
} from "../prove/steps";
import { type Target, openTarget, userPath } from "../target";
import { initStack, synthesizeTarget, terraform } from "../terraform/stacks";
import { addressesOf, verify } from "./verify";

export const prove: Command = {
  name: "prove",
  takes: "<environment>",
  summary:
    "deploys an environment of its own, plans again, asks Wave, builds one image, destroys, looks for left-overs, and writes what it saw, redacted, to docs/evidence",
  options: {
    yes: { type: "boolean", help: "asks nothing, as in a pipeline" },
    "token-file": {
      type: "string",
      value: "<file>",
      help: "a file with an access token of Seqera Platform, for the build",
    },
    "without-wave": {
      type: "boolean",
      help: "asks Wave nothing, where no pod of it can run: an emulated AWS",
    },
    out: {
      type: "string",
      value: "<folder>",
      help: "where the evidence is written. Without it: docs/evidence",
    },
    ...verify.options,
  },
  details: `It costs what the environment costs while it stands. An environment that stands already, and one with retain: true, is refused.
When the deploy fails, everything is left as it is, to be looked at: destroy it when you have.`,
  run: async (call) => {
    const { terminal } = call;
    const target = openTarget(call.positionals[0], call.variables);
    refuseRetained(target);
    const token = tokenOf(call);
    await checkCaller(target);
    await synthesizeTarget(target);
    await terminal.progress("state of each stack", () =>
      refuseStanding(target),
    );
    const question = `Deploy ${target.stacks.join(", ")} of ${target.environment} into account ${target.settings.accountId}, and destroy all of it?`;
    if (!isGiven(call, "yes") && !(await terminal.confirm(question, "--yes")))
      return 1;
    const evidence = await tryAll(call, target, token);
    const out = textOption(call, "out");
    const file = keepEvidence(
      evidence,
      redactor(target.settings),
      out && userPath(out, call.variables),
    );
    terminal.table(
      ["step", "outcome", "time", "what was seen"],
      evidence.steps.map(({ step, outcome, seconds, detail }) => [
        step,
        outcome,
        duration(seconds),
        detail,
      ]),
    );
    terminal.print(
      `${isProof(evidence) ? "Proved" : "Not proved"}, on ${evidence.level === "aws" ? "AWS" : "an emulated AWS"}: ${displayPath(file)}`,
    );
    terminal.result(evidence);
    return isProof(evidence) ? 0 : 1;
  },
};

function refuseRetained({ settings, source }: Target): void {
  if (!settings.retain) return;
  throw new ProblemReport(source, [
    {
      path: "retain",
      given: "true: it could not be destroyed",
      allowed: "false, in an environment that is made to be tried",
      fix: "prove an environment of its own, with retain: false",
    },
  ]);
}

/** What stands is somebody's: it would be destroyed in the end. */
async function refuseStanding(target: Target): Promise<void> {
  const problems: Problem[] = [];
  for (const stack of target.stacks) {
    await initStack(target, stack);
    const { code, stdout } = await terraform(target, stack, ["state", "list"]);
    const held = code === 0 ? stdout.filter((line) => line !== "").length : 0;
    if (held > 0)
      problems.push({
        path: `stack ${stack}`,
        given: `${held} resources`,
        allowed:
          "an environment of which nothing stands, for it is destroyed in the end",
        fix: "prove another environment, or destroy this one first",
      });
  }
  if (problems.length > 0) throw new ProblemReport(target.source, problems);
}

/** @throws ProblemReport when the file cannot be read. */
function tokenOf(call: Call): string | undefined {
  const file = textOption(call, "token-file");
  if (file === undefined) return undefined;
  try {
    return readFileSync(userPath(file, call.variables), "utf8").trim();
  } catch (error) {
    throw new ProblemReport("prove", [
      {
        path: "--token-file",
        given: `${file}: ${error instanceof Error ? error.message : String(error)}`,
        allowed: "a file that this user can read",
        fix: "name the file with the token in it",
      },
    ]);
  }
}

async function tryAll(
  call: Call,
  target: Target,
  token: string | undefined,
): Promise<Evidence> {
  const { terminal, variables } = call;
  const { settings } = target;
  const { print } = terminal;
  const aws = awsOf(target);
  const before = await taggedWith(aws, settings.tags);
  const steps = openSteps(print);
  const [version] = (await terraform(target, "network", ["version"])).stdout;
  let resources: Record<string, number> = {};
  if (await steps.run("deploy", () => deployAll(target, terminal))) {
    resources = await resourcesOf(target);
    await steps.run("second plan", () => planAgain(target));
    if (isGiven(call, "without-wave")) {
      for (const step of ["verify", "build"])
        await steps.run(step, () =>
          Promise.resolve({ outcome: "not run", detail: "--without-wave" }),
        );
    } else {
      const asked = addressesOf(call);
      await steps.run("verify", () => askWave(target, asked, print));
      await steps.run("build", () => buildImage(target, asked, token));
    }
    if (await steps.run("destroy", () => destroyAll(target, terminal)))
      await steps.run("left-overs", () =>
        lookForLeftOvers(aws, settings.tags, before),
      );
  }
  const { id, changes } = readCommit();
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: changes.length === 0 ? id : `${id}, changed`,
    level: variables.AWS_ENDPOINT_URL ? "emulated" : "aws",
    program: (version ?? "").replace(/ v/, " "),
    region: settings.region,
    wave: hasWave(settings) ? settings.wave.version : undefined,
    resources,
    steps: steps.done,
  };
}
