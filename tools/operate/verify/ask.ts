import * as http from "node:http";
import * as https from "node:https";
import { type Check } from "../../../modules/wave/smoke-test/checks";
import { type Target } from "./target";

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** At most the first 64 KiB. */
  readonly body: string;
}

/** Why nothing came back. */
export interface NoAnswer {
  /** Node's code such as ENOTFOUND, or one of `TIMEOUTS`. */
  readonly code: string;
  readonly message: string;
}

export type Reply = Answer | NoAnswer;

export const isAnswer = (reply: Reply): reply is Answer => "status" in reply;

/** Codes of this file: nobody took the connection, or somebody did and kept silent. */
export const TIMEOUTS = {
  connect: "CONNECT_TIMEOUT",
  answer: "ANSWER_TIMEOUT",
} as const;

const LONGEST_BODY = 64 * 1024;

/** Sends the request of a check on a connection of its own. Never rejects, and never takes longer than the time-out. */
export function ask(
  check: Check,
  { hostname, addresses, timeoutMs }: Target,
): Promise<Reply> {
  const address = addresses[check.scheme];
  const { request } = address.protocol === "https:" ? https : http;
  return new Promise((resolve) => {
    let connected = false;
    const outgoing = request(new URL(check.path, address), {
      method: check.json === undefined ? "GET" : "POST",
      agent: false,
      // The name stays the same when another address is asked: load balancer and certificate go by it.
      servername: hostname,
      headers: {
        host: hostname,
        ...(check.json !== undefined && {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(check.json),
        }),
      },
    });
    const end = (reply: Reply): void => {
      clearTimeout(timer);
      resolve(reply);
      outgoing.destroy();
    };
    const timer = setTimeout(() => {
      const code = connected ? TIMEOUTS.answer : TIMEOUTS.connect;
      end({ code, message: `in ${timeoutMs / 1000} s` });
    }, timeoutMs);
    outgoing
      .on("socket", (socket) => {
        socket.once("connect", () => {
          connected = true;
        });
      })
      .on("error", ({ code, message }: NodeJS.ErrnoException) => {
        end({ code: code ?? "ERROR", message });
      })
      .on("response", (response) => {
        collect(response, end);
      })
      .end(check.json);
  });
}

/** Reads the body as far as it is wanted. */
function collect(
  response: http.IncomingMessage,
  end: (reply: Reply) => void,
): void {
  let body = "";
  const { statusCode: status = 0, headers } = response;
  response
    .setEncoding("utf8")
    .on("data", (part: string) => {
      body += part;
      if (body.length >= LONGEST_BODY) end({ status, headers, body });
    })
    .on("error", ({ code, message }: NodeJS.ErrnoException) => {
      end({ code: code ?? "ERROR", message });
    })
    .on("end", () => {
      end({ status, headers, body });
    });
}
