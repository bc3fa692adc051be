import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DEPLOYMENTS } from "../../../modules/emg/names";
import { balance } from "./balancer";
import { checkBasic } from "./checks/basic";
import { checkFlows, kitFor, workerEnv } from "./checks/worker";
import { type Postgres } from "./postgres";
import { type Programs, need } from "./programs";
import { twinSettings } from "./settings";
import {
  type World,
  freePorts,
  makeWorld,
  place,
  prefectHere,
  startPod,
} from "./world";

/** Mode prefect-basic: Prefect asks for one password of all. Its databases are those of the other mode. */
export async function runBasic(
  { report: all, ports, secrets }: World,
  { prefect }: Programs,
  postgres: Postgres | undefined,
): Promise<void> {
  const report = all.of("prefect-basic");
  const bin = need(report, "mode prefect-basic", prefect)?.[0];
  if (bin === undefined) return;
  if (!postgres) {
    report.skip("mode prefect-basic", "it needs PostgreSQL");
    return;
  }
  const settings = twinSettings(() => ({
    mode: "prefect-basic",
    legacyWorkerPath: true,
  }));
  const world = makeWorld(report, settings, {
    ports: { ...(await freePorts()), postgres: ports.postgres },
    secrets,
  });
  const { server } = place(world, {
    server: { kind: "deployment", of: DEPLOYMENTS.prefect },
  });
  const login = server.env.PREFECT_SERVER_API_AUTH_STRING ?? "";
  const stop = await startPod(world, "prefect-basic", server, {
    program: join(bin, "prefect"),
    added: { env: prefectHere(world) },
    probe: "/api/health",
    port: world.ports.prefect,
  });
  const balancer = await balance(world);
  try {
    await checkBasic(world, balancer.port, login);
    const home = join(world.root, "worker");
    mkdirSync(home, { recursive: true });
    const url = `https://${settings.emg.prefect.host}/api`;
    const [name = "", password = ""] = login.split(":");
    await checkFlows({
      ...{ world, bin },
      kit: await kitFor(world, { name, password, url, port: balancer.port }),
      env: workerEnv(bin, home),
    });
  } finally {
    balancer.close();
    stop();
  }
}
