import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { WORKERS_PATH } from "../../../../modules/emg/names";
import { type AskOptions, WEBSOCKET, ask, basic } from "../ask";
import { listen } from "../github";
import { type PlacedPod } from "../places";
import { type World, checkStatus } from "../world";
import { SOCKETS } from "./login";

/** What the checks of the gateway stand on. */
export interface GatewayWorld {
  readonly world: World;
  readonly pod: PlacedPod;
  /** Port of the load balancer, for Prefect's host. */
  readonly port: number;
  /** `name:password` of a worker. */
  readonly login: string;
}

const VERSION = `${WORKERS_PATH}/admin/version`;

/** Who gets in. */
export async function checkWorkers({
  world,
  port,
  login,
}: GatewayWorld): Promise<void> {
  const { report, ports } = world;
  checkStatus(
    report,
    "the gateway's /healthz answers",
    await ask(ports.gateway, "/healthz"),
    200,
  );
  const none = await ask(port, VERSION);
  report.check(
    "a worker without a password gets 401 and is asked for one",
    none.status === 401 &&
      none.headers["www-authenticate"] ===
        'Basic realm="Authentication Required"',
    `${none.status} ${none.headers["www-authenticate"] ?? ""}`,
  );
  const [name = "", password = ""] = login.split(":");
  const wrong: [string, string][] = [
    ["a wrong password", `${name}:wrong`],
    ["no password", `${name}:`],
    ["name and password swapped", `${password}:${name}`],
    ["another name", `other:${password}`],
  ];
  for (const [what, text] of wrong)
    checkStatus(
      report,
      `a worker with ${what} is refused`,
      await ask(port, VERSION, { headers: basic(text) }),
      401,
    );
  const right = await ask(port, VERSION, { headers: basic(login) });
  report.check(
    "a worker with name and password gets Prefect's answer",
    right.status === 200 && /^"3\./.test(right.text),
    `${right.status} ${right.text}`,
  );
  const slash = await ask(port, `${WORKERS_PATH}/flows`, {
    headers: basic(login),
  });
  report.check(
    "where Prefect leads a worker elsewhere, that is the gateway's path again",
    slash.headers.location === `${WORKERS_PATH}/flows/`,
    `${slash.status} ${slash.headers.location ?? ""}`,
  );
  for (const path of SOCKETS)
    for (const [who, headers, wanted] of [
      ["with the password opens", basic(login), 101],
      ["without it is refused", {}, 401],
      ["with a wrong one is refused", basic(`${name}:wrong`), 401],
    ] as const)
      checkStatus(
        report,
        `the WebSocket ${path} ${who}`,
        await ask(port, `${WORKERS_PATH}${path}`, {
          headers: { ...WEBSOCKET, ...headers },
        }),
        wanted,
      );
}

/** Ways to write a path that leads elsewhere. */
const ODD = [
  "/workers/api",
  "/workers/api/../api/admin/version",
  "/workers/api/%2e%2e/api/admin/version",
  "/workers/api/..%2fapi/admin/version",
  "/workers/api/%2e%2e%2fapi%2fadmin%2fversion",
  "/workers/api/..;/api/admin/version",
  "/workers/api/..\\api/admin/version",
  "/workers/api/../../api/admin/version",
  "/workers/api%2fadmin/version",
  "/workers//api/admin/version",
  "//workers/api/admin/version",
  "/./workers/api/admin/version",
  "/%77orkers/api/admin/version",
  "/workers/apix/admin/version",
  "/Workers/api/admin/version",
  "/api/admin/version",
  "/healthz/../api/admin/version",
  "/healthz/../workers/api/admin/version",
  "/",
  "/docs",
  "http://prefect-server:4200/api/admin/version",
] as const;

/** No path leads past the password, and with it none leads beside the API. */
export async function checkPaths({
  world,
  port,
  login,
}: GatewayWorld): Promise<void> {
  const { report, ports } = world;
  const opened = async (
    paths: readonly string[],
    options?: AskOptions,
  ): Promise<string[]> => {
    const found: string[] = [];
    for (const path of paths)
      for (const [by, to] of [
        ["", ports.gateway],
        ["by the load balancer ", port],
      ] as const) {
        // To be told another address is no way in.
        const { status } = await ask(to, path, options);
        if (status < 300) found.push(`${by}${path} ${status}`);
      }
    return found;
  };
  const without = await opened([VERSION, ...ODD]);
  report.check(
    `none of ${ODD.length + 1} paths leads in without a password`,
    without.length === 0,
    without.join(", ") || undefined,
  );
  const outside = ODD.filter(
    (path) =>
      /\.\.|%2e/.test(path) && !path.endsWith("workers/api/admin/version"),
  );
  checkStatus(
    report,
    `${WORKERS_PATH} without its slash is not found`,
    await ask(ports.gateway, WORKERS_PATH),
    404,
  );
  const beside = await opened(
    outside.map((path) =>
      path
        .replace("api/admin/version", "ui-settings")
        .replace("api%2fadmin%2fversion", "ui-settings"),
    ),
    { headers: basic(login) },
  );
  report.check(
    `none of ${outside.length} paths leads a worker beside the API`,
    beside.length === 0,
    beside.join(", ") || undefined,
  );
}

/** Writes the password file anew, as the kubelet does for a new version of the Secret. */
export const writeWorkers = (pod: PlacedPod, text: string): void => {
  const folder = pod.folders.get("/etc/workers");
  if (folder === undefined) throw new Error("no password file is mounted");
  writeFileSync(join(folder, "auth"), text);
};

/** A worker comes and goes with the password file. */
export async function checkRevoked(
  { world, pod, port, login }: GatewayWorld,
  files: { readonly before: string; readonly added: string },
  added: string,
): Promise<void> {
  const { report } = world;
  const status = async (text: string) =>
    (await ask(port, VERSION, { headers: basic(text) })).status;
  const early = await status(added);
  writeWorkers(pod, files.added);
  const both = [await status(login), await status(added)];
  writeWorkers(pod, files.before);
  const late = [await status(login), await status(added)];
  report.check(
    "a worker that is added to the settings gets in, and the others stay",
    early === 401 && both.join() === "200,200",
    `${early}, then ${both.join(" ")}`,
  );
  report.check(
    "a worker that is taken off the settings is refused, and the others stay",
    late.join() === "200,401",
    late.join(" "),
  );
}

/** An upstream that says what it got. */
export interface Echo {
  readonly port: number;
  readonly close: () => void;
}

export async function startEcho(): Promise<Echo> {
  const server = createServer((request, response) => {
    response.end(
      JSON.stringify({ url: request.url, headers: request.headers }),
    );
  });
  const port = await listen(server);
  return { port, close: () => server.close() };
}

/** What Prefect gets of a worker's call. */
export async function checkUpstream(
  { report, settings }: World,
  port: number,
  login: string,
): Promise<void> {
  const { text } = await ask(port, `${VERSION}?a=1&b=%2F`, {
    headers: { ...basic(login), Host: settings.emg.prefect.host },
  });
  const seen = JSON.parse(text) as {
    url: string;
    headers: Record<string, string>;
  };
  report.check(
    "Prefect gets the path under /api with its query",
    seen.url === "/api/admin/version?a=1&b=%2F",
    seen.url,
  );
  report.check(
    "Prefect gets no password of a worker",
    seen.headers.authorization === undefined &&
      !text.includes(login.split(":")[1] ?? ""),
  );
}
