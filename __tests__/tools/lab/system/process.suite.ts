import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  killAll,
  killProgram,
  run,
  track,
  until,
} from "../../../../tools/lab/system/process";

/** Long enough to be found, and no other command of this machine has it. */
const naps = [86301, 86302, 86303];
const asleep = (): number[] => {
  const { stdout } = spawnSync("ps", ["-A", "-o", "args="], {
    encoding: "utf8",
  });
  return naps.filter((nap) => stdout.includes(`sleep ${nap}`));
};
const allAsleep = (wanted: readonly number[]) =>
  until("the processes", 5, () =>
    asleep().length === wanted.length ? true : undefined,
  );

/** A command with a child, and a grandchild in a session of its own, as Terraform is below the CLI. */
const family = (signal?: AbortSignal) =>
  run("sh", ["-c", `sleep ${naps[0]} & setsid sleep ${naps[1]} & wait`], {
    step: "family",
    env: process.env,
    quiet: true,
    signal,
  });

afterEach(killAll);

test("Ctrl-C ends every command with everything that it started", async () => {
  const command = family();
  const kubectl = track(spawn("sleep", [String(naps[2])]));
  const ended = new Promise((resolve) => kubectl.on("close", resolve));
  await allAsleep(naps);
  killAll();
  expect((await command).code).toBe(-1);
  await ended;
  await allAsleep([]);
  expect(asleep()).toEqual([]);
});

test("a kill ends the whole tree", async () => {
  const kill = new AbortController();
  const command = family(kill.signal);
  await allAsleep(naps.slice(0, 2));
  kill.abort();
  expect((await command).code).toBe(-1);
  await allAsleep([]);
});

test("a kill of one program leaves its command to end by itself, and nothing stays", async () => {
  const kill = new AbortController();
  const command = family(kill.signal);
  await allAsleep(naps.slice(0, 2));
  kill.abort("sleep");
  // The shell waited for them.
  expect((await command).code).toBe(0);
  await allAsleep([]);
});

test("a program is found by its whole name, of which Linux shows the beginning", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-long-"));
  const name = "terraform-1.16.3-as-it-is-kept";
  copyFileSync("/bin/sleep", join(folder, name));
  const kill = new AbortController();
  const command = run("sh", ["-c", `${folder}/${name} ${naps[0]}; exit 3`], {
    step: "long",
    env: process.env,
    quiet: true,
    signal: kill.signal,
  });
  const seen = () =>
    spawnSync("ps", ["-A", "-o", "args="], { encoding: "utf8" }).stdout;
  await until(
    "it",
    5,
    () => seen().includes(`${name} ${naps[0]}`) || undefined,
  );
  kill.abort(name);
  expect((await command).code).toBe(3);
  rmSync(folder, { recursive: true });
});

test("a command that was started directly is killed by its name", async () => {
  const child = track(spawn("sleep", [String(naps[2])]));
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.on("close", (_, signal) => {
      resolve(signal);
    }),
  );
  killProgram("kubectl");
  expect(child.killed).toBe(false);
  killProgram("sleep");
  expect(await ended).toBe("SIGKILL");
});
