import { existsSync, rmSync } from "node:fs";
import { satisfies } from "semver";
import { type Lane, LANES, laneOf } from "../../../modules/core/versions/lanes";
import { projectFile } from "../../../modules/lib/project-file";
import { type Lab } from "../lab";
import { outputOf } from "../settings";
import { type Providers, prepareProviders } from "../stand-ins/provider-mirror";
import { cliOf } from "../terraform/cdktf";
import { type LaneProgram, chooseProgram, nameOf } from "../terraform/program";

/** A line in another lane. */
export interface Guest {
  readonly lane: Lane;
  readonly program: LaneProgram;
  readonly lab: Lab;
}

/** The lanes of `lanes.json` that this run is not in. */
export const otherLanes = (own = laneOf()): Lane[] =>
  LANES.filter(({ name }) => name !== own.name);

/** Why a lane cannot synthesize on this machine; undefined when it can. */
export function lackOfLane(
  { name, node, nodeVersion, ...lane }: Lane,
  version = process.versions.node,
  isThere = existsSync,
): string | undefined {
  if (!satisfies(version, node.map((lowest) => `^${lowest}`).join(" || ")))
    return `lane ${name} runs on Node.js ${node.join(", ")} or later of the same major, and this is ${version}: run the lab on one of both lanes, such as ${nodeVersion}`;
  if (!isThere(cliOf({ LANE: name })))
    return `the packages of lane ${name} are not in ${lane.folder ?? "."}: npm run lane -- ${name} node --version installs them`;
  return undefined;
}

/**
 * A line that stands, as another lane sees it: the same account, settings and states; JSON, CLI, program and providers of its
 * own. What the lane lacks on this machine is skipped aloud.
 *
 * Its program is that of `LAB_OTHER_PROGRAM`, or the one that a run of the lane would choose.
 */
export async function inLane(lab: Lab, lane: Lane): Promise<Guest | undefined> {
  const { report, line } = lab;
  const skip = (why: string): void => {
    report.skip(`${line} in lane ${lane.name}`, why);
  };
  const lack = lackOfLane(lane);
  if (lack !== undefined) {
    skip(lack);
    return undefined;
  }
  try {
    const program = await chooseProgram({
      lane,
      env: {
        ...process.env,
        TERRAFORM_BINARY_NAME: process.env.LAB_OTHER_PROGRAM,
      },
      print: (text) => {
        report.progress(text);
      },
    });
    const own = {
      mirror: projectFile(".lab", `mirror-${lane.name}`),
      cliConfig: projectFile(".lab", `terraform-${lane.name}.rc`),
    };
    const providers = prepareProviders(program, { lane, own });
    for (const text of [
      `${lane.cli} with ${nameOf(program)} (${program.path})`,
      ...providers.notices,
    ])
      report.notice(`lane ${lane.name}: ${text}`);
    const guest = guestOf(lab, lane, providers);
    // Of an earlier run.
    rmSync(guest.env.CDKTF_OUTPUT ?? "", { recursive: true, force: true });
    return { lane, program, lab: { ...lab, providers, ...guest } };
  } catch (error) {
    skip(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** What a line is in another lane: without the stacks whose providers its mirror lacks. */
export function guestOf(
  {
    line,
    report,
    stacks,
    env,
  }: Pick<Lab, "line" | "report" | "stacks" | "env">,
  { name }: Lane,
  providers: Pick<Providers, "env" | "missing">,
): Pick<Lab, "report" | "stacks" | "env"> {
  const inCluster = stacks.filter(
    (id) => !["network", "data", "identity"].includes(id),
  );
  const isWhole = providers.missing.length === 0 || inCluster.length === 0;
  if (!isWhole)
    report.skip(
      `${inCluster.join(", ")} in lane ${name}`,
      `the mirror lacks ${providers.missing.join(" and ")}`,
    );
  return {
    report: report.of(`${line} in ${name}`),
    env: {
      ...env,
      ...providers.env,
      LANE: name,
      CDKTF_OUTPUT: `${outputOf(line)}-${name}`,
    },
    stacks: isWhole ? stacks : stacks.filter((id) => !inCluster.includes(id)),
  };
}
