import { spawnSync } from "node:child_process";
import { coerce, satisfies } from "semver";
import {
  type Lane,
  laneOf,
  npmRange,
} from "../../../modules/core/versions/lanes";
import { BINARY_NAME, givenIn } from "../../operate/terraform/binary";
import { type Way } from "../system/bring";
import { buildOpenTofu, cachedOpenTofu } from "./build-opentofu";

/** A program that plans and applies. */
export interface LaneProgram {
  readonly product: "Terraform" | "OpenTofu";
  /** Such as `1.11.4`. */
  readonly version: string;
  /** Its path, or its name on the PATH. */
  readonly path: string;
}

/** How the choice is made. */
export interface Choice {
  /** @default that of the run */
  readonly lane?: Lane;
  /** @default that of the process */
  readonly env?: NodeJS.ProcessEnv;
  /** Names the program. @default `TERRAFORM_BINARY_NAME` */
  readonly variable?: string;
  /** @default prints on the console */
  readonly print?: (text: string) => void;
  /** Puts OpenTofu into a folder. @default builds it with Go */
  readonly build?: Way;
}

/**
 * What a lane plans and applies with: the program of `TERRAFORM_BINARY_NAME`. Without it OpenTofu on the PATH where the lane
 * has it, or Terraform on the PATH, or where the lane has it and Go is there OpenTofu, built once into the user's cache.
 *
 * @throws Error when the lane accepts none of them: what was found, what is accepted, how to get it.
 */
export async function chooseProgram({
  lane = laneOf(),
  env = process.env,
  variable = BINARY_NAME,
  print = console.log,
  build = buildOpenTofu(env, print),
}: Choice = {}): Promise<LaneProgram> {
  const given = givenIn(env, variable);
  if (given !== undefined) return check(given, lane, { env, variable });
  const names = [...(lane.opentofu ? ["tofu"] : []), "terraform"];
  const found = names.flatMap((name) => ask(name, env) ?? []);
  const right = found.find((one) => fits(lane, one));
  if (right) return right;
  const has = found.map(nameOf).join(" and ") || "none";
  const refusal = `Lane ${lane.name} runs ${rangesOf(lane)}, and the PATH has ${has}`;
  const install = `install ${installOf(lane)}, or name one by ${variable}`;
  if (!lane.opentofu) throw new Error(`${refusal}: ${install}.`);
  print(`${refusal}: OpenTofu ${lane.opentofu.version} of the cache is used`);
  const cached = await cachedOpenTofu(lane.opentofu.version, env, print, build);
  if ("lacks" in cached)
    throw new Error(`${refusal} (${cached.lacks}): ${install}.`);
  return { product: "OpenTofu", version: lane.opentofu.version, ...cached };
}

/** @throws Error when the program does not run, or is not one of the lane. */
function check(
  path: string,
  lane: Lane,
  { env, variable }: Required<Pick<Choice, "env" | "variable">>,
): LaneProgram {
  const program = ask(path, env);
  const wrong =
    program === undefined ? "does not run" : `is ${nameOf(program)}`;
  if (program === undefined || !fits(lane, program))
    throw new Error(
      `Lane ${lane.name} runs ${rangesOf(lane)}, and ${variable} is "${path}", which ${wrong}: name another, or unset it for the program of the PATH.`,
    );
  return program;
}

/** The program behind a path or a name; undefined when it does not answer as one of the two. */
function ask(path: string, env: NodeJS.ProcessEnv): LaneProgram | undefined {
  const { stdout } = spawnSync(path, ["version"], {
    encoding: "utf8",
    env: { ...env, TF_CLI_CONFIG_FILE: "", CHECKPOINT_DISABLE: "1" },
  });
  const [, product, version] =
    /^(Terraform|OpenTofu) v(\S+)/m.exec(stdout) ?? [];
  if (product !== "Terraform" && product !== "OpenTofu") return undefined;
  return { product, version: version ?? "", path };
}

/** Both programs compare their number alone with a range, without what may follow it, such as `-rc1`. */
function fits(lane: Lane, { product, version }: LaneProgram): boolean {
  const known = product === "OpenTofu" ? lane.opentofu : lane.terraform;
  const number = coerce(version);
  if (known === undefined || number === null) return false;
  return satisfies(number, npmRange(known));
}

export const nameOf = ({ product, version }: LaneProgram): string =>
  `${product} ${version}`;

/** Such as `OpenTofu ~> 1.12.6 or Terraform >= 1.15.0, < 1.17.0`. */
const rangesOf = ({ opentofu, terraform }: Lane): string =>
  [
    ...(opentofu ? [`OpenTofu ${opentofu.range}`] : []),
    `Terraform ${terraform.range}`,
  ].join(" or ");

const installOf = ({ opentofu, terraform }: Lane): string =>
  [
    ...(opentofu
      ? [
          `OpenTofu ${opentofu.version} (https://opentofu.org/docs/intro/install)`,
        ]
      : []),
    `Terraform ${terraform.version} (https://developer.hashicorp.com/terraform/install)`,
  ].join(" or ");
