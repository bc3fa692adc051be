import { join } from "node:path";
import {
  type KubernetesObject,
  type TerraformJson,
  manifestsOf,
} from "../../operate/manifests/manifests";
import { type Kubectl, listOf } from "../kube/kubectl";
import { type Lab } from "../lab";
import { Stop } from "../report";
import {
  type StackOutputs,
  filledIn,
  keepReference,
  outputsOf,
} from "../terraform/outputs";
import { readStack } from "../terraform/synthesized";

/** What the API server is asked for: it takes, defaults and validates an object, knows every field, and keeps nothing. */
const DRY_RUN = [
  ...["apply", "--server-side", "--dry-run=server", "--validate=strict"],
  ...["--force-conflicts", "--field-manager=lab", "-f", "-"],
];

/**
 * Before anything of a line is applied, the API server is shown every Kubernetes object of its stacks.
 * @throws Stop when it refuses one.
 */
export async function checkDryRun(lab: Lab, step: string): Promise<void> {
  const { report, aws, settings, env, stacks, workloads } = lab;
  const name = `${step}: strict dry run of every Kubernetes object`;
  if (!workloads) {
    report.skip(name, "this line has no cluster");
    return;
  }
  const outputs = await outputsOf(aws, settings, stacks);
  const objects = [...new Set(["workloads", ...stacks])].flatMap((id) => {
    const folder = join(env.CDKTF_OUTPUT ?? "", "stacks", id);
    return objectsOf(readStack(id, folder).json, outputs);
  });
  const refused = await dryRun(workloads.cluster.kubectl, objects);
  const detail =
    refused.length === 0
      ? `${objects.length} of ${objects.length} accepted`
      : refused.join("; ");
  if (!report.check(name, refused.length === 0, detail)) throw new Stop();
}

/** Outputs that no stack has yet stay placeholders, as in `npm run manifests`; but a name must be one. */
const objectsOf = (
  stack: TerraformJson,
  outputs: StackOutputs,
): KubernetesObject[] =>
  manifestsOf(filledIn(stack, outputs, keepReference) as TerraformJson).map(
    ({ object }) => withName(object),
  );

/**
 * The part of a name that only Terraform computes, such as the hash in that of a Job, is a word. A volume whose source only
 * Terraform knows is another volume: that of one that stands cannot be changed.
 */
export function withName(object: KubernetesObject): KubernetesObject {
  const { kind, metadata } = object;
  const isOther =
    kind === "PersistentVolume" && JSON.stringify(object).includes('"<');
  const name = metadata.name.replace(/<.*>/, "computed");
  return {
    ...object,
    metadata: { ...metadata, name: isOther ? `${name}-computed` : name },
  };
}

/**
 * Shows objects to the API server, which keeps none of them. Namespaces that it does not have are there while it takes
 * place: no object is taken without its own.
 * @returns what is refused and why, as `Kind name: reason`.
 */
export async function dryRun(
  kubectl: Kubectl,
  objects: readonly KubernetesObject[],
): Promise<string[]> {
  const namespaces = objects.filter(({ kind }) => kind === "Namespace");
  const others = objects.filter(({ kind }) => kind !== "Namespace");
  const refused = await refusals(kubectl, namespaces);
  if (refused.length > 0) return refused;
  const existing = await kubectl(["get", "namespaces", "-o", "name"]);
  const missing = namespaces.filter(
    ({ metadata }) =>
      !existing.split("\n").includes(`namespace/${metadata.name}`),
  );
  if (missing.length === 0) return refusals(kubectl, others);
  try {
    await kubectl(["create", "-f", "-"], listOf(missing));
    return await refusals(kubectl, others);
  } finally {
    await kubectl(
      ["delete", "--ignore-not-found", "--wait", "-f", "-"],
      listOf(missing),
    );
  }
}

/** All at once; one by one only where something is refused, to know what. */
async function refusals(
  kubectl: Kubectl,
  objects: readonly KubernetesObject[],
): Promise<string[]> {
  if (objects.length === 0) return [];
  const all = await kubectl.ask(DRY_RUN, listOf(objects));
  if (all.code === 0) return [];
  const refused: string[] = [];
  for (const object of objects) {
    const { code, stderr } = await kubectl.ask(DRY_RUN, listOf([object]));
    if (code !== 0)
      refused.push(`${object.kind} ${object.metadata.name}: ${stderr.trim()}`);
  }
  return refused.length > 0 ? refused : [all.stderr.trim()];
}
