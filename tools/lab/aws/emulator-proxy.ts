import { appendFileSync } from "node:fs";
import { type IncomingMessage, type Server, createServer } from "node:http";
import findMyWay from "find-my-way";
import { forward, writeAnswer } from "./forward";
import { readCall } from "./read-call";
import { accessKey, autoscalerKey, doctorKey, ownerKey } from "./client";
import { type Authorize } from "../deployer/authorize";
import { type LogEntry } from "./request-log";
import { ResponseFaults } from "./response-faults";
import { type Found, createRouter } from "./router";
import {
  type Answer,
  type Call,
  type EmulatedService,
  AwsError,
  errorAnswer,
  jsonAnswer,
  jsonOf,
} from "./services/call";

export interface EmulatorProxyProps {
  /** Port of moto on 127.0.0.1. */
  readonly motoPort: number;
  readonly services: readonly EmulatedService[];
  /** Request log, one JSON object a line. */
  readonly logFile: string;
  /** Whether the policies of the deployer allow a call of its access key. */
  readonly authorize?: Authorize;
  /** The same for the Cluster Autoscaler. */
  readonly authorizeAutoscaler?: Authorize;
  /** Answers a TokenReview of a cluster's API server. */
  readonly reviewToken?: (review: unknown, cluster: string) => object;
}

/** Where an API server asks who a token belongs to; the name of its cluster follows. (A Kubernetes client drops the query of such an address.) */
export const tokenReviewPath = "/_lab/token-review/";

/** One endpoint in front of moto: answers the operations of `services` itself, forwards the rest, logs every request. */
export function createEmulatorProxy(props: EmulatorProxyProps): Server {
  const faults = new ResponseFaults();
  const control = controlRoutes(props, faults);
  const services = new Map(
    props.services.map(({ service, errors, operations }) => [
      service,
      { errors, find: createRouter(operations) },
    ]),
  );

  /** Undefined when the answer is dropped. */
  const answerOf = async (
    incoming: IncomingMessage,
  ): Promise<Answer | undefined> => {
    const call = await readCall(incoming);
    const own = control(call);
    if (own) return own;
    const service = services.get(call.service);
    const found = service?.find(call);
    const operation =
      found?.operation.name ?? call.action ?? `${call.method} ${call.path}`;
    const key = `${call.service}.${operation}`;
    const authorize = {
      [accessKey]: props.authorize,
      [doctorKey]: props.authorize,
      [autoscalerKey]: props.authorizeAutoscaler,
    }[call.accessKey ?? ""];
    const refused = await authorize?.(call, operation);
    const style = stylesOf[call.service] ?? "json";
    const answer = refused
      ? errorAnswer(refused, style)
      : faults.takeFailure(key)
        ? errorAnswer(refusal, style)
        : service && found
          ? await answerOwn(props.motoPort, service.errors, found, incoming)
          : await forward(props.motoPort, incoming, call.body);
    if (answer.status < 400) faults.saw(key);
    const dropped = faults.takeDrop(key);
    const entry = entryOf(call, answer, operation);
    log(props.logFile, {
      ...entry,
      by: found ? "lab" : "moto",
      ...(dropped && { dropped }),
    });
    if (dropped) return undefined;
    await faults.wait(key);
    return answer;
  };

  return createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
    answerOf(incoming)
      .catch((error: unknown) =>
        jsonAnswer(
          { message: `The lab's emulator proxy: ${String(error)}` },
          500,
        ),
      )
      .then(
        (answer) => {
          if (answer) writeAnswer(response, answer);
        },
        () => undefined,
      );
  });
}

/** An answer that no client asks again after. */
const refusal = new AwsError(
  "AccessDeniedException",
  "The lab refuses this call, once.",
  403,
);

/** How services write errors; the others in JSON. */
const stylesOf: Readonly<Record<string, EmulatedService["errors"]>> = {
  autoscaling: "query",
  ec2: "query",
  elasticache: "query",
  iam: "query",
  rds: "query",
  s3: "s3",
};

/**
 * What the lab asks the proxy itself, with operations as `<service>.<Operation>`:
 * `POST /_lab/drop-response?operation=…&times=<number>` carries the next such operations out and answers none of them;
 * `POST /_lab/delay-response?operation=…&seconds=<number>` answers the next one late;
 * `POST /_lab/fail-late?created=…&then=…` refuses the next `then` after a `created`, both regular expressions;
 * `GET /_lab/waiting-failures` counts those that did not happen yet; `GET /_lab/pid`; and TokenReviews.
 */
function controlRoutes(
  { reviewToken }: EmulatorProxyProps,
  faults: ResponseFaults,
): (call: Call) => Answer | undefined {
  const router = findMyWay();
  type Handler = (call: Call, params: Record<string, string>) => unknown;
  const on = (method: "GET" | "POST", path: string, handler: Handler): void => {
    router.on(method, path, () => undefined, { handler });
  };
  on("POST", "/_lab/drop-response", ({ query }) => {
    faults.drop(query.get("operation") ?? "", Number(query.get("times") ?? 1));
  });
  on("POST", "/_lab/delay-response", ({ query }) => {
    faults.delay(query.get("operation") ?? "", Number(query.get("seconds")));
  });
  on("POST", "/_lab/fail-late", ({ query }) => {
    faults.failLate(query.get("created") ?? "", query.get("then") ?? "");
  });
  on("GET", "/_lab/waiting-failures", () => faults.waiting);
  on("GET", "/_lab/pid", () => process.pid);
  on("POST", `${tokenReviewPath}:cluster`, (call, { cluster = "" }) =>
    reviewToken?.(jsonOf(call), cluster),
  );
  return (call) => {
    const found = router.find(call.method as "GET", call.path);
    if (!found) return undefined;
    const { handler } = found.store as { handler: Handler };
    const value = handler(call, found.params as Record<string, string>);
    return jsonAnswer(value ?? {});
  };
}

async function answerOwn(
  motoPort: number,
  errors: EmulatedService["errors"],
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

const entryOf = (call: Call, answer: Answer, operation: string) => ({
  time: new Date().toISOString(),
  service: call.service,
  operation,
  method: call.method,
  status: answer.status,
  request: `${call.path}${requestQuery(call)}`,
  ...(call.accessKey === ownerKey && { byOwner: true }),
  ...(call.accessKey === doctorKey && { byDoctor: true }),
  ...(answer.status >= 400 && {
    error: answer.body.toString("utf8").slice(0, 300),
  }),
});

const requestQuery = ({ query }: Call): string =>
  query.size === 0 ? "" : `?${query.toString().slice(0, 200)}`;

function log(file: string, entry: LogEntry): void {
  appendFileSync(file, `${JSON.stringify(entry)}\n`);
}
