/**
 * After a run of `workloads` that was killed: looks for what it made and no state knows, and writes the file by which the next
 * deploy takes it in. Changes nothing in the cluster.
 *
 *   npm run imports
 *
 * Needs the folder that was deployed from (CDKTF_OUTPUT), and kubectl logged in to its cluster.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { displayPath } from "../modules/lib/project-file";
import { ProblemReport } from "../modules/lib/problem";
import { terraformOf } from "../tools/operate/terraform/binary";
import { findingsOf, wantedOf } from "../tools/operate/imports/imports";
import { type TerraformJson } from "../tools/operate/manifests/manifests";

const problem = (path: string, given: string, allowed: string, fix: string) =>
  new ProblemReport("npm run imports", [{ path, given, allowed, fix }]);

/** What a command prints. @throws ProblemReport with what it complains of. */
function ask(command: string, args: readonly string[], cwd?: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
  });
  if (status === 0) return stdout;
  throw problem(
    `${command} ${args.slice(0, 2).join(" ")}`,
    error?.message ?? stderr.trim().split("\n").slice(-3).join(" "),
    "a command that answers",
    "log in with the deployer's credentials, and kubectl with aws eks update-kubeconfig",
  );
}

function readStack(folder: string): TerraformJson {
  const file = join(folder, "cdk.tf.json");
  if (!existsSync(file))
    throw problem(
      displayPath(file),
      "no such file",
      "the folder that was deployed from",
      "set CDKTF_OUTPUT as for the deploy, or run npx cdktf synth",
    );
  return JSON.parse(readFileSync(file, "utf8")) as TerraformJson;
}

/** Addresses of the state; a run that was killed early has saved none. */
function knownIn(folder: string): string[] {
  const { status, stdout, stderr } = spawnSync(
    terraformOf(),
    ["state", "list"],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  if (status === 0) return stdout.split("\n");
  if (stderr.includes("No state file was found")) return [];
  throw problem(
    "terraform state list",
    stderr.trim().split("\n").slice(0, 3).join(" "),
    "the state of workloads",
    "run terraform init in that folder with the deployer's credentials",
  );
}

/** Objects of another cluster must not be taken in. */
function checkCluster(network: string): void {
  const endpoint = ask(
    terraformOf(),
    ["output", "-raw", "cluster_endpoint"],
    network,
  );
  const server = ask("kubectl", [
    ...[
      "config",
      "view",
      "--minify",
      "-o",
      "jsonpath={.clusters[0].cluster.server}",
    ],
  ]);
  if (server.toLowerCase() !== endpoint.toLowerCase())
    throw problem(
      "kubectl's current context",
      server,
      endpoint,
      "aws eks update-kubeconfig --name <the output cluster_name of network>",
    );
}

function main(args: readonly string[]): void {
  if (args.length > 0) {
    console.error("Usage: CDKTF_OUTPUT=<folder of the deploy> npm run imports");
    process.exitCode = 2;
    return;
  }
  const stacks = resolve(process.env.CDKTF_OUTPUT ?? "cdktf.out", "stacks");
  const folder = join(stacks, "workloads");
  const stack = readStack(folder);
  checkCluster(join(stacks, "network"));
  const known = new Set(knownIn(folder));
  const { imports, commands } = findingsOf(
    wantedOf(stack, known).map((wanted) => ({
      wanted,
      answer: ask("kubectl", wanted.ask),
    })),
  );
  const file = join(folder, "import.tf.json");
  rmSync(file, { force: true });
  if (imports.length > 0)
    writeFileSync(file, `${JSON.stringify({ import: imports }, null, 2)}\n`);
  for (const { to, id } of imports) console.log(`${to}  ${id}`);
  console.log(
    imports.length === 0
      ? "Every object that stands is in the state."
      : `${imports.length} objects are in no state: ${displayPath(file)} lets the next deploy take them in. Deploy, then delete the file.`,
  );
  if (commands.length > 0)
    console.log(
      `Helm releases that were cut off. Before the next deploy:\n${commands.join("\n")}`,
    );
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ProblemReport)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
