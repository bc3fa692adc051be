import { appendFileSync } from "node:fs";
import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
  request as httpRequest,
} from "node:http";
import {
  type Answer,
  type Call,
  type Operation,
  type ServiceGaps,
  AwsError,
  errorAnswer,
  jsonAnswer,
  jsonOf,
} from "./services/call";
import { sleep } from "../system/process";
import { type LogEntry } from "./request-log";

export interface GapServerProps {
  /** Port of moto on 127.0.0.1. */
  readonly motoPort: number;
  readonly gaps: readonly ServiceGaps[];
  /** Request log, one JSON object a line. */
  readonly logFile: string;
  /** Answers a TokenReview of a cluster's API server. */
  readonly reviewToken?: (review: unknown, cluster: string) => object;
}

/** Where an API server asks who a token belongs to; the name of its cluster follows. (A Kubernetes client drops the query of such an address.) */
export const tokenReviewPath = "/_lab/token-review/";

/**
 * One endpoint in front of moto: answers the operations of `gaps` itself, forwards the rest, logs every request.
 * `POST /_lab/hold?operation=<service>.<Operation>&times=<number>` withholds the next answers of an operation that has been
 * carried out; `POST /_lab/slow?operation=<service>.<Operation>&seconds=<number>` delays the next one.
 */
export function createGapServer(props: GapServerProps): Server {
  const routers = new Map(props.gaps.map((gaps) => [gaps.service, gaps]));
  const held = new Map<string, number>();
  const slow = new Map<string, number>();

  const serve = async (
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const call = await readCall(incoming);
    if (call.path === "/_lab/hold") {
      const { query } = call;
      held.set(query.get("operation") ?? "", Number(query.get("times") ?? 1));
      write(response, jsonAnswer({}));
      return;
    }
    if (call.path === "/_lab/slow") {
      const { query } = call;
      slow.set(query.get("operation") ?? "", Number(query.get("seconds")));
      write(response, jsonAnswer({}));
      return;
    }
    if (call.path === "/_lab/pid") {
      write(response, jsonAnswer(process.pid));
      return;
    }
    if (call.path.startsWith(tokenReviewPath) && props.reviewToken) {
      const cluster = call.path.slice(tokenReviewPath.length);
      write(response, jsonAnswer(props.reviewToken(jsonOf(call), cluster)));
      return;
    }
    const gaps = routers.get(call.service);
    const found = gaps && findOperation(gaps.operations, call);
    const answer = found
      ? await answerOwn(props.motoPort, gaps.errors, found, incoming)
      : await forward(props.motoPort, incoming, call.body);
    const operation =
      found?.operation.name ?? call.action ?? `${call.method} ${call.path}`;
    const key = `${call.service}.${operation}`;
    const holding = take(held, key);
    const seconds = slow.get(key);
    log(props.logFile, {
      time: new Date().toISOString(),
      service: call.service,
      operation,
      method: call.method,
      status: answer.status,
      by: found ? "lab" : "moto",
      request: `${call.path}${requestQuery(call)}`,
      ...(answer.status >= 400 && {
        error: answer.body.toString("utf8").slice(0, 300),
      }),
      ...(holding && { held: true }),
    });
    if (holding) return;
    if (seconds !== undefined) {
      slow.delete(key);
      await sleep(seconds * 1000);
    }
    write(response, answer);
  };

  return createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      write(
        response,
        jsonAnswer({ message: `The lab's gap server: ${String(error)}` }, 500),
      );
    });
  });
}

/** Counts one down. @returns whether there was one. */
function take(counts: Map<string, number>, key: string): boolean {
  const left = counts.get(key) ?? 0;
  if (left > 0) counts.set(key, left - 1);
  return left > 0;
}

interface Found {
  readonly operation: Operation;
  readonly call: Call;
}

/** The operation of a call and the call with the route's parameters filled in. */
export function findOperation(
  operations: readonly Operation[],
  call: Call,
): Found | undefined {
  for (const operation of operations) {
    if (operation.route === undefined) {
      if (operation.name === call.action) return { operation, call };
      continue;
    }
    const params = matchRoute(operation.route, call);
    if (params) return { operation, call: { ...call, params } };
  }
  return undefined;
}

/** `PUT /{bucket}?policy` against method, path and the name of a query parameter. A placeholder `{name+}` spans slashes. */
function matchRoute(
  route: string,
  call: Call,
): Record<string, string> | undefined {
  const [method, target = ""] = route.split(" ");
  const [path = "", flag] = target.split("?");
  if (method !== call.method) return undefined;
  if (flag !== undefined && !call.query.has(flag)) return undefined;
  const pattern = path
    .replace(/\{(\w+)\+\}/g, "(?<$1>.+)")
    .replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  const match = new RegExp(`^${pattern}$`).exec(call.path);
  if (!match) return undefined;
  return Object.fromEntries(
    Object.entries(match.groups ?? {}).map(([key, value]) => [
      key,
      decodeURIComponent(value),
    ]),
  );
}

async function answerOwn(
  motoPort: number,
  errors: ServiceGaps["errors"],
  { operation, call }: Found,
  incoming: IncomingMessage,
): Promise<Answer> {
  try {
    return await operation.answer(call, (body) =>
      forward(motoPort, incoming, body ?? call.body),
    );
  } catch (error) {
    if (error instanceof AwsError) return errorAnswer(error, errors);
    throw error;
  }
}

async function readCall(incoming: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const url = new URL(incoming.url ?? "/", "http://lab");
  return {
    service: serviceOf(incoming, url),
    method: incoming.method ?? "GET",
    path: url.pathname.replace(/(.)\/+$/, "$1"),
    query: url.searchParams,
    body,
    action: actionOf(incoming, url, body),
    params: {},
  };
}

/** The service is the fourth part of the credential scope: `<key>/<date>/<region>/<service>/aws4_request`. */
function serviceOf(incoming: IncomingMessage, url: URL): string {
  const credential =
    /Credential=([^,\s]+)/.exec(incoming.headers.authorization ?? "")?.[1] ??
    url.searchParams.get("X-Amz-Credential") ??
    "";
  return credential.split("/").at(-2) ?? "unsigned";
}

function actionOf(
  incoming: IncomingMessage,
  url: URL,
  body: Buffer,
): string | undefined {
  const target = incoming.headers["x-amz-target"];
  if (typeof target === "string") return target.split(".").at(-1);
  const isForm = incoming.headers["content-type"]?.startsWith(
    "application/x-www-form-urlencoded",
  );
  const form = isForm ? new URLSearchParams(body.toString("utf8")) : undefined;
  return form?.get("Action") ?? url.searchParams.get("Action") ?? undefined;
}

function forward(
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

function write(response: ServerResponse, answer: Answer): void {
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

const requestQuery = (call: Call): string =>
  call.query.size === 0 ? "" : `?${call.query.toString().slice(0, 200)}`;

function log(file: string, entry: LogEntry): void {
  appendFileSync(file, `${JSON.stringify(entry)}\n`);
}
