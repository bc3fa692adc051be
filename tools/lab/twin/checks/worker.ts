import { join } from "node:path";
import { projectFile } from "../../../../modules/lib/project-file";
import { run, startService } from "../../system/process";
import { type Kit, kitTemplate, runKit, shownVariables } from "../kit";
import { type World } from "../world";

/** Prefect of this machine, and the variables of the worker kit. */
export interface WorkerProps {
  readonly world: World;
  /** Folder with `prefect` and `python`. */
  readonly bin: string;
  readonly kit: Readonly<Record<string, string>>;
  /** What else the processes need here. */
  readonly env: NodeJS.ProcessEnv;
}

/** Of a machine outside: none of the caller's variables, which may name another Prefect. */
export const workerEnv = (bin: string, home: string): NodeJS.ProcessEnv => ({
  PATH: `${bin}:${process.env.PATH ?? ""}`,
  HOME: home,
  LANG: "C.UTF-8",
  DO_NOT_TRACK: "1",
});

const CLIENT = projectFile("tools/lab/twin/python/client.py");

/** Variables of the kit's script for a worker, whose address is the load balancer here. */
export async function kitFor(
  { report, settings, root }: World,
  { port, ...kit }: Kit & { readonly port: number },
): Promise<Record<string, string>> {
  const { variables, mode } = await runKit(join(root, "worker"), kit);
  const names = Object.keys(variables).sort();
  report.check(
    "worker.sh writes the variables that worker.env shows, for its owner alone",
    names.join() === [...shownVariables(kitTemplate())].sort().join() &&
      mode === "600",
    `${names.join(", ")}; mode ${mode}`,
  );
  const [public_, here] = [
    `https://${settings.emg.prefect.host}`,
    `http://127.0.0.1:${port}`,
  ];
  report.progress(`worker: ${public_} → ${here}, and nothing else`);
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      value.replace(public_, here),
    ]),
  );
}

/** What `client.py` prints last. */
async function client(
  { bin, env }: WorkerProps,
  what: string,
  variables: Readonly<Record<string, string>>,
): Promise<{ readonly result: Record<string, unknown>; readonly why: string }> {
  const { lines } = await run(join(bin, "python"), [CLIENT, what], {
    step: `twin-client-${what}`,
    env: { ...env, ...variables },
  });
  const last = lines.filter((line) => line.startsWith("{")).at(-1);
  return {
    result:
      last === undefined ? {} : (JSON.parse(last) as Record<string, unknown>),
    why: lines.slice(-2).join(" | "),
  };
}

/** Prefect's client needs both variables: each alone is tried. */
export async function checkVariables(props: WorkerProps): Promise<void> {
  const { world, kit } = props;
  const { report } = world;
  const only = (...names: readonly string[]) =>
    Object.fromEntries(
      Object.entries(kit).filter(([name]) => names.includes(name)),
    );
  const both = await client(props, "sockets", kit);
  const open = {
    "/events/in": "open",
    "/events/out": "open",
    "/logs/out": "open",
  };
  report.check(
    "Prefect's own client opens every WebSocket with the variables of the kit",
    JSON.stringify(both.result) === JSON.stringify(open),
    JSON.stringify(both.result),
  );
  const string = await client(
    props,
    "sockets",
    only("PREFECT_API_URL", "PREFECT_API_AUTH_STRING"),
  );
  report.check(
    "with PREFECT_API_AUTH_STRING alone /events/out and /logs/out are refused: the headers are needed",
    ["/events/out", "/logs/out"].every((path) =>
      String(string.result[path]).includes("401"),
    ),
    JSON.stringify(string.result),
  );
  const none = await client(props, "http", only("PREFECT_API_URL"));
  report.check(
    "with the address alone nothing is answered",
    String(none.result.refused).includes("401"),
    JSON.stringify(none.result),
  );
}

/** A worker, a flow that runs to its end, and one that is cancelled. */
export async function checkFlows(props: WorkerProps): Promise<void> {
  const { world, bin, kit, env } = props;
  const { report } = world;
  const { mode } = world.settings.emg.auth;
  const all = { ...env, ...kit };
  const created = await run(
    join(bin, "prefect"),
    ["work-pool", "create", "slurm", "--type", "process", "--overwrite"],
    { step: "twin-pool", env: all },
  );
  report.check(
    "a worker's login makes the work pool",
    created.code === 0,
    created.code === 0 ? undefined : created.lines.slice(-2).join(" | "),
  );
  const stop = startService(
    join(bin, "prefect"),
    ["worker", "start", "--pool", "slurm"],
    {
      step: `twin-worker-${mode}`,
      env: all,
      onEnd: (why) => report.check("the worker runs", false, why),
    },
  );
  const { result, why } = await client(props, "flows", kit);
  stop();
  const outcome = result as {
    state?: string;
    followed?: string[];
    cancelled?: number;
    pool?: string;
  };
  report.check(
    "a flow runs to Completed by a worker outside",
    outcome.state === "Completed",
    outcome.state ?? why,
  );
  report.check(
    "the work pool is ready while its worker runs",
    /READY/i.test(outcome.pool ?? ""),
    outcome.pool,
  );
  report.check(
    "logs of a flow are followed by WebSocket",
    (outcome.followed ?? []).some((text) => text.includes("twin waits")),
    `${outcome.followed?.length ?? 0} lines`,
  );
  report.check(
    "a cancellation reaches the worker by WebSocket: long before it would ask, every 120 s",
    (outcome.cancelled ?? 999) < 60,
    `${outcome.cancelled ?? "never"} s`,
  );
}
