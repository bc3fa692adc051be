import {
  type IncomingMessage,
  type ServerResponse,
  request as httpRequest,
} from "node:http";
import { type Answer } from "./services/call";

/** Sends a request on to a port of this machine, with a body that was read already. */
export function forward(
  port: number,
  incoming: IncomingMessage,
  body: Buffer,
): Promise<Answer> {
  const headers = { ...incoming.headers };
  // The body is whole by now, so it is not sent in chunks.
  delete headers["transfer-encoding"];
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        host: "127.0.0.1",
        port,
        method: incoming.method,
        path: incoming.url,
        headers: {
          ...headers,
          "content-length": body.length,
          connection: "close",
        },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => {
          resolve({
            status: answer.statusCode ?? 500,
            headers: answer.headers,
            body: Buffer.concat(chunks),
          });
        });
        answer.on("error", reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Headers that belong to one connection, or that Node writes itself. */
const hopHeaders = new Set([
  "connection",
  "transfer-encoding",
  "content-length",
  "keep-alive",
]);

export function writeAnswer(response: ServerResponse, answer: Answer): void {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined && !hopHeaders.has(name))
      response.setHeader(name, value);
  }
  // The answer to HEAD carries the length of a body it does not send.
  const length = answer.headers["content-length"];
  if (answer.body.length === 0 && typeof length === "string")
    response.setHeader("content-length", length);
  response.end(answer.body);
}
