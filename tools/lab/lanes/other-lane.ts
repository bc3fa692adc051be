import { existsSync, rmSync } from "node:fs";
import { satisfies } from "semver";
import {
  type Lane,
  LANES,
  laneOf,
  nodeRange,
} from "../../../modules/core/versions/lanes";
import { projectFile } from "../../../modules/lib/project-file";
import { type Lab } from "../lab";
import { type Report } from "../report";
import { outputOf } from "../settings";
import { type Providers, prepareProviders } from "../stand-ins/provider-mirror";
import { cliOf } from "../../operate/terraform/cli";
import { type LaneProgram, chooseProgram, nameOf } from "../terraform/program";

/** A lane that this machine can run beside that of the run. */
export interface OtherLane {
  readonly lane: Lane;
  readonly program: LaneProgram;
  readonly providers: Providers;
}

/** The lanes of `lanes.json` that this run is not in. */
export const otherLanes = (own = laneOf()): Lane[] =>
  LANES.filter(({ name }) => name !== own.name);

/** Why a lane cannot synthesize on this machine; undefined when it can. */
export function lackOfLane(
  { name, node, nodeVersion, folder = "." }: Lane,
  version = process.versions.node,
  isThere = existsSync,
): string | undefined {
  const fits = (one: string): boolean => satisfies(one, nodeRange({ node }));
  if (!fits(version)) {
    const both = [laneOf().nodeVersion, nodeVersion].find(fits);
    return `it runs on Node.js ${node.join(", ")} or later of the same major, and this is ${version}: put "npx -y -p node@${both} --" in front of the command`;
  }
  if (!isThere(cliOf({ LANE: name })))
    return `its packages are not in ${folder}: npm run lane -- ${name} node --version installs them`;
  return undefined;
}

/** The program of the other lane, when it is not that of the PATH. */
const VARIABLE = "LAB_OTHER_PROGRAM";

/**
 * The lanes that a run can change to, with their programs and providers. One that this machine cannot run is skipped aloud.
 *
 * @throws Error when `LAB_OTHER_PROGRAM` names a program that its lane does not accept.
 */
export async function openLanes(
  report: Report,
  env = process.env,
): Promise<OtherLane[]> {
  const opened: OtherLane[] = [];
  for (const lane of otherLanes()) {
    const skip = (why: string): void => {
      report.skip(`lane ${lane.name}`, why);
    };
    const lack = lackOfLane(lane);
    if (lack !== undefined) skip(lack);
    else
      try {
        opened.push(await openLane(lane, report, env));
      } catch (error) {
        if (env[VARIABLE]) throw error;
        skip(error instanceof Error ? error.message : String(error));
      }
  }
  return opened;
}

async function openLane(
  lane: Lane,
  report: Report,
  env: NodeJS.ProcessEnv,
): Promise<OtherLane> {
  const print = (text: string) => {
    report.progress(text);
  };
  const program = await chooseProgram({ lane, env, variable: VARIABLE, print });
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
  return { lane, program, providers };
}

/** A line that stands, in another lane: the same account, settings and states; JSON, CLI, program and providers of its own. */
export function inLane(lab: Lab, { lane, providers }: OtherLane): Lab {
  const guest = guestOf(lab, lane, providers);
  // Of an earlier run.
  rmSync(guest.env.CDKTF_OUTPUT ?? "", { recursive: true, force: true });
  return { ...lab, providers, ...guest };
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
