import { type Aws, accessKey, awsRequest } from "./aws-client";
import { type Settings } from "../modules/settings/schema";
import { stateKey } from "../modules/lib/state-location";
import { type Providers } from "./provider-mirror";
import { type RunResult, mustRun, run } from "./process";
import { paths } from "./paths";
import { settingsEnv } from "./settings";
import { type SynthesizedStack } from "./synthesized";

/** Variables of the caller that must not reach the lab: they would point it elsewhere. */
const foreign = /^(AWS|TF|KUBE|CDKTF|SETTINGS|ENVIRONMENT)(_|$)/;

/** Environment of every command of a run (LAB-B2, LAB-B3). */
export function labEnv(aws: Aws, providers?: Providers): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !foreign.test(name),
  );
  return {
    ...Object.fromEntries(own),
    ...settingsEnv,
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: aws.region,
    AWS_DEFAULT_REGION: aws.region,
    AWS_ACCESS_KEY_ID: accessKey,
    AWS_SECRET_ACCESS_KEY: "lab",
    AWS_EC2_METADATA_DISABLED: "true",
    CDKTF_OUTPUT: paths.output,
    // Or a stand-in lands in the user's plugin cache.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    CHECKPOINT_DISABLE: "1",
    DISABLE_VERSION_CHECK: "1",
    CI: "1",
    TF_INPUT: "0",
    ...providers?.env,
  };
}

/** What a deploy or destroy told about one stack. */
export interface StackProgress {
  readonly stack: string;
  readonly started: number;
  /** Resources created or destroyed so far. */
  resources: number;
  /** Set when Terraform says that it is through. */
  seconds?: number;
}

export interface CdktfRun {
  readonly result: RunResult;
  readonly progress: readonly StackProgress[];
}

/**
 * Arguments of the CLI. It refuses to destroy what `workloads` builds on without `workloads`, even when that was never
 * deployed. With the flag that allows it the CLI keeps no order but the given one (CDK-G3): the reverse of the deploy's.
 */
function argumentsOf(
  command: "deploy" | "destroy",
  stacks: readonly string[],
): string[] {
  if (command === "deploy") return ["deploy", ...stacks, "--auto-approve"];
  return [
    "destroy",
    ...[...stacks].reverse(),
    "--ignore-missing-stack-dependencies",
    "--parallelism",
    "1",
    "--auto-approve",
  ];
}

/** `cdktf deploy …` or `cdktf destroy …`, as a user types it, with progress. */
export async function cdktf(
  command: "deploy" | "destroy",
  stacks: readonly string[],
  options: {
    readonly step: string;
    readonly env: NodeJS.ProcessEnv;
    readonly say: (text: string) => void;
    readonly signal?: AbortSignal;
  },
): Promise<CdktfRun> {
  const args = argumentsOf(command, stacks);
  options.say(`cdktf ${args.join(" ")}`);
  const follower = new Follower(stacks, options.say);
  const result = await run(paths.cdktf, args, {
    step: options.step,
    env: options.env,
    signal: options.signal,
    onLine: (line) => {
      follower.read(line);
    },
  });
  return { result, progress: [...follower.progress.values()] };
}

/** Reads the output of the CLI. The first of several lines begins with its stack's name, the others with spaces. */
class Follower {
  readonly progress = new Map<string, StackProgress>();
  private current: string | undefined;

  constructor(
    private readonly stacks: readonly string[],
    private readonly say: (text: string) => void,
  ) {}

  read(line: string): void {
    if (!line.startsWith(" "))
      this.current = this.stacks.find((id) => line.startsWith(`${id} `));
    if (this.current === undefined) return;
    const stack = this.progressOf(this.current, line);
    if (stack) this.follow(stack, line);
  }

  /** A stack's time runs from its first look at a resource: `terraform init` of all stacks comes before. */
  private progressOf(stack: string, line: string): StackProgress | undefined {
    if (
      !this.progress.has(stack) &&
      /: (Refreshing state|Reading|Creating)\.\.\./.test(line)
    )
      this.progress.set(stack, { stack, started: Date.now(), resources: 0 });
    return this.progress.get(stack);
  }

  private follow(stack: StackProgress, line: string): void {
    if (/: (Creation|Destruction) complete after/.test(line)) {
      stack.resources += 1;
      if (stack.resources % 20 === 0)
        this.say(`${stack.stack}: ${stack.resources} resources`);
    }
    const complete = /(Apply|Destroy) complete! Resources: (\d+)/.exec(line);
    if (!complete) return;
    stack.resources = Number(complete[2]);
    stack.seconds = Math.round((Date.now() - stack.started) / 1000);
    this.say(`${stack.stack}: ${line.slice(complete.index).trim()}`);
  }
}

/** Plans one stack again. @returns how many resources would change, and which. */
export async function planAgain(
  { id, folder }: SynthesizedStack,
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const { code, lines } = await run(
    "terraform",
    ["plan", "-detailed-exitcode", "-lock=false", "-json"],
    { step: `plan-${id}`, env, cwd: folder },
  );
  const changes = lines.flatMap((line) => plannedChange(line));
  if (code === 2 && changes.length === 0) changes.push("outputs only");
  if (code !== 0 && code !== 2)
    throw new Error(`The plan of ${id} failed: .lab/logs/plan-${id}.log`);
  return changes;
}

/** Whether Terraform refuses to plan the end of a stack because something in it must not be destroyed. */
export async function refusesToEnd(
  { id, folder }: SynthesizedStack,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  const { code, lines } = await run(
    "terraform",
    ["plan", "-destroy", "-lock=false", "-no-color"],
    { step: `plan-destroy-${id}`, env, cwd: folder },
  );
  return (
    code !== 0 &&
    lines.some((line) => line.includes("Instance cannot be destroyed"))
  );
}

interface PlanLine {
  readonly type: string;
  readonly change?: {
    readonly action: string;
    readonly resource: { readonly addr: string };
  };
}

function plannedChange(line: string): string[] {
  if (!line.startsWith("{")) return [];
  const { type, change } = JSON.parse(line) as PlanLine;
  return type === "planned_change" && change
    ? [`${change.action} ${change.resource.addr}`]
    : [];
}

/** A stack's state as it lies in the bucket. */
export interface State {
  readonly text: string;
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly {
      readonly attributes: Record<string, unknown>;
    }[];
  }[];
}

export async function readState(
  aws: Aws,
  settings: Settings,
  stack: string,
): Promise<State> {
  const text = await awsRequest(aws, "s3", {
    method: "GET",
    path: `/${bucketOf(settings)}/${stateKey(settings, stack)}`,
  });
  return { text, ...(JSON.parse(text) as { resources: State["resources"] }) };
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
  settings: Settings,
  { id, folder }: SynthesizedStack,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  const lock = await awsRequest(aws, "s3", {
    method: "GET",
    path: `/${bucketOf(settings)}/${stateKey(settings, id)}.tflock`,
  }).catch(() => undefined);
  if (lock === undefined) return false;
  const { ID } = JSON.parse(lock) as { ID: string };
  await mustRun("terraform", ["force-unlock", "-force", ID], {
    step: `unlock-${id}`,
    env,
    cwd: folder,
  });
  return true;
}

export function bucketOf({ backend }: Settings): string {
  if (backend.kind !== "s3")
    throw new Error("The lab needs backend.kind s3 in settings/example.yaml");
  return backend.bucket;
}
