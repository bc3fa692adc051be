import { basename, join } from "node:path";
import { networkFactsOf } from "../../../modules/core/network-facts";
import { SERVICES } from "../../../modules/emg/names";
import { type EmgSettings } from "../../../modules/emg/settings/schema";
import { type Settings } from "../../../modules/schema";
import { type StackJson } from "../../audit/graph";
import { first } from "../../audit/reading";
import { synthesize } from "../../audit/synthesized";
import { paths } from "../paths";
import { type Report } from "../report";
import { freePort } from "../system/free-port";
import { run, startService, until } from "../system/process";
import { type Answer, ask } from "./ask";
import { evaluate } from "./expressions";
import { type PlacedPod, placePod } from "./places";
import { type Pod, podOf } from "./pods";
import { valuesOf } from "./values";

/** Ports here, by the Service or the database that has them. */
export type Ports = Readonly<
  Record<"postgres" | "prefect" | "login" | "gateway", number>
>;

/** A platform whose pods run here as processes. */
export interface World {
  readonly report: Report;
  readonly settings: EmgSettings;
  readonly stack: StackJson;
  readonly ports: Ports;
  /** Passwords, by what they are read from. */
  readonly secrets: Map<string, string>;
  /** Folder of the pods' files. */
  readonly root: string;
}

export const freePorts = async (): Promise<Ports> => ({
  postgres: await freePort(),
  prefect: await freePort(),
  login: await freePort(),
  gateway: await freePort(),
});

/** Synthesizes the settings, as a deploy would. Nothing runs yet. */
export function makeWorld(
  report: Report,
  settings: Settings & EmgSettings,
  shared: Pick<World, "ports" | "secrets">,
): World {
  const stack = synthesize(settings).emg;
  if (!stack) throw new Error("The settings make no stack emg.");
  const root = join(paths.twin, settings.emg.auth.mode);
  return { report, settings, stack, root, ...shared };
}

/** Values as Terraform computes them from the expressions of the stack. */
export const computed = <T>(
  { stack, ports, secrets }: Pick<World, "stack" | "ports" | "secrets">,
  value: T,
): T =>
  evaluate(
    stack,
    value,
    valuesOf(stack, { postgresPort: ports.postgres, secrets }),
  );

/** Checksums that a Deployment gives its pods: others make new pods. */
export function checksumsOf(world: World, name: string): string {
  const found = Object.values(
    world.stack.resource?.kubernetes_deployment_v1 ?? {},
  ).find((one) => first(one, "metadata.name") === name);
  const texts = first(found, "spec.template.metadata.annotations") ?? {};
  return JSON.stringify(computed(world, texts));
}

/** A password that the stack generates, by a part of the name of its construct. */
export function passwordOf({ secrets }: World, part: string): string {
  const found = [...secrets].find(([id]) => id.includes(part));
  if (!found) throw new Error(`nothing reads a secret ${part}`);
  return found[1];
}

/** Containers as they run here. What was put in the place of what is printed. */
export function place<Name extends string>(
  world: World,
  pods: Readonly<
    Record<Name, { readonly kind: "deployment" | "job"; readonly of: string }>
  >,
): Record<Name, PlacedPod> {
  const { report, stack, root } = world;
  const entries = Object.entries(pods) as [Name, (typeof pods)[Name]][];
  const raw = Object.fromEntries(
    entries.map(([name, { kind, of }]) => [name, podOf(stack, kind, of)]),
  ) as Record<Name, Pod>;
  const all = computed(world, raw);
  const placed = entries.map(([name]) => {
    const one = placePod(all[name], join(root, name), addressesOf(world));
    report.progress(
      `${all[name].name}: ${one.changes.map((text) => text.replaceAll(paths.root, ".")).join(", ") || "as it is"}`,
    );
    return [name, one] as const;
  });
  return Object.fromEntries(placed) as Record<Name, PlacedPod>;
}

/** Names of the cluster are ports here, and what listens to all addresses listens to the loopback address. */
function addressesOf({ settings, ports }: World): Record<string, string> {
  const { namespace } = settings.emg;
  const addresses: Record<string, string> = { "0.0.0.0": "127.0.0.1" };
  addresses[String(POSTGRES_PORT)] = String(ports.postgres);
  // The load balancer is in the VPC, and here on this machine.
  for (const range of networkFactsOf(settings).vpcCidrs)
    addresses[range] = "127.0.0.1/32";
  for (const key of ["prefect", "login", "gateway"] as const) {
    const { name, port } = SERVICES[key];
    const here = `127.0.0.1:${ports[key]}`;
    for (const host of [
      name,
      `${name}.${namespace}.svc.cluster.local`,
      "0.0.0.0",
      "127.0.0.1",
    ])
      addresses[`${host}:${port}`] = here;
    addresses[`listen ${port}`] = `listen ${here}`;
  }
  return addresses;
}

/** Of RDS. */
const POSTGRES_PORT = 5432;

/** What is added to a pod here, and nothing in the cluster has. Printed. */
export interface Added {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Of Prefect's server: a port, and nobody whose X-Forwarded-* it believes. Its web server believes the loopback address, from
 * which nothing comes in the cluster and everything here.
 */
export const prefectHere = ({ ports }: World) => ({
  PREFECT_SERVER_API_PORT: String(ports.prefect),
  FORWARDED_ALLOW_IPS: "192.0.2.254",
});

/** Command of a pod with the program of this machine: what stands before the program, such as an init, is left out. */
export function commandOf(
  { command }: PlacedPod,
  program: string,
  { args = [] }: Added = {},
): [string, string[]] {
  const at = command.findIndex((one) => basename(one) === basename(program));
  return [program, [...command.slice(at + 1), ...args]];
}

/** Variables of a pod, and of this machine the path alone. */
export const envOf = (
  { env }: PlacedPod,
  folder: string,
  { env: added = {} }: Added = {},
): NodeJS.ProcessEnv => ({
  PATH: `${folder}:${process.env.PATH ?? ""}`,
  LANG: "C.UTF-8",
  ...env,
  ...added,
});

/** Starts a pod's program, and waits for an answer to its probe. @returns what ends it. */
export async function startPod(
  { report }: World,
  step: string,
  pod: PlacedPod,
  {
    program,
    added = {},
    probe,
    port,
  }: {
    readonly program: string;
    readonly added?: Added;
    /** Path that answers 200 when it is well. */
    readonly probe: string;
    readonly port: number;
  },
): Promise<() => void> {
  const extra = [
    ...(added.args ?? []),
    ...Object.entries(added.env ?? {}).map(
      ([name, value]) => `${name}=${value}`,
    ),
  ];
  if (extra.length > 0) report.progress(`${step}, added: ${extra.join(" ")}`);
  const [command, args] = commandOf(pod, program, added);
  let ended: string | undefined;
  const stop = startService(command, args, {
    step: `twin-${step}`,
    env: envOf(pod, join(program, ".."), added),
    onEnd: (why) => {
      ended = why;
      report.check(`${step} runs`, false, why);
    },
  });
  await until(step, 120, async () => {
    if (ended !== undefined) throw new Error(ended);
    const answer = await ask(port, probe).catch(() => undefined);
    return answer?.status === 200 || undefined;
  });
  return stop;
}

/** Runs a pod's command to its end. */
export const runPod = (
  step: string,
  pod: PlacedPod,
  folder: string,
  env: Readonly<Record<string, string>> = {},
) => {
  const [program = "", ...args] = pod.command;
  return run(program, args, {
    step: `twin-${step}`,
    env: envOf(pod, folder, { env }),
  });
};

/** One check of an answer's status. */
export const checkStatus = (
  report: Report,
  what: string,
  { status }: Answer,
  ...wanted: readonly number[]
): boolean =>
  report.check(
    what,
    wanted.includes(status),
    wanted.includes(status)
      ? String(status)
      : `${status}, not ${wanted.join(" or ")}`,
  );
