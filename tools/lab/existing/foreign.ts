import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../../modules/lib/project-file";
import { ownerKey } from "../aws/client";
import { paths } from "../paths";
import { mustRun } from "../system/process";
import { planStack, todo } from "../terraform/plan";
import { terraformOf } from "../../operate/terraform/binary";

/** What somebody else made, as `foreign.tf` takes it: see there. */
export interface ForeignInput {
  readonly region: string;
  readonly deployer: string;
  readonly vpc_cidrs: readonly string[];
  readonly private: Readonly<Record<string, string>>;
  readonly public: Readonly<Record<string, string>>;
  readonly cluster: {
    readonly name: string;
    readonly version: string;
    readonly service_cidr: string;
  };
  readonly node_groups: Readonly<
    Record<string, Readonly<Record<string, string>>>
  >;
}

/** Its ids, as its owner tells them. */
export interface ForeignIds {
  readonly vpcId: string;
  /** By zone letter. */
  readonly private: Readonly<Record<string, string>>;
  readonly public: Readonly<Record<string, string>>;
  readonly clientSecurityGroupId: string;
  /** What no settings file should name: see `odd.tf`. */
  readonly odd: {
    readonly vpcId: string;
    readonly small: OddSubnet;
    readonly full: OddSubnet;
  };
}

/** As the settings take it. */
type OddSubnet = Readonly<Record<"id" | "cidr", string>>;

/** As the owner calls Terraform: with a login and a state of its own. */
const optionsOf = (env: NodeJS.ProcessEnv, step: string) => ({
  step: `foreign-${step}`,
  env: { ...env, AWS_ACCESS_KEY_ID: ownerKey },
  cwd: paths.foreign,
});

/** Makes VPC and cluster. @throws Error when Terraform fails. */
export async function makeForeign(
  input: ForeignInput,
  env: NodeJS.ProcessEnv,
): Promise<ForeignIds> {
  rmSync(paths.foreign, { recursive: true, force: true });
  mkdirSync(paths.foreign, { recursive: true });
  for (const file of ["foreign.tf", "odd.tf"])
    copyFileSync(
      projectFile("tools/lab/existing", file),
      join(paths.foreign, file),
    );
  writeFileSync(
    join(paths.foreign, "terraform.tfvars.json"),
    JSON.stringify(input),
  );
  await mustRun(
    terraformOf(env),
    ["init", "-no-color"],
    optionsOf(env, "init"),
  );
  await mustRun(
    terraformOf(env),
    ["apply", "-auto-approve", "-no-color"],
    optionsOf(env, "apply"),
  );
  return idsOf(env);
}

async function idsOf(env: NodeJS.ProcessEnv): Promise<ForeignIds> {
  const args = ["output", "-json"];
  const { lines } = await mustRun(
    terraformOf(env),
    args,
    optionsOf(env, "output"),
  );
  const outputs = JSON.parse(lines.join("\n")) as {
    readonly ids: { readonly value: ForeignIds };
  };
  return outputs.ids.value;
}

/** What a plan of its owner would change. */
export async function foreignChanges(
  env: NodeJS.ProcessEnv,
  step: string,
): Promise<string[]> {
  const { cwd, ...options } = optionsOf(env, step);
  return todo(await planStack({ id: "foreign", folder: cwd }, options));
}

/** Takes VPC and cluster away, as their owner would. @throws Error when Terraform fails. */
export async function endForeign(env: NodeJS.ProcessEnv): Promise<void> {
  await mustRun(
    terraformOf(env),
    ["destroy", "-auto-approve", "-no-color"],
    optionsOf(env, "destroy"),
  );
}
