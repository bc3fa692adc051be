import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Problem } from "../../lib/problem";
import { projectFile } from "../../lib/project-file";
import { stateKey, workspaceName } from "./state-location";
import { namesOf } from "../../lib/names";
import { refuseTerraformVariables } from "./terraform-variables";
import { type RunVariables } from "../../settings/choose";
import { type CoreSettings } from "../settings/schema";

/**
 * What would make a run unsafe whatever the settings say: logs that show secrets, variables that point Terraform or the
 * Kubernetes provider elsewhere, and an output folder that belongs to another environment.
 */
export function guardRun(
  settings: CoreSettings,
  variables: RunVariables,
): Problem[] {
  return [
    ...refuseLogs(variables),
    ...refuseKubernetesVariables(variables),
    ...refuseTerraformVariables(settings, variables),
    ...refuseForeignFolder(settings, variables.CDKTF_OUTDIR ?? "cdktf.out"),
  ];
}

/** Variables that begin like those of the Kubernetes provider and are none that we know. */
export function warnOfRun(variables: RunVariables): string[] {
  return Object.keys(variables)
    .filter(
      (name) =>
        name.startsWith("KUBE_") && !KUBERNETES_VARIABLES.includes(name),
    )
    .sort()
    .map(
      (name) =>
        `${name} is set. The Kubernetes provider reads KUBE_* variables: unset it unless you know that it is harmless.`,
    );
}

const LOG_VARIABLES = ["TF_LOG", "TF_LOG_CORE", "TF_LOG_PROVIDER"];
const QUIET_LEVELS = ["WARN", "ERROR", "OFF"];

function refuseLogs(variables: RunVariables): Problem[] {
  return LOG_VARIABLES.flatMap((name) => {
    const level = variables[name];
    if (!level || QUIET_LEVELS.includes(level.toUpperCase())) return [];
    return {
      path: `environment variable ${name}`,
      given: level,
      allowed: "unset, or WARN, ERROR or OFF",
      fix: `unset ${name}: from INFO on, the Kubernetes provider logs the values of Secrets`,
    };
  });
}

/** What the Kubernetes provider reads (its documentation, "Argument Reference"). */
const KUBERNETES_VARIABLES = [
  "KUBE_CLIENT_CERT_DATA",
  "KUBE_CLIENT_KEY_DATA",
  "KUBE_CLUSTER_CA_CERT_DATA",
  "KUBE_CONFIG_PATH",
  "KUBE_CONFIG_PATHS",
  "KUBE_CTX",
  "KUBE_CTX_AUTH_INFO",
  "KUBE_CTX_CLUSTER",
  "KUBE_HOST",
  "KUBE_INSECURE",
  "KUBE_PASSWORD",
  "KUBE_PROXY_URL",
  "KUBE_TLS_SERVER_NAME",
  "KUBE_TOKEN",
  "KUBE_USER",
];

function refuseKubernetesVariables(variables: RunVariables): Problem[] {
  return KUBERNETES_VARIABLES.filter((name) => variables[name]).map((name) => ({
    path: `environment variable ${name}`,
    given: "a value (not shown)",
    allowed: "unset",
    fix: `unset ${name}: it can point the Kubernetes provider at another cluster`,
  }));
}

/** Back end as Terraform notes it in `.terraform/terraform.tfstate` of a stack's folder. */
interface InitialisedBackend {
  readonly type: string;
  readonly config: {
    readonly bucket?: string;
    readonly key?: string;
    readonly region?: string;
    readonly path?: string;
    readonly hostname?: string | null;
    readonly organization?: string;
    readonly workspaces?: { readonly name?: string } | null;
  };
}

/**
 * With the folder of another environment the CLI only offers to migrate the state, and that copies the first
 * environment's state over the second one's.
 */
function refuseForeignFolder(
  settings: CoreSettings,
  outdir: string,
): Problem[] {
  const stacks = join(resolve(outdir), "stacks");
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks).flatMap((stackId) => {
    // The state bucket's own stack keeps its state beside itself, and no environment has it.
    if (stackId === "state") return [];
    const folder = join(stacks, stackId);
    const found = initialisedBackend(folder);
    if (found === undefined) return [];
    const there = stateOf(found, folder);
    const ours = expectedState(settings, stackId);
    if (there === ours) return [];
    return {
      path: `output folder ${join(outdir, "stacks", stackId)}`,
      given: `initialised for the state ${there}`,
      allowed: `the state ${ours}`,
      fix: `use a folder for each environment: CDKTF_OUTPUT=cdktf.out/${settings.environment}. If this environment's state has moved and is copied already, delete ${join(outdir, "stacks", stackId, ".terraform")}`,
    };
  });
}

function initialisedBackend(folder: string): InitialisedBackend | undefined {
  const file = join(folder, ".terraform", "terraform.tfstate");
  if (!existsSync(file)) return undefined;
  const { backend } = JSON.parse(readFileSync(file, "utf8")) as {
    backend?: InitialisedBackend | null;
  };
  return backend ?? undefined;
}

function stateOf({ type, config }: InitialisedBackend, folder: string): string {
  switch (type) {
    case "s3":
      return objectAt(config.bucket, config.key, config.region);
    case "cloud":
    case "remote":
      return workspaceAt(
        config.hostname,
        config.organization,
        config.workspaces?.name,
      );
    default:
      return resolve(folder, config.path ?? "terraform.tfstate");
  }
}

/** Terraform takes a bucket in another region for another back end. */
const objectAt = (bucket = "", key = "", region = ""): string =>
  `s3://${bucket}/${key} in ${region}`;

/** Terraform notes no host where none was written. */
const workspaceAt = (
  hostname: string | null = null,
  organization = "",
  workspace = "",
): string =>
  `workspace ${organization}/${workspace} of ${hostname ?? "app.terraform.io"}`;

function expectedState(settings: CoreSettings, stackId: string): string {
  const { backend } = settings;
  switch (backend.kind) {
    case "s3":
      return objectAt(
        backend.bucket,
        stateKey(settings, stackId),
        backend.region ?? settings.region,
      );
    case "cloud":
      return workspaceAt(
        backend.hostname,
        backend.organization,
        workspaceName(settings, stackId),
      );
    case "local":
      return projectFile(
        ".state",
        namesOf(settings).prefix,
        `${stackId}.tfstate`,
      );
  }
}
