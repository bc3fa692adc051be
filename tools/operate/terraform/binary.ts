/** The variable by which the CLI of CDKTF is told what to run for Terraform. */
export const BINARY_NAME = "TERRAFORM_BINARY_NAME";

/** What is run for Terraform, by the variable of the CLI; an empty one counts as unset, as for the CLI. */
export const terraformOf = (env: NodeJS.ProcessEnv = process.env): string =>
  givenIn(env) ?? "terraform";

/** What a variable names; undefined where it is empty. */
export const givenIn = (
  env: NodeJS.ProcessEnv,
  variable = BINARY_NAME,
): string | undefined => (env[variable] === "" ? undefined : env[variable]);
