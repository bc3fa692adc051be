import { WEBSOCKET } from "../ask";
import { Browser, aged } from "../browser";
import { checkStatus } from "../world";
import { COOKIE, type LoginWorld, isJson, isUi } from "./login";

/** Sessions end: the cookie is what it was, its time is another. */
export async function checkExpired(
  { world, port, cookieSecret }: LoginWorld,
  member: Browser,
): Promise<void> {
  const { report } = world;
  const value = member.cookies.get(COOKIE) ?? "";
  const sessionOf = (seconds: number): Browser => {
    const browser = new Browser(port);
    browser.cookies.set(COOKIE, aged(COOKIE, value, cookieSecret, seconds));
    return browser;
  };
  checkStatus(
    report,
    "a session of 11 hours ago is one",
    await sessionOf(11 * 3600).get("/api/admin/version"),
    200,
  );
  const late = sessionOf(11 * 3600);
  const used = await late.get("/");
  report.check(
    "the session is not longer for being used: no page has a new cookie",
    isUi(used) && used.headers["set-cookie"] === undefined,
    String(used.headers["set-cookie"]?.length ?? 0),
  );
  const api = await sessionOf(13 * 3600).get("/api/admin/version");
  report.check(
    "a session of 13 hours ago gets 401 in JSON from /api, and no page",
    api.status === 401 && isJson(api) && !api.text.includes("<html"),
    `${api.status} ${api.headers["content-type"] ?? ""}`,
  );
  const page = await sessionOf(13 * 3600).get("/");
  report.check(
    "a session of 13 hours ago gets the sign-in from /",
    page.status === 403 && !isUi(page),
    String(page.status),
  );
  checkStatus(
    report,
    "a session of 13 hours ago opens no WebSocket",
    await sessionOf(13 * 3600).get("/api/events/out", { headers: WEBSOCKET }),
    401,
  );
}

/** What changes something needs Prefect's token besides the cookie, which a page of another site would send too. */
export async function checkCsrf(
  { world }: LoginWorld,
  member: Browser,
): Promise<void> {
  const { report } = world;
  const create = (name: string, headers: Record<string, string> = {}) =>
    member.get("/api/variables/", {
      ...{ method: "POST", headers, body: { name, value: "x" } },
    });
  checkStatus(
    report,
    "a change without Prefect's CSRF token is refused",
    await create("twin_without"),
    403,
  );
  const client = "twin-client";
  const { text } = await member.get(`/api/csrf-token?client=${client}`);
  const { token } = JSON.parse(text) as { token?: string };
  const headers = {
    "Prefect-Csrf-Token": token ?? "",
    "Prefect-Csrf-Client": client,
  };
  checkStatus(
    report,
    "a change with the token is made",
    await create("twin_with", headers),
    201,
  );
  checkStatus(
    report,
    "a token of another client is refused",
    await create("twin_other", { ...headers, "Prefect-Csrf-Client": "other" }),
    403,
  );
  const out = await member.get("/oauth2/sign_out");
  const after = await member.get("/api/admin/version");
  report.check(
    "who signs out is out",
    after.status === 401,
    `${out.status}, then ${after.status}`,
  );
}
