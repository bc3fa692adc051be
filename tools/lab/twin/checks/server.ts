import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { sleep, until } from "../../system/process";
import { ask } from "../ask";
import { type PlacedPod } from "../places";
import { type Postgres } from "../postgres";
import { type World, checkStatus } from "../world";

/** Prefect's server: version, its pages, and how long it keeps a connection. */
export async function checkServer(
  { report, ports, settings }: World,
  pod: PlacedPod,
  { bin, marker }: { readonly bin: string; readonly marker: string },
): Promise<void> {
  const version = await ask(ports.prefect, "/api/admin/version");
  report.check(
    "Prefect runs in the version of the image",
    settings.emg.images.prefect.includes(
      `:${JSON.parse(version.text) as string}-`,
    ),
    `${version.text} of ${settings.emg.images.prefect}`,
  );
  checkStatus(
    report,
    "Prefect's /api/ready answers",
    await ask(ports.prefect, "/api/ready"),
    200,
  );
  const pages = [...pod.folders.values()].find(
    (folder) => folder === pod.env.PREFECT_UI_STATIC_DIRECTORY,
  );
  report.check(
    "Prefect writes its pages to a volume",
    pages !== undefined &&
      readdirSync(pages, { recursive: true }).some((file) =>
        String(file).endsWith("index.html"),
      ),
  );
  const { stdout } = spawnSync(
    "find",
    [
      ...[join(bin, ".."), "-type", "f", "-newer", marker],
      ...["-not", "-path", "*/__pycache__/*"],
    ],
    { encoding: "utf8" },
  );
  report.check(
    "Prefect writes nothing where its image is",
    stdout === "",
    stdout.split("\n").slice(0, 3).join(", ") || undefined,
  );
  const seconds = Number(pod.env.PREFECT_SERVER_API_KEEPALIVE_TIMEOUT);
  report.check(
    "Prefect keeps a connection longer than the load balancer, which closes first",
    seconds > settings.emg.ingress.idleTimeoutSeconds,
    `${seconds} s, and ${settings.emg.ingress.idleTimeoutSeconds} s`,
  );
  report.check(
    "a connection is open after 7 s of silence, where uvicorn closes after 5 s by default",
    await staysOpen(ports.prefect, 7),
  );
}

/** Whether a second request on one connection is answered after some seconds. */
async function staysOpen(port: number, seconds: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.on("data", (chunk) => (text += chunk.toString()));
  socket.on("error", () => undefined);
  const send = () =>
    socket.write("GET /api/health HTTP/1.1\r\nHost: twin\r\n\r\n");
  send();
  await sleep(seconds * 1000);
  send();
  await sleep(500);
  socket.destroy();
  return text.split("HTTP/1.1 200").length === 3;
}

/** A database that goes away and comes back: the pod gets no requests meanwhile, and is not restarted. */
export async function checkReadiness(
  { report, ports }: World,
  postgres: Postgres,
): Promise<void> {
  const status = async (path: string) =>
    (await ask(ports.prefect, path).catch(() => undefined))?.status;
  postgres.stop();
  checkStatus(
    report,
    "/api/ready while the database is away",
    await ask(ports.prefect, "/api/ready"),
    503,
  );
  checkStatus(
    report,
    "/api/health while the database is away",
    await ask(ports.prefect, "/api/health"),
    200,
  );
  await postgres.start();
  const ready = await until("/api/ready", 30, async () =>
    (await status("/api/ready")) === 200 ? true : undefined,
  ).catch(() => false);
  report.check("/api/ready when the database is back", ready);
}
