import { WORKERS_PATH } from "../../../../modules/emg/names";
import { WEBSOCKET, ask, basic } from "../ask";
import { type World, checkStatus } from "../world";
import { SOCKETS } from "./login";

/** Mode prefect-basic: Prefect asks for the password of all itself. */
export async function checkBasic(
  { report, settings }: World,
  port: number,
  login: string,
): Promise<void> {
  const get = (path: string, headers: Record<string, string> = {}) =>
    ask(port, path, { headers });
  const version = "/api/admin/version";
  checkStatus(report, "/api without the password", await get(version), 401);
  checkStatus(
    report,
    "/api with a wrong one",
    await get(version, basic("emg:wrong")),
    401,
  );
  checkStatus(
    report,
    "/api with the password",
    await get(version, basic(login)),
    200,
  );
  // Before 3.6.22 every GET whose path ended so was let through.
  for (const path of [
    "/api/variables/name/x-health",
    "/api/variables/name/x-ready",
    "/api/flows/x-health",
    "/api/csrf-token/health",
  ])
    checkStatus(report, `${path} without the password`, await get(path), 401);
  for (const path of ["/api/health", "/api/ready"])
    checkStatus(
      report,
      `the load balancer's ${path} needs none`,
      await get(path),
      200,
    );
  for (const path of SOCKETS) {
    const open = await get(`/api${path}`, { ...WEBSOCKET, ...basic(login) });
    checkStatus(report, `the WebSocket ${path} with the password`, open, 101);
  }
  await checkLegacy(port, login, { report, settings });
}

/** The path of workers of mode oauth2-proxy, which the load balancer writes anew. */
async function checkLegacy(
  port: number,
  login: string,
  { report, settings }: Pick<World, "report" | "settings">,
): Promise<void> {
  const { auth } = settings.emg;
  if (auth.mode !== "prefect-basic" || !auth.legacyWorkerPath) return;
  const path = `${WORKERS_PATH}/admin/version`;
  checkStatus(
    report,
    `${WORKERS_PATH} without the password`,
    await ask(port, path),
    401,
  );
  const right = await ask(port, path, { headers: basic(login) });
  report.check(
    `${WORKERS_PATH} with the password is Prefect's API`,
    right.status === 200 && /^"3\./.test(right.text),
    `${right.status} ${right.text.slice(0, 80)}`,
  );
}
