import { createHmac } from "node:crypto";
import { type Answer, type AskOptions, Cookies, ask } from "./ask";
import { type Github, type Person } from "./github";

/** A browser at one host: it keeps cookies and sends them. */
export class Browser {
  readonly cookies = new Cookies();

  constructor(private readonly port: number) {}

  async get(path: string, options: AskOptions = {}): Promise<Answer> {
    const answer = await ask(this.port, path, {
      ...options,
      headers: { ...this.cookies.header(), ...options.headers },
    });
    this.cookies.take(answer);
    return answer;
  }

  /**
   * From the sign-in to the callback, with GitHub's part between them.
   * @param rd Page that is wanted.
   * @returns what the callback answered.
   */
  async logIn(github: Github, person: Person, rd = "/"): Promise<Answer> {
    const start = await this.get(`/oauth2/start?rd=${encodeURIComponent(rd)}`);
    const state = new URL(
      start.headers.location ?? "http://none",
    ).searchParams.get("state");
    return this.callback(github.agree(person), state ?? "");
  }

  callback(code: string, state: string): Promise<Answer> {
    return this.get(
      `/oauth2/callback?code=${encodeURIComponent(code)}&state=${encodeURIComponent(state)}`,
    );
  }
}

/**
 * A cookie of oauth2-proxy, as it would have been given some seconds ago: content, time and signature stand in its value.
 * @param secret That signs cookies.
 */
export function aged(
  name: string,
  value: string,
  secret: string,
  seconds: number,
): string {
  const [content = "", time = "0"] = value.split("|");
  const then = String(Number(time) - seconds);
  const signature = createHmac("sha256", secret)
    .update(`${name}${content}${then}`)
    .digest("base64")
    .replaceAll("+", "-")
    .replaceAll("/", "_");
  return [content, then, signature].join("|");
}
