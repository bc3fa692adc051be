import { type Problem } from "../../lib/problem";
import { type RunVariables } from "../../settings/choose";
import { type CoreSettings } from "../settings/schema";

/**
 * Variables that make Terraform keep its state elsewhere, or do less or more than the stacks say, without a word in the
 * settings ("Environment Variables" of Terraform's documentation, "cloud block", and "S3 backend").
 */
export const refuseTerraformVariables = (
  settings: CoreSettings,
  variables: RunVariables,
): Problem[] => [
  ...refuseWorkspace(variables),
  ...FOREIGN_FOLDERS.flatMap(({ name, because }) =>
    refuseValue(variables, name, because),
  ),
  ...refuseArguments(variables),
  ...refuseCloud(settings, variables),
];

/** With the S3 back end another workspace is another state, and readers of other stacks go on reading the default one. */
function refuseWorkspace({ TF_WORKSPACE: workspace }: RunVariables): Problem[] {
  if (!workspace || workspace === "default") return [];
  return [
    {
      path: "environment variable TF_WORKSPACE",
      given: workspace,
      allowed: "unset, or default",
      fix: "unset TF_WORKSPACE: the stack would be written to the state of that workspace, and what it reads of the other stacks would come from another one. For a second environment write a second settings file",
    },
  ];
}

const FOREIGN_FOLDERS = [
  {
    name: "TF_DATA_DIR",
    because:
      "all stacks would share one data folder, and the back end of the one would be that of the others",
  },
  {
    name: "AWS_SSE_CUSTOMER_KEY",
    because:
      "the state would be encrypted with a key that no other run has; backend.kmsKeyArn names one of KMS",
  },
] as const;

const refuseValue = (
  variables: RunVariables,
  name: string,
  because: string,
): Problem[] =>
  variables[name]
    ? [
        {
          path: `environment variable ${name}`,
          given: "a value (not shown)",
          allowed: "unset",
          fix: `unset ${name}: ${because}`,
        },
      ]
    : [];

/** Flags that change how Terraform works and speaks, and nothing of what it does. */
const HARMLESS = [
  ...["no-color", "compact-warnings", "input", "parallelism"],
  ...["lock-timeout", "detailed-exitcode", "concise"],
  ...["fs-mirror", "net-mirror", "plugin-dir", "platform"],
];

/** `TF_CLI_ARGS` and `TF_CLI_ARGS_<command>`: what stands there is added to every call of Terraform. */
function refuseArguments(variables: RunVariables): Problem[] {
  return Object.entries(variables)
    .filter(([name]) => /^TF_CLI_ARGS(_|$)/.test(name))
    .flatMap(([name, value = ""]) => {
      const others = flagsOf(value).filter((flag) => !HARMLESS.includes(flag));
      if (others.length === 0) return [];
      return [
        {
          path: `environment variable ${name}`,
          given: others.map((flag) => `-${flag}`).join(", "),
          allowed: `unset, or flags of ${HARMLESS.map((flag) => `-${flag}`).join(", ")}`,
          fix: `take ${others.map((flag) => `-${flag}`).join(" and ")} out of ${name}: every call of Terraform gets it, in every stack. Give it to one call on the command line where it is meant`,
        },
      ];
    });
}

/** Names of the flags in a text of arguments, without values: `-lock=false` and `--lock=false` are `lock`. */
const flagsOf = (text: string): string[] =>
  text
    .split(/\s+/)
    .map((part) => part.replace(/^["']/, ""))
    .filter((part) => part.startsWith("-"))
    .map((part) => part.replace(/^-+/, "").replace(/=.*$/, ""));

/** What the cloud block leaves out, these fill in: only the same as in the settings. */
function refuseCloud(
  { backend }: CoreSettings,
  variables: RunVariables,
): Problem[] {
  if (backend.kind !== "cloud") return [];
  const { organization, project, hostname } = backend;
  const wanted: readonly (readonly [string, string, string | undefined])[] = [
    ["TF_CLOUD_ORGANIZATION", "backend.organization", organization],
    ["TF_CLOUD_PROJECT", "backend.project", project],
    ["TF_CLOUD_HOSTNAME", "backend.hostname", hostname ?? "app.terraform.io"],
  ];
  return wanted.flatMap(([name, path, value]) => {
    const given = variables[name];
    if (!given || given === value) return [];
    return [
      {
        path: `environment variable ${name}`,
        given,
        allowed: value === undefined ? "unset" : `unset, or ${value}`,
        fix: `unset ${name}, and write what is meant into ${path}: the workspaces would be looked for elsewhere`,
      },
    ];
  });
}
