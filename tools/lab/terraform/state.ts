import { stateKey } from "../../../modules/core/state/state-location";
import { type CoreSettings } from "../../../modules/core/settings/schema";
import { type Aws, awsRequest } from "../aws/client";
import { mustRun } from "../system/process";
import { terraformOf } from "../../operate/terraform/binary";
import { type SynthesizedStack } from "./synthesized";

/** A stack's state as it lies in the bucket. */
export interface State {
  readonly stack: string;
  readonly text: string;
  readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly attributes: Record<string, unknown>;
      /** `tainted` when its creation failed after it existed. */
      readonly status?: string;
    }[];
  }[];
}

export async function readState(
  aws: Aws,
  settings: CoreSettings,
  stack: string,
): Promise<State> {
  const text = await awsRequest(aws, "s3", {
    method: "GET",
    path: `/${bucketOf(settings)}/${stateKey(settings, stack)}`,
  });
  const parsed = JSON.parse(text) as Pick<State, "outputs" | "resources">;
  return { stack, text, outputs: parsed.outputs, resources: parsed.resources };
}

/** Value of an output, whichever stack has it; undefined when none has. */
export function outputOf(states: readonly State[], name: string): unknown {
  return states.find(({ outputs }) => name in outputs)?.outputs[name]?.value;
}

/** Attributes of all managed resources of a type. */
export const attributesOf = (
  states: readonly State[],
  type: string,
): Record<string, unknown>[] =>
  states
    .flatMap(({ resources }) => resources)
    .filter((resource) => resource.mode === "managed" && resource.type === type)
    .flatMap(({ instances }) => instances.map(({ attributes }) => attributes));

/** Takes the lock away that a killed Terraform left, as the runbook says. @returns whether there was one. */
export async function unlock(
  aws: Aws,
  settings: CoreSettings,
  { id, folder }: SynthesizedStack,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  const lock = await awsRequest(aws, "s3", {
    method: "GET",
    path: `/${bucketOf(settings)}/${stateKey(settings, id)}.tflock`,
  }).catch(() => undefined);
  if (lock === undefined) return false;
  const { ID } = JSON.parse(lock) as { ID: string };
  await mustRun(terraformOf(env), ["force-unlock", "-force", ID], {
    step: `unlock-${id}`,
    env,
    cwd: folder,
  });
  return true;
}

export function bucketOf({ backend }: CoreSettings): string {
  if (backend.kind !== "s3")
    throw new Error("The lab needs backend.kind s3 in settings/example.yaml");
  return backend.bucket;
}
