import { execFileSync } from "node:child_process";

/**
 * Tells the Terraform that a CLI of CDKTF has started to end what it has begun. The CLI itself is told only where none runs: at an
 * interrupt it does not wait for Terraform, and takes the terminal away that it gave it, which kills Terraform with its lock and
 * without its state written. A Terraform that ends by itself is a failed stack for the CLI, and it begins no other.
 */
export function interruptCli(cli: number): void {
  const running = terraformsBelow(processes(), cli);
  for (const pid of running.length > 0 ? running : [cli]) tell(pid);
}

function processes(): string {
  try {
    return execFileSync("ps", ["-A", "-o", "pid=,ppid=,command="], {
      encoding: "utf8",
    });
  } catch {
    return "";
  }
}

/** It may have ended meanwhile. */
function tell(pid: number): void {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    return;
  }
}

/** Ids of the processes that `scripts/run-terraform` has started below a process. */
export function terraformsBelow(listed: string, top: number): number[] {
  const all = listed.split("\n").flatMap((line) => {
    const [, pid, parent, command] =
      /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined
      ? []
      : [{ pid: Number(pid), parent: Number(parent), command: command ?? "" }];
  });
  const below = (pid: number): typeof all =>
    all
      .filter(({ parent }) => parent === pid)
      .flatMap((one) => [one, ...below(one.pid)]);
  const shells = below(top).filter(({ command }) =>
    /\/run-terraform (apply|destroy)\b/.test(command),
  );
  return all
    .filter(({ parent }) => shells.some(({ pid }) => pid === parent))
    .map(({ pid }) => pid);
}
