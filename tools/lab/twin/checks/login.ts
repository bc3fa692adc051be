import { type Answer, WEBSOCKET, ask } from "../ask";
import { Browser } from "../browser";
import { type Github, type Person } from "../github";
import { type World, checkStatus } from "../world";

/** What the checks of the login stand on. */
export interface LoginWorld {
  readonly world: World;
  readonly github: Github;
  /** Port of the load balancer, for Prefect's host. */
  readonly port: number;
  readonly githubOrg: string;
  readonly cookieSecret: string;
}

export const COOKIE = "__Host-emg";

/** Prefect's WebSockets. */
export const SOCKETS = ["/events/in", "/events/out", "/logs/out"] as const;

export const isJson = ({ headers }: Answer): boolean =>
  (headers["content-type"] ?? "").includes("application/json");

/** The page of Prefect, and not that of the sign-in. */
export const isUi = ({ text }: Answer): boolean => text.includes('id="app"');

/** Without a session nobody sees anything but the sign-in. */
export async function checkClosed({ world, port }: LoginWorld): Promise<void> {
  const { report } = world;
  const page = await ask(port, "/");
  report.check(
    "without a session / is the sign-in page and not Prefect",
    page.status === 403 &&
      page.text.includes("Sign in with GitHub") &&
      !isUi(page),
    String(page.status),
  );
  const api = await ask(port, "/api/admin/version");
  report.check(
    "without a session /api answers 401 in JSON",
    api.status === 401 && isJson(api),
    `${api.status} ${api.headers["content-type"] ?? ""}`,
  );
  for (const path of SOCKETS)
    checkStatus(
      report,
      `without a session the WebSocket ${path} is refused`,
      await ask(port, `/api${path}`, { headers: WEBSOCKET }),
      401,
    );
  checkStatus(report, "/ping answers", await ask(port, "/ping"), 200);
}

/** Where the sign-in leads, and what the browser gets. */
export async function checkStart({
  world,
  github,
  port,
}: LoginWorld): Promise<void> {
  const { report, settings } = world;
  const start = await ask(port, "/oauth2/start?rd=%2F");
  const to = new URL(start.headers.location ?? "http://none");
  const query = to.searchParams;
  report.check(
    "/oauth2/start leads to GitHub with the client's id and an https callback",
    start.status === 302 &&
      to.href.startsWith(github.url) &&
      query.get("client_id") === "Iv1.twin" &&
      query.get("redirect_uri") ===
        `https://${settings.emg.prefect.host}/oauth2/callback`,
    `${start.status} ${query.get("redirect_uri") ?? ""}`,
  );
  const cookie = start.headers["set-cookie"]?.[0] ?? "";
  report.check(
    "its CSRF cookie has the prefix __Host-, is Secure and HttpOnly, and has no domain",
    isHostCookie(cookie, `${COOKIE}_`),
    cookie.replace(/=[^;]*/, "=…"),
  );
}

const isHostCookie = (cookie: string, name: string): boolean =>
  cookie.startsWith(name) &&
  /; secure/i.test(cookie) &&
  /; httponly/i.test(cookie) &&
  /; path=\/(;|$)/i.test(cookie) &&
  !/; domain=/i.test(cookie);

/** A member enters; who is none does not. @returns the member's browser. */
export async function checkMembers(on: LoginWorld): Promise<Browser> {
  const { world, github, port, githubOrg } = on;
  const { report, settings } = world;
  const member = { login: "member", organisations: ["other", githubOrg] };
  const browser = new Browser(port);
  const back = await browser.logIn(github, member);
  const cookie =
    back.headers["set-cookie"]?.find((one) => one.startsWith(`${COOKIE}=`)) ??
    "";
  report.check(
    "a member of the organization gets a session, in a cookie of the host alone",
    back.status === 302 &&
      isHostCookie(cookie, `${COOKIE}=`) &&
      /samesite=lax/i.test(cookie),
    `${back.status} ${cookie.replace(/=[^;]*/, "=…")}`,
  );
  report.check("the member sees Prefect", isUi(await browser.get("/")));
  checkStatus(
    report,
    "the member uses the API",
    await browser.get("/api/admin/version"),
    200,
  );
  const ui = await browser.get("/ui-settings");
  report.check(
    "the pages ask the API of the host, by https",
    ui.text.includes(`"https://${settings.emg.prefect.host}/api"`),
    ui.text.slice(0, 120),
  );
  for (const path of SOCKETS)
    checkStatus(
      report,
      `the member's WebSocket ${path} opens`,
      await browser.get(`/api${path}`, { headers: WEBSOCKET }),
      101,
    );
  await checkStrangers(on);
  return browser;
}

async function checkStrangers({
  world,
  github,
  port,
  githubOrg,
}: LoginWorld): Promise<void> {
  const { report } = world;
  const strangers: [string, Person][] = [
    [
      "of another organization",
      { login: "stranger", organisations: ["other"] },
    ],
    ["of no organization", { login: "nobody", organisations: [] }],
    [
      "of one with a longer name",
      { login: "longer", organisations: [`${githubOrg}-x`] },
    ],
    [
      "whose own name is that of the organization",
      { login: githubOrg, organisations: ["other"] },
    ],
  ];
  for (const [what, person] of strangers) {
    const browser = new Browser(port);
    const back = await browser.logIn(github, person);
    const api = await browser.get("/api/admin/version");
    report.check(
      `a person ${what} is refused`,
      // oauth2-proxy answers 500 here.
      back.status >= 400 &&
        browser.cookies.get(COOKIE) === undefined &&
        api.status === 401,
      `${back.status}, then ${api.status}`,
    );
  }
  const victim = new Browser(port);
  const code = github.agree({ login: "attacker", organisations: [githubOrg] });
  checkStatus(
    report,
    "a callback that this browser did not begin is refused",
    await victim.callback(code, "AAAA:/"),
    403,
  );
  const lured = await new Browser(port).logIn(
    github,
    { login: "member", organisations: [githubOrg] },
    "https://evil.example/",
  );
  report.check(
    "a login does not lead to another site",
    !(lured.headers.location ?? "").includes("evil.example"),
    lured.headers.location,
  );
}
