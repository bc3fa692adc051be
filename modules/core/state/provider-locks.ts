import { type App } from "cdktf";
import {
  copyFileSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { displayPath, projectFile } from "../../lib/project-file";
import { type Problem, ProblemReport } from "../../lib/problem";
import { DEFAULT_LANE, type Lane, laneOf } from "../versions/lanes";

const SUFFIX = ".terraform.lock.hcl";

/** Folder of a lane's committed provider checksums, one file for each stack: `<stack>.terraform.lock.hcl`. */
export const lockFolder = ({ name, folder }: Lane): string =>
  folder === undefined
    ? projectFile("providers")
    : projectFile("providers", name);

/** Providers that a lock file holds in another version than the lane wants, as `registry…/hashicorp/aws 6.25.0`. */
function strangersIn(file: string, { providers }: Lane): string[] {
  const entries = readFileSync(file, "utf8").matchAll(
    /^provider "([^"]+)" \{\s+version\s*= "([^"]+)"/gm,
  );
  return [...entries].flatMap(([, source = "", version = ""]) => {
    const wanted = Object.entries(providers).find(([name]) =>
      source.endsWith(`/hashicorp/${name}`),
    )?.[1];
    return wanted === undefined || wanted === version
      ? []
      : [`${source} ${version}`];
  });
}

/**
 * Refuses committed checksums of another lane: with them no program installs the providers of the JSON.
 *
 * @throws ProblemReport with every such file.
 */
export function checkProviderLocks(lane = laneOf()): void {
  const folder = lockFolder(lane);
  if (!existsSync(folder)) return;
  const files = readdirSync(folder).filter((file) => file.endsWith(SUFFIX));
  const anew =
    lane.name === DEFAULT_LANE
      ? "npm run providers:lock"
      : `npm run lane -- ${lane.name} npm run providers:lock`;
  const problems = files.flatMap((file): Problem[] => {
    const found = strangersIn(join(folder, file), lane);
    if (found.length === 0) return [];
    return [
      {
        path: displayPath(join(folder, file)),
        given: found.join(", "),
        allowed: `the providers of lane ${lane.name}: ${Object.entries(lane.providers).join("; ").replaceAll(",", " ")}`,
        fix: `write it anew with \`${anew}\`, or delete it.`,
      },
    ];
  });
  if (problems.length > 0)
    throw new ProblemReport("checksums of providers", problems);
}

/**
 * Puts the committed provider checksums of the lane beside each stack's JSON, so that Terraform refuses other provider
 * binaries. Does nothing for a stack without one: `npm run providers:lock` makes them. What `init` left there in another lane is
 * taken away.
 *
 * @returns a sentence for each file that was taken away.
 */
export function copyProviderLocks(
  { outdir, node }: App,
  lane = laneOf(),
): string[] {
  return node.children.flatMap(({ node: { id } }) => {
    const committed = join(lockFolder(lane), `${id}${SUFFIX}`);
    const beside = join(outdir, "stacks", id, SUFFIX);
    if (existsSync(committed)) copyFileSync(committed, beside);
    else if (existsSync(beside) && strangersIn(beside, lane).length > 0) {
      rmSync(beside);
      return [
        `${join("stacks", id, SUFFIX)} had the checksums of other provider versions than lane ${lane.name} has, and is gone: the next init writes it anew.`,
      ];
    }
    return [];
  });
}
