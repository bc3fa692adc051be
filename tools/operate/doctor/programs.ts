import semver from "semver";
import { kubeAuthOf } from "../../../modules/core/cluster/cluster";
import { laneOf, npmRange } from "../../../modules/core/versions/lanes";
import { type Settings } from "../../../modules/schema";
import { terraformOf } from "../terraform/binary";
import { run } from "../terraform/run";
import { type Check, type Finding } from "./check";

/** The programs of a deploy are on this machine: Terraform of the lane, and the AWS CLI where Kubernetes is entered by it. */
export const programChecks = (
  settings: Settings,
  env: NodeJS.ProcessEnv,
): Check[] => [
  { about: "Terraform", ask: () => terraform(env) },
  ...(kubeAuthOf(settings) === "exec"
    ? [{ about: "AWS CLI", ask: () => cli(env) }]
    : []),
];

async function terraform(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const program = terraformOf(env);
  const lane = laneOf(env);
  const lines = await linesOf(program, ["version"], env);
  const [, name = "", version = ""] =
    /^(Terraform|OpenTofu) v(\S+)/.exec(lines?.[0] ?? "") ?? [];
  const wanted = name === "OpenTofu" ? lane.opentofu : lane.terraform;
  if (wanted !== undefined && semver.satisfies(version, npmRange(wanted)))
    return [];
  return [
    {
      path: "TERRAFORM_BINARY_NAME",
      found:
        lines === undefined
          ? `${program} is not on this machine`
          : `${program} is ${name} ${version}, which the lane ${lane.name} does not take`,
      fix: `install Terraform ${lane.terraform.version}, or name it by TERRAFORM_BINARY_NAME`,
      severity: "stops",
    },
  ];
}

async function cli(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  return (await linesOf("aws", ["--version"], env)) === undefined
    ? [
        {
          path: "kubeAuth",
          found:
            "exec, by which the AWS CLI is asked, and aws is not on this machine",
          fix: "install the AWS CLI 2, or write kubeAuth: token",
          severity: "stops",
        },
      ]
    : [];
}

/** Undefined where it does not start. */
const linesOf = (
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<readonly string[] | undefined> =>
  run(program, args, { cwd: ".", env }).then(
    ({ code, stdout }) => (code === 0 ? stdout : undefined),
    () => undefined,
  );
