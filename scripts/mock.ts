/**
 * The stores of an environment on this machine, for work on its services: synthesizes them, and where AWS_ENDPOINT_URL names an
 * emulator makes them there. Needs Terraform, but neither account nor credentials.
 *
 *   AWS_ENDPOINT_URL=http://127.0.0.1:4566 npm run mock [-- settings/<file>.yaml] [--destroy] [--host=<host>]
 */
import { spawn } from "node:child_process";
import { basename, dirname } from "node:path";
import { createInterface } from "node:readline";
import { ProblemReport } from "../modules/lib/problem";
import { displayPath } from "../modules/lib/project-file";
import { loadSettings } from "../modules/load";
import { writeMockStack } from "../modules/mock-app";
import { hasDelivery } from "../modules/schema";
import { terraformOf } from "../tools/operate/terraform/binary";
import { checkEndpoint, storeLines } from "../tools/operate/mock/target";

const USAGE =
  "npm run mock [-- settings/<file>.yaml] [--destroy] [--host=<host>]";
const COMPOSE = "manifests/delivery/mock/compose.yaml";

/** What a reader wants to see of Terraform's output. */
const PROGRESS =
  /: (Creation|Modifications|Destruction) complete|^(Apply|Destroy) complete!|^No changes\./;

/** Runs Terraform and shows its progress; everything when it fails. */
async function terraform(cwd: string, ...args: string[]): Promise<boolean> {
  console.log(`\nterraform ${args.join(" ")}`);
  // Not the operator's credentials and profiles, which could do something elsewhere.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !name.startsWith("AWS_") || name === "AWS_ENDPOINT_URL",
    ),
  );
  const binary = terraformOf();
  const child = spawn(binary, [...args, "-no-color", "-input=false"], {
    cwd,
    env: { ...env, AWS_EC2_METADATA_DISABLED: "true" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      if (PROGRESS.test(line)) console.log(line);
    });
  const code = await new Promise((resolve) => {
    child.on("error", ({ message }) => lines.push(`${binary}: ${message}`));
    child.on("close", resolve);
  });
  if (code !== 0) console.error(lines.join("\n"));
  return code === 0;
}

function load(file: string | undefined) {
  const { settings, source, notices } = loadSettings({
    ...process.env,
    ...(file !== undefined && {
      SETTINGS_DIR: dirname(file),
      ENVIRONMENT: basename(file, ".yaml"),
    }),
  });
  for (const notice of notices) console.log(`Note: ${notice}`);
  if (hasDelivery(settings)) return settings;
  throw new ProblemReport(source, [
    {
      path: "delivery",
      given: "nothing",
      allowed: "the section delivery: the mock has its stores and nothing else",
      fix: `choose a file that has it: ${USAGE}`,
    },
  ]);
}

async function main(args: readonly string[]): Promise<boolean> {
  const [file, more] = args.filter((one) => !one.startsWith("-"));
  const host = args.find((one) => one.startsWith("--host="))?.slice(7);
  const wrong = args.filter((one) => !/^(--destroy$|--host=.|[^-])/.test(one));
  if (wrong.length > 0 || more !== undefined) {
    console.error(
      `Unknown: ${[...wrong, more].join(" ").trim()}. Usage: ${USAGE}`,
    );
    return false;
  }
  const settings = load(file);
  const folder = writeMockStack(settings);
  console.log(`The stores are in ${displayPath(folder)}`);
  const endpoint = process.env.AWS_ENDPOINT_URL;
  if (!endpoint) {
    console.log(
      `To make them on this machine:\n  docker compose -f ${COMPOSE} up --detach\n  AWS_ENDPOINT_URL=http://127.0.0.1:4566 ${USAGE}`,
    );
    return true;
  }
  checkEndpoint(endpoint, host);
  const command = args.includes("--destroy") ? "destroy" : "apply";
  const done =
    (await terraform(folder, "init")) &&
    (await terraform(folder, command, "-auto-approve"));
  if (done && command === "apply")
    console.log(
      `\nAt ${endpoint}, with any credentials:\n  ${storeLines(settings).join("\n  ")}\nPostgreSQL and Redis are those of ${COMPOSE}: 127.0.0.1:5431 and 127.0.0.1:6379.`,
    );
  return done;
}

main(process.argv.slice(2)).then(
  (done) => {
    if (!done) process.exitCode = 1;
  },
  (error: unknown) => {
    if (!(error instanceof ProblemReport)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  },
);
