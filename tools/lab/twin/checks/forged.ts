import { ask, basic } from "../ask";
import { type World, checkStatus, passwordOf } from "../world";
import { COOKIE, type LoginWorld } from "./login";

/** Headers by which somebody without a session says to be somebody, or to be elsewhere. */
function forgeries(world: World): [string, Record<string, string>][] {
  const worker = passwordOf(world, "worker-");
  return [
    ["X-Forwarded-For of this machine", { "X-Forwarded-For": "127.0.0.1" }],
    [
      "X-Forwarded-For of the VPC",
      { "X-Forwarded-For": "10.42.0.1, 10.42.0.2" },
    ],
    ["X-Real-IP", { "X-Real-IP": "127.0.0.1" }],
    [
      "X-Forwarded-User",
      {
        "X-Forwarded-User": "admin",
        "X-Forwarded-Email": "admin@example.org",
        "X-Forwarded-Access-Token": "token-0",
      },
    ],
    [
      "X-Auth-Request-User",
      {
        "X-Auth-Request-User": "admin",
        "X-Auth-Request-Email": "admin@example.org",
      },
    ],
    [
      "X-Forwarded-Uri of a path that needs no login",
      { "X-Forwarded-Uri": "/ping", "X-Forwarded-Host": "127.0.0.1" },
    ],
    ["X-Original-URL", { "X-Original-URL": "/ping", "X-Rewrite-URL": "/ping" }],
    ["User-Agent of a health check", { "User-Agent": "ELB-HealthChecker/2.0" }],
    ["Authorization with a token", { Authorization: "Bearer token-0" }],
    ["Authorization with a worker's password", basic(`codon-slurm:${worker}`)],
    [
      "a session of its own making",
      { Cookie: `${COOKIE}=YWRtaW4=|9999999999|AAAA` },
    ],
  ];
}

/** Nobody talks past the login: neither by a header nor by a path that looks like another one. */
export async function checkForged({ world, port }: LoginWorld): Promise<void> {
  const { report } = world;
  for (const [what, headers] of forgeries(world))
    checkStatus(
      report,
      `forged: ${what}`,
      await ask(port, "/api/admin/version", { headers }),
      ...[401, 403],
    );
  const opened: string[] = [];
  const tried = [
    "/ping/../api/admin/version",
    "/oauth2/../api/admin/version",
    "/oauth2/static/../../api/admin/version",
    "/oauth2/static/%2e%2e/%2e%2e/api/admin/version",
    "//api/admin/version",
    "/%61pi/admin/version",
    "/api/admin/version%23/ping",
    "/api/admin/version?/ping",
    "/API/admin/version",
    "/robots.txt/../api/admin/version",
    "http://prefect-server:4200/api/admin/version",
  ];
  for (const path of tried) {
    const { status, text } = await ask(port, path);
    if (status < 300 || /^"\d/.test(text)) opened.push(`${path} ${status}`);
  }
  report.check(
    `none of ${tried.length} odd paths leads past the login`,
    opened.length === 0,
    opened.join(", ") || undefined,
  );
}
