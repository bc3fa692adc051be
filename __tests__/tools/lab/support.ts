import {
  type Answer,
  type Call,
  type EmulatedService,
  AwsError,
} from "../../../tools/lab/aws/services/call";
import { type World } from "../../../tools/lab/aws/services/world";
import { createRouter } from "../../../tools/lab/aws/router";

export const world: World = {
  moto: {
    endpoint: "http://moto.invalid",
    region: "eu-central-1",
    accountId: "123456789012",
  },
  deployerRole: "arn:aws:iam::123456789012:role/wave-deployer",
};

/** What stands in for moto: `answer` gets the query parameters or the target of a call. */
export function fakeMoto(answer: (request: string) => string): void {
  jest.spyOn(globalThis, "fetch").mockImplementation((_url, init) => {
    const headers = init?.headers as Record<string, string>;
    const request = `${headers["x-amz-target"] ?? ""}${init?.body as string}`;
    return Promise.resolve(new Response(answer(request)));
  });
}

const nobody = (): Promise<Answer> => {
  throw new Error("the call was forwarded");
};

/** Calls one service without a network. */
export class Client {
  constructor(
    private readonly service: EmulatedService,
    private readonly forward: (body?: Buffer) => Promise<Answer> = nobody,
  ) {}

  /** A REST call with a JSON body, such as `rest("POST /clusters", {name: "a"})`. */
  async rest(route: string, body?: unknown): Promise<unknown> {
    const json = body === undefined ? "" : JSON.stringify(body);
    const text = await this.send(route, json);
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  }

  /** A query call; answers XML. */
  query(action: string, form: Record<string, string> = {}): Promise<string> {
    return this.send("POST /", new URLSearchParams(form).toString(), action);
  }

  /** A call with `X-Amz-Target`. */
  target(action: string, input: unknown): Promise<string> {
    return this.send("POST /", JSON.stringify(input), action);
  }

  /** Any call; answers the body as text. */
  async send(route: string, body: string, action?: string): Promise<string> {
    const [method = "", target = ""] = route.split(" ");
    const url = new URL(target, "http://lab");
    const call: Call = {
      service: this.service.service,
      method,
      path: url.pathname,
      query: url.searchParams,
      body: Buffer.from(body),
      action,
      params: {},
    };
    const found = createRouter(this.service.operations)(call);
    if (!found) throw new Error(`${route} is not answered`);
    const answer = await found.operation.answer(found.call, this.forward);
    return answer.body.toString("utf8");
  }
}

/** The code of the AWS error that a call ends with. */
export async function errorOf(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "no error";
}
