import { stringsOf } from "./graph";
import { type StackJson } from "./synth";

/** Where Terraform gets a secret's value from. Ids, ARNs and versions of secrets are none. */
const SOURCE =
  /\b(?:ephemeral\.aws_secretsmanager_random_password\.[\w-]+\.random_password|(?:data|ephemeral)\.aws_secretsmanager_secret_version\.[\w-]+\.secret_(?:string|binary)|(?:data|ephemeral)\.aws_eks_cluster_auth\.[\w-]+\.token)\b/g;

/** Stands for every secret. */
export const CANARY = "CANARY-7f3a";

/** A value of the JSON that holds the canary, and where Terraform keeps it. */
export interface Sighting {
  /** `data aws_db_instance.postgres_instance_919E2690: password_wo`. */
  readonly place: string;
  /** Write-only arguments, providers and ephemeral blocks are never in plan or state. */
  readonly kept: boolean;
}

/**
 * Puts the canary in the place of each secret's value, follows it through locals, outputs and remote state into the other
 * stacks, and tells where it arrives. `sources` counts where it started.
 */
export function releaseCanaries(stacks: Readonly<Record<string, StackJson>>): {
  readonly sources: number;
  readonly sightings: readonly Sighting[];
} {
  const tainted = new Set<string>();
  const sources = new Set<string>();
  const fill = (stack: string, text: string): string =>
    text
      .replace(SOURCE, (source) => {
        sources.add(`${stack} ${source}`);
        return CANARY;
      })
      .replace(/\blocal\.([\w-]+)/g, (whole, name: string) =>
        tainted.has(`${stack} local ${name}`) ? CANARY : whole,
      )
      .replace(
        /\bdata\.terraform_remote_state\.([a-z-]+)\.outputs\.(\w+)/g,
        (whole, producer: string, name: string) =>
          tainted.has(`${producer} output ${name}`) ? CANARY : whole,
      );
  const holds = (stack: string, value: unknown): boolean =>
    [...stringsOf(value)].some(([, text]) =>
      fill(stack, text).includes(CANARY),
    );

  // Each round can carry it one step further.
  let before: number;
  do {
    before = tainted.size;
    for (const [stack, { locals, output }] of Object.entries(stacks)) {
      for (const [name, value] of Object.entries(locals ?? {}))
        if (holds(stack, value)) tainted.add(`${stack} local ${name}`);
      for (const [name, value] of Object.entries(output ?? {}))
        if (holds(stack, value)) tainted.add(`${stack} output ${name}`);
    }
  } while (tainted.size > before);

  const sightings = Object.entries(stacks).flatMap(([stack, json]) =>
    [...stringsOf(json)]
      .filter(([, text]) => fill(stack, text).includes(CANARY))
      .map(([path]) => ({ place: `${stack} ${path}`, kept: isKept(path) })),
  );
  return { sources: sources.size, sightings };
}

/** A local is kept only where it is used. */
const isKept = (path: string): boolean =>
  !/^(provider|ephemeral|locals)\./.test(path) &&
  !/^resource\.[a-z0-9_]+\.[\w-]+\.[a-z_]+_wo(\.|$)/.test(path);
