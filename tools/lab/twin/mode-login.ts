import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEPLOYMENTS, SECRETS, WORKERS_PATH } from "../../../modules/emg/names";
import { ask } from "./ask";
import { balance } from "./balancer";
import { checkGatewayConfig, checkLoginConfig } from "./checks/config";
import {
  type GatewayWorld,
  checkPaths,
  checkRevoked,
  checkUpstream,
  checkWorkers,
  startEcho,
} from "./checks/gateway";
import { checkForged } from "./checks/forged";
import {
  type LoginWorld,
  checkClosed,
  checkMembers,
  checkStart,
} from "./checks/login";
import { checkCsrf, checkExpired } from "./checks/sessions";
import { checkReadiness, checkServer } from "./checks/server";
import { checkFlows, checkVariables, kitFor, workerEnv } from "./checks/worker";
import { startGithub } from "./github";
import { type PlacedPod } from "./places";
import { podOf, secretData } from "./pods";
import { type Postgres } from "./postgres";
import { type Programs, need } from "./programs";
import { twinSettings } from "./settings";
import { freePort } from "../system/free-port";
import {
  type World,
  checkStatus,
  checksumsOf,
  computed,
  makeWorld,
  passwordOf,
  place,
  prefectHere,
  startPod,
} from "./world";

type Pods = Readonly<Record<"prefect" | "login" | "gateway", PlacedPod>>;

/** Mode oauth2-proxy: people log in by GitHub, workers by name and password. */
export async function runLogin(
  world: World,
  programs: Programs,
  postgres: Postgres | undefined,
): Promise<void> {
  const { report } = world;
  const pods = place(world, {
    prefect: { kind: "deployment", of: DEPLOYMENTS.prefect },
    login: { kind: "deployment", of: DEPLOYMENTS.login },
    gateway: { kind: "deployment", of: DEPLOYMENTS.gateway },
  });
  await checkConfigs(world, programs, pods);
  const { prefect, oauth2Proxy, nginx } = programs;
  const bin = need(report, "Prefect's server", programs.postgres, prefect)?.[1];
  if (bin === undefined || !postgres) {
    report.skip("login, gateway and workers", "they need Prefect's server");
    return;
  }
  // What is newer than this was written by Prefect.
  const marker = join(world.root, "started");
  writeFileSync(marker, "");
  const stops = [
    await startPod(world, "prefect", pods.prefect, {
      program: join(bin, "prefect"),
      added: { env: prefectHere(world) },
      probe: "/api/health",
      port: world.ports.prefect,
    }),
  ];
  const balancer = await balance(world);
  stops.push(balancer.close);
  try {
    await checkServer(world, pods.prefect, { bin, marker });
    const login = need(report, "login", oauth2Proxy)?.[0];
    if (login !== undefined)
      stops.push(...(await runPeople(world, pods.login, login, balancer.port)));
    const gateway = need(report, "gateway and workers", nginx)?.[0];
    if (gateway !== undefined)
      stops.push(
        ...(await runWorkers(world, pods.gateway, {
          program: gateway,
          bin,
          port: balancer.port,
        })),
      );
    await checkReadiness(world, postgres);
  } finally {
    for (const stop of stops) stop();
  }
}

async function checkConfigs(
  world: World,
  { oauth2Proxy, nginx }: Programs,
  { login, gateway }: Pods,
): Promise<void> {
  const { report, stack } = world;
  const proxy = need(report, "flags of oauth2-proxy", oauth2Proxy)?.[0];
  if (proxy !== undefined) await checkLoginConfig(world, login, proxy);
  const server = need(report, "configuration of nginx", nginx)?.[0];
  const text = podOf(stack, "deployment", DEPLOYMENTS.gateway)
    .mounts.flatMap(({ files }) => Object.values(files))
    .find((one) => one.includes("server {"));
  if (server !== undefined)
    await checkGatewayConfig(world, gateway, server, text ?? "");
}

/** What people see. @returns what ends it. */
async function runPeople(
  world: World,
  pod: PlacedPod,
  program: string,
  port: number,
): Promise<(() => void)[]> {
  const { settings, report } = world;
  const { auth } = settings.emg;
  if (auth.mode !== "oauth2-proxy") return [];
  const {
    OAUTH2_PROXY_CLIENT_ID: id = "",
    OAUTH2_PROXY_CLIENT_SECRET: secret = "",
  } = pod.env;
  const github = await startGithub({ id, secret });
  const start = (name: string, on: number, ...args: readonly string[]) =>
    startPod(world, name, pod, {
      program,
      added: {
        args: [
          `--login-url=${github.url}/login/oauth/authorize`,
          `--redeem-url=${github.url}/login/oauth/access_token`,
          `--validate-url=${github.url}`,
          ...args,
        ],
      },
      probe: "/ready",
      port: on,
    });
  const stop = await start("oauth2-proxy", world.ports.login);
  const on: LoginWorld = {
    ...{ world, github, port, githubOrg: auth.githubOrg },
    cookieSecret: pod.env.OAUTH2_PROXY_COOKIE_SECRET ?? "",
  };
  await checkClosed(on);
  await checkStart(on);
  await checkForged(on);
  const member = await checkMembers(on);
  await checkExpired(on, member);
  await checkCsrf(on, member);
  checkStatus(
    report,
    "who comes from outside of prefectCidrs gets nothing",
    await ask(port, "/", { from: "127.0.0.2" }),
    404,
  );
  return [stop, github.close];
}

/** What workers reach. @returns what ends it. */
async function runWorkers(
  world: World,
  pod: PlacedPod,
  {
    program,
    bin,
    port,
  }: { readonly program: string; readonly bin: string; readonly port: number },
): Promise<(() => void)[]> {
  const { settings, ports, root } = world;
  const { auth } = settings.emg;
  if (auth.mode !== "oauth2-proxy") return [];
  const [name = ""] = auth.workers;
  const password = passwordOf(world, `worker-${name}`);
  const login = `${name}:${password}`;
  const stop = await startPod(world, "gateway", pod, {
    ...{ program, probe: "/healthz", port: ports.gateway },
  });
  const on: GatewayWorld = { world, pod, port, login };
  await checkWorkers(on);
  await checkPaths(on);
  await checkAnotherWorker(on);
  await checkPassedOn(world, program, login);
  const home = join(root, "worker");
  mkdirSync(home, { recursive: true });
  const url = `https://${settings.emg.prefect.host}${WORKERS_PATH}`;
  const kit = await kitFor(world, { name, password, url, port });
  const props = { world, bin, kit, env: workerEnv(bin, home) };
  await checkVariables(props);
  await checkFlows(props);
  return [stop];
}

/** The settings with one worker more, and again without it. */
async function checkAnotherWorker(on: GatewayWorld): Promise<void> {
  const { world } = on;
  const { report, ports, secrets } = world;
  const more = twinSettings((auth) =>
    auth.mode === "oauth2-proxy"
      ? { ...auth, workers: [...auth.workers, "second"] }
      : auth,
  );
  const added = makeWorld(report, more, { ports, secrets });
  const fileOf = (one: World): string =>
    computed(one, secretData(one.stack, SECRETS.workers)).auth ?? "";
  const files = { before: fileOf(world), added: fileOf(added) };
  const [old, renewed] = [world, added].map((one) =>
    checksumsOf(one, DEPLOYMENTS.gateway),
  );
  report.check(
    "another list of workers makes the gateway's pods anew",
    old !== renewed,
  );
  await checkRevoked(on, files, `second:${passwordOf(added, "worker-second")}`);
}

/** A second gateway, whose upstream says what it got. */
async function checkPassedOn(
  world: World,
  program: string,
  login: string,
): Promise<void> {
  const echo = await startEcho();
  const gateway = await freePort();
  const other: World = {
    ...world,
    root: join(world.root, "echo"),
    ports: { ...world.ports, prefect: echo.port, gateway },
  };
  const pods = place(other, {
    gateway: { kind: "deployment", of: DEPLOYMENTS.gateway },
  });
  const stop = await startPod(other, "gateway-echo", pods.gateway, {
    ...{ program, probe: "/healthz", port: gateway },
  });
  await checkUpstream(world, gateway, login);
  stop();
  echo.close();
}
