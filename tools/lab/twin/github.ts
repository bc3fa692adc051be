import { type IncomingMessage, type Server, createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A person with an account of GitHub. */
export interface Person {
  readonly login: string;
  readonly organisations: readonly string[];
  /** As `organisation:team`. @default none */
  readonly teams?: readonly string[];
}

/** The part of GitHub that a login needs: codes, tokens, who somebody is and which organisations and teams has. */
export interface Github {
  readonly url: string;
  /** A code, as GitHub gives it when this person has agreed. Good for one login. */
  readonly agree: (person: Person) => string;
  readonly close: () => void;
}

/** @param client The OAuth app: other ones get no token. */
export async function startGithub(client: {
  readonly id: string;
  readonly secret: string;
}): Promise<Github> {
  let issued = 0;
  const codes = new Map<string, Person>();
  const tokens = new Map<string, Person>();
  const server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(JSON.stringify(body));
    });
  });
  const redeem = async (request: IncomingMessage) => {
    const form = new URLSearchParams(await text(request));
    const code = form.get("code") ?? "";
    const person = codes.get(code);
    codes.delete(code);
    const known =
      form.get("client_id") === client.id &&
      form.get("client_secret") === client.secret;
    if (!known || !person)
      return { status: 401, body: { error: "bad_verification_code" } };
    const token = `token-${issued++}`;
    tokens.set(token, person);
    return {
      status: 200,
      body: { access_token: token, token_type: "bearer", scope: "read:org" },
    };
  };
  const answer = async (request: IncomingMessage) => {
    const { pathname, searchParams } = new URL(
      request.url ?? "",
      "http://twin",
    );
    if (pathname === "/login/oauth/access_token") return redeem(request);
    const [, token = ""] = (request.headers.authorization ?? "").split(" ");
    const person = tokens.get(token);
    if (!person) return { status: 401, body: { message: "Bad credentials" } };
    // Lists have pages: the second one is empty.
    const page = Number(searchParams.get("page") ?? 1);
    return { status: 200, body: page > 1 ? [] : described(person, pathname) };
  };
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    agree: (person) => {
      const code = `code-${person.login}-${codes.size}`;
      codes.set(code, person);
      return code;
    },
    close: () => {
      server.close();
    },
  };
}

function described(
  { login, organisations, teams = [] }: Person,
  pathname: string,
): unknown {
  const email = `${login}@example.org`;
  switch (pathname) {
    case "/user/orgs":
      return organisations.map((name) => ({ login: name }));
    case "/user/teams":
      return teams.map((one) => {
        const [organisation, slug] = one.split(":");
        return { name: slug, slug, organization: { login: organisation } };
      });
    case "/user/emails":
      return [{ email, primary: true, verified: true }];
    default:
      return { login, email };
  }
}

/** Listens on a free port of the loopback address, and keeps no run alive that has ended. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  server.unref();
  return (server.address() as AddressInfo).port;
}
