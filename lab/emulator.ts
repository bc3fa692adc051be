// The emulated AWS as a process of its own: moto, and the gap server in front of it. `lab/run.ts` starts and ends it.
//   node scripts/run.mjs lab/emulator.ts '<EmulatorOptions as JSON>'
import { type ChildProcess, spawn } from "node:child_process";
import { openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { allGaps } from "./aws";
import { type EmulatorFile, type EmulatorOptions } from "./emulator-client";
import { createGapServer } from "./gap-server";
import { logFile, paths } from "./paths";
import { until } from "./process";

async function main(options: EmulatorOptions): Promise<void> {
  const motoPort = await freePort();
  const moto = startMoto(options.python, motoPort);
  process.on("SIGTERM", () => {
    moto.kill("SIGKILL");
    rmSync(paths.emulator, { force: true });
    process.exit(0);
  });
  moto.on("exit", (code) => {
    throw new Error(`moto ended with exit code ${code ?? "none"}`);
  });
  await until("moto", 60, () => answers(motoPort));

  const { region, accountId, deployerRole } = options;
  const motoEndpoint = `http://127.0.0.1:${motoPort}`;
  const server = createGapServer({
    motoPort,
    gaps: allGaps({
      moto: { endpoint: motoEndpoint, region, accountId },
      deployerRole,
    }),
    logFile: paths.requestLog,
  });
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo;
    const file: EmulatorFile = {
      endpoint: `http://127.0.0.1:${port}`,
      motoEndpoint,
      pid: process.pid,
    };
    writeFileSync(`${paths.emulator}.new`, JSON.stringify(file));
    renameSync(`${paths.emulator}.new`, paths.emulator);
  });
}

function startMoto(python: string, port: number): ChildProcess {
  const log = openSync(logFile("moto"), "w");
  return spawn(
    python,
    ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)],
    {
      env: {
        ...process.env,
        // Without it every attachment of a policy of AWS is refused (LAB-B4).
        MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
        MOTO_ACM_VALIDATION_WAIT: "1",
      },
      stdio: ["ignore", log, log],
    },
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

async function answers(port: number): Promise<true | undefined> {
  const response = await fetch(
    `http://127.0.0.1:${port}/moto-api/config`,
  ).catch(() => undefined);
  return response?.ok || undefined;
}

main(JSON.parse(process.argv[2] ?? "{}") as EmulatorOptions).catch(
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
