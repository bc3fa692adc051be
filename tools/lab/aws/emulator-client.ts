import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { type KubeBinaries } from "../kube/binaries";
import { type Principals } from "../kube/token-review";
import { logFile, paths } from "../paths";
import { until } from "../system/process";

export interface EmulatorOptions {
  /** Python that has moto. */
  readonly python: string;
  readonly region: string;
  readonly accountId: string;
  /** Role that every caller plays. */
  readonly deployerRole: string;
  /** EKS clusters that get a Kubernetes API, and its programs; the endpoints of others lead nowhere. */
  readonly kube?: {
    readonly binaries: KubeBinaries;
    /** Ranges of their Services, by name. */
    readonly clusters: Readonly<Record<string, string>>;
  };
  /** Who else may call, besides the deployer: ARNs by access key. */
  readonly principals?: Principals;
}

/** What a running emulator writes to `.lab/emulator.json`. */
export interface EmulatorFile {
  /** Address of the emulator proxy: what Terraform is given. */
  readonly endpoint: string;
  /** Address of moto behind it. */
  readonly motoEndpoint: string;
  /** Kubeconfigs with every permission in the Kubernetes APIs behind the emulated EKS, by cluster. */
  readonly kubeconfigs?: Readonly<Record<string, string>>;
  readonly pid: number;
}

/** The emulator that this process started, until it has written its file. */
let starting: ChildProcess | undefined;

/** Starts moto and the emulator proxy in a process that outlives this one. */
export async function startEmulator(
  options: EmulatorOptions,
): Promise<EmulatorFile> {
  mkdirSync(paths.logs, { recursive: true });
  rmSync(paths.requestLog, { force: true });
  const log = openSync(logFile("emulator"), "w");
  const child = spawn(
    process.execPath,
    ["scripts/run.mjs", "tools/lab/aws/emulator.ts", JSON.stringify(options)],
    { cwd: paths.root, detached: true, stdio: ["ignore", log, log] },
  );
  child.unref();
  starting = child;
  const file = await until(
    "the emulator (see .lab/logs/emulator.log)",
    120,
    () => {
      if (child.exitCode !== null)
        throw new Error(
          `The emulator ended, see .lab/logs/emulator.log:\n${lastLines(logFile("emulator"))}`,
        );
      return runningEmulator();
    },
  );
  starting = undefined;
  return file;
}

/** Why it ended: a port in use, a program that does not start. */
const lastLines = (file: string): string =>
  readFileSync(file, "utf8").trim().split("\n").slice(-5).join("\n");

/** The emulator of this project, if one is up. */
export async function runningEmulator(): Promise<EmulatorFile | undefined> {
  if (!existsSync(paths.emulator)) return undefined;
  const file = JSON.parse(readFileSync(paths.emulator, "utf8")) as EmulatorFile;
  // Its own answer, because another process may have got the process id since.
  const pid = await fetch(`${file.endpoint}/_lab/pid`)
    .then((response) => response.json())
    .catch(() => undefined);
  return pid === file.pid ? file : undefined;
}

/** Ends the emulator of this project. @returns whether there was one. */
export async function stopEmulator(): Promise<boolean> {
  starting?.kill("SIGTERM");
  const emulator = await runningEmulator();
  if (emulator) {
    process.kill(emulator.pid, "SIGTERM");
    await until("the end of the emulator", 10, () =>
      isAlive(emulator.pid) ? undefined : true,
    );
  }
  rmSync(paths.emulator, { force: true });
  return emulator !== undefined;
}

/** The next such operations are carried out, and their answers dropped, such as `secretsmanager.PutSecretValue`. */
export async function dropResponses(
  { endpoint }: EmulatorFile,
  operation: string,
  times: number,
): Promise<void> {
  const query = `operation=${operation}&times=${times}`;
  await fetch(`${endpoint}/_lab/drop-response?${query}`, { method: "POST" });
}

/** Delays the answer of the next such operation. */
export async function delayResponse(
  { endpoint }: EmulatorFile,
  operation: string,
  seconds: number,
): Promise<void> {
  const query = `operation=${operation}&seconds=${seconds}`;
  await fetch(`${endpoint}/_lab/delay-response?${query}`, { method: "POST" });
}

/** After the next operation `created`, the next `then` is refused: regular expressions. */
export async function failLate(
  { endpoint }: EmulatorFile,
  created: string,
  then: string,
): Promise<void> {
  const query = new URLSearchParams({ created, then });
  await fetch(`${endpoint}/_lab/fail-late?${query.toString()}`, {
    method: "POST",
  });
}

/** How many of these did not happen yet. */
export async function waitingFailures({
  endpoint,
}: EmulatorFile): Promise<number> {
  const response = await fetch(`${endpoint}/_lab/waiting-failures`);
  return Number(await response.text());
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
