import { type IncomingHttpHeaders, request } from "node:http";

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface AskOptions {
  /** @default GET */
  readonly method?: string;
  /** @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. @default nothing */
  readonly body?: unknown;
  /** Address that the connection comes from. @default the system's choice */
  readonly from?: string;
}

/**
 * One request to a port of the loopback address. The path goes out as it is written: no client tidies it.
 * An upgrade that is granted is the answer 101.
 */
export function ask(
  port: number,
  path: string,
  { method = "GET", headers = {}, body, from }: AskOptions = {},
): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const call = request({
      ...{ host: "127.0.0.1", port, path, method, agent: false },
      localAddress: from,
      timeout: 20_000,
      headers: {
        ...(text === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
    });
    call.on("error", reject);
    call.on("timeout", () => call.destroy(new Error(`${path}: no answer`)));
    call.on("upgrade", ({ statusCode = 0, headers: back }, socket) => {
      socket.destroy();
      resolve({ status: statusCode, headers: back, text: "" });
    });
    call.on("response", (response) => {
      let answer = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (answer += chunk));
      response.on("error", reject);
      response.on("end", () => {
        const { statusCode = 0, headers: back } = response;
        resolve({ status: statusCode, headers: back, text: answer });
      });
    });
    call.end(text);
  });
}

/** Headers that ask for a WebSocket. */
export const WEBSOCKET = {
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "dHdpbi10d2luLXR3aW4tdA==",
  "Sec-WebSocket-Protocol": "prefect",
} as const;

/** Header of a user and a password. */
export const basic = (login: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(login).toString("base64")}`,
});

/** Cookies as a browser keeps them: by name, and gone when the server says so. */
export class Cookies {
  private readonly kept = new Map<string, string>();

  take({ headers }: Answer): void {
    for (const line of headers["set-cookie"] ?? []) {
      const [pair = ""] = line.split(";");
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      if (value === "" || /max-age=0|expires=\w+, \d+ \w+ (19|200)/i.test(line))
        this.kept.delete(name);
      else this.kept.set(name, value);
    }
  }

  get(name: string): string | undefined {
    return this.kept.get(name);
  }

  set(name: string, value: string): void {
    this.kept.set(name, value);
  }

  header(): Record<string, string> {
    const all = [...this.kept].map(([name, value]) => `${name}=${value}`);
    return all.length === 0 ? {} : { Cookie: all.join("; ") };
  }
}
