import { type Xml, toXml } from "../xml";

/** One request to an AWS service, as a handler sees it. */
export interface Call {
  /** Signing name of the service, such as `eks` or `elasticfilesystem`. */
  readonly service: string;
  readonly method: string;
  /** Path as sent, without query and without a slash at its end. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  /** `Action` of a query request, or what stands after the dot of `X-Amz-Target`. */
  readonly action: string | undefined;
  /** Access key that signed it. */
  readonly accessKey?: string;
  /** Values of the `{placeholders}` of the route, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Sends the call on to moto, with another body if one is given. */
export type Forward = (body?: Buffer) => Promise<Answer>;

/** One operation that the emulator proxy answers instead of moto. */
export interface Operation {
  /** Name as AWS writes it, such as `CreateCluster`. */
  readonly name: string;
  /** Set for REST services: `PUT /{bucket}?policy`. Other services are matched by name. */
  readonly route?: string;
  answer(call: Call, forward: Forward): Answer | Promise<Answer>;
}

/** What the emulator proxy answers for one service. */
export interface EmulatedService {
  /** Signing name. */
  readonly service: string;
  /** How errors are written: `json`, or the XML of query services and of S3. */
  readonly errors: "json" | "query" | "s3";
  readonly operations: readonly Operation[];
}

/** An answer of AWS that is an error. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

export function jsonAnswer(value: unknown, status = 200): Answer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(value)),
  };
}

/** Answer of a query service: `<XResponse><XResult>…</XResult></XResponse>`. */
export function queryAnswer(action: string, result: Xml): Answer {
  return xmlAnswer({
    [`${action}Response`]: {
      [`${action}Result`]: result,
      ResponseMetadata: { RequestId: "lab" },
    },
  });
}

export function xmlAnswer(value: Xml, status = 200): Answer {
  return {
    status,
    headers: { "content-type": "text/xml" },
    body: Buffer.from(toXml(value)),
  };
}

export function errorAnswer(
  error: AwsError,
  style: EmulatedService["errors"],
): Answer {
  const { code, message, status } = error;
  switch (style) {
    case "json":
      return {
        status,
        headers: {
          "content-type": "application/json",
          "x-amzn-errortype": code,
        },
        body: Buffer.from(JSON.stringify({ __type: code, message })),
      };
    case "query":
      return xmlAnswer(
        {
          ErrorResponse: {
            Error: { Type: "Sender", Code: code, Message: message },
            RequestId: "lab",
          },
        },
        status,
      );
    case "s3":
      return xmlAnswer({ Error: { Code: code, Message: message } }, status);
  }
}

/** The JSON body; `{}` when there is none. */
export function jsonOf(call: Call): unknown {
  return call.body.length === 0 ? {} : JSON.parse(call.body.toString("utf8"));
}

/** The form of a query request. */
export function formOf(call: Call): URLSearchParams {
  return new URLSearchParams(call.body.toString("utf8"));
}

/**
 * A list of a query request: `listOf(form, "Tags.Tag")` reads `Tags.Tag.1.Key=a&Tags.Tag.1.Value=b` as `[{Key: "a", Value: "b"}]`;
 * plain items come as `{"": value}`.
 */
export function listOf(
  form: URLSearchParams,
  prefix: string,
): Record<string, string>[] {
  const items = new Map<string, Record<string, string>>();
  for (const [key, value] of form) {
    if (!key.startsWith(`${prefix}.`)) continue;
    const [index = "", ...rest] = key.slice(prefix.length + 1).split(".");
    const item = items.get(index) ?? {};
    item[rest.join(".")] = value;
    items.set(index, item);
  }
  return [...items.values()];
}

export const plainListOf = (form: URLSearchParams, prefix: string): string[] =>
  listOf(form, prefix).map((item) => item[""] ?? "");
