import { existsSync, readFileSync } from "node:fs";

/** One request, as the emulator proxy logs it. */
export interface LogEntry {
  readonly time: string;
  /** Signing name, such as `s3`. */
  readonly service: string;
  /** Name of the operation, or `METHOD /path` where the name is not on the wire. */
  readonly operation: string;
  readonly method: string;
  readonly status: number;
  /** Who answered. */
  readonly by: "lab" | "moto";
  readonly request: string;
  /** Not a call of the deployer, but of the owner of the VPC and the cluster that it is given. */
  readonly byOwner?: boolean;
  /** A call of `wave-eks doctor`. */
  readonly byDoctor?: boolean;
  /** Start of the body of an answer that is an error. */
  readonly error?: string;
  /** The operation was carried out, and its answer never sent. */
  readonly dropped?: boolean;
}

/** The log from a line on; a line still being written is left out. */
export function readLog(file: string, fromLine = 0): LogEntry[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .slice(fromLine, -1)
    .map((line) => JSON.parse(line) as LogEntry);
}

/** Words that start the name of an operation that takes something away. */
const takesAway =
  /^(Delete|Terminate|ScheduleKeyDeletion|Disassociate|Detach|Revoke|Remove|Release|Deregister|Disable|Cancel)/;

/** Calls that delete something. The state's lock file comes and goes with every run, so it does not count. */
export function deleteCalls(entries: readonly LogEntry[]): LogEntry[] {
  return entries.filter(
    ({ service, operation, method, request }) =>
      (method === "DELETE" || takesAway.test(operation)) &&
      !(service === "s3" && request.split("?")[0]?.endsWith(".tflock")),
  );
}

/** Operations that neither moto nor the lab knows, each once. */
export function unimplemented(entries: readonly LogEntry[]): string[] {
  const unknown = entries.filter(
    ({ by, status, error = "" }) =>
      by === "moto" &&
      (status === 501 ||
        status === 500 ||
        (status === 404 &&
          /<!doctype html|not been implemented/i.test(error)) ||
        /not been implemented|NotImplemented/i.test(error)),
  );
  return [
    ...new Set(
      unknown.map(
        ({ service, operation, status }) =>
          `${service} ${operation} (${status})`,
      ),
    ),
  ];
}
