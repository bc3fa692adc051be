import { Browser, aged } from "../../../../tools/lab/twin/browser";
import { Cookies, ask } from "../../../../tools/lab/twin/ask";
import { startGithub } from "../../../../tools/lab/twin/github";

const client = { id: "id", secret: "secret" };

async function redeem(url: string, form: Record<string, string>) {
  const answer = await fetch(`${url}/login/oauth/access_token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  const { access_token: token } = (await answer.json()) as {
    access_token?: string;
  };
  return token;
}

test("GitHub gives a token for a code once, and to the app alone; who took it back has none", async () => {
  const github = await startGithub(client);
  const right = { client_id: "id", client_secret: "secret" };
  const code = github.agree({ login: "a", organisations: ["o"] });
  const token = await redeem(github.url, { ...right, code });
  expect(token).toBeDefined();
  expect(await redeem(github.url, { ...right, code })).toBeUndefined();
  const other = github.agree({ login: "a", organisations: ["o"] });
  const wrong = { ...right, client_secret: "x", code: other };
  expect(await redeem(github.url, wrong)).toBeUndefined();
  const port = Number(new URL(github.url).port);
  const get = (path: string) =>
    ask(port, path, { headers: { Authorization: `token ${token ?? ""}` } });
  expect(JSON.parse((await get("/user/orgs?page=1")).text)).toEqual([
    { login: "o" },
  ]);
  expect((await get("/user/orgs?page=2")).text).toBe("[]");
  github.close();
});

test("cookies are kept until the server takes them away", () => {
  const cookies = new Cookies();
  const take = (line: string) => {
    cookies.take({ status: 200, text: "", headers: { "set-cookie": [line] } });
  };
  take("a=x=1|2; Path=/; Secure");
  take("b=y; Max-Age=60");
  expect(cookies.header()).toEqual({ Cookie: "a=x=1|2; b=y" });
  take("a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
  take("b=z; Max-Age=0");
  expect(cookies.header()).toEqual({});
});

test("an aged cookie has its content, an earlier time, and the signature of a real one", () => {
  // Of oauth2-proxy 7.15.3, with this secret.
  const secret = "abcdefghijklmnopqrstuvwxyz012345";
  const value =
    "1vL4q-UGzxnZRzRUeEi4IY87HjvlRruFqJSVQY6ZAlsbKGz-pbAQMjYZIhOiS4afJeM_bWdXpZNzF66t9LaqHDEjJ1QCL3q4_vFNIVdjASIhP-Epplmz9kIpOqFh9YQzmf1vBwKHTsvYL4aq8puNfC1soaYzdlORhf5MI8yDAyF93alo8A==|1795896706|bXxv6WtyvgnY8IFXvrRt4ADx4t29I3FGuPU18LH2OmM=";
  expect(aged("__Host-emg", value, secret, 0)).toBe(value);
  const [content, time, signature] = value.split("|");
  const parts = aged("__Host-emg", value, secret, 60).split("|");
  expect(parts.slice(0, 2)).toEqual([content, String(Number(time) - 60)]);
  expect(parts[2]).not.toBe(signature);
  expect(new Browser(1).cookies.header()).toEqual({});
});
