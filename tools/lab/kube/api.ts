import { request } from "node:https";
import { type ClusterLogin } from "./cluster";

/** An answer of the Kubernetes API. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Calls the Kubernetes API without kubectl: for what is asked often, or needs the status of the answer. */
export class KubeApi {
  constructor(
    private readonly login: ClusterLogin,
    private readonly user?: string,
  ) {}

  /** The same API for a service account, which the login may impersonate. */
  as(user: string): KubeApi {
    return new KubeApi(this.login, user);
  }

  /** @throws Error with the message of the API when the status is not 2xx. */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const { status, body: answer } = await this.ask(method, path, body);
    if (status >= 200 && status < 300) return answer;
    const { message } = answer as { message?: string };
    throw new Error(`${method} ${path} answered ${status}: ${message ?? ""}`);
  }

  /** The answer, whatever its status. A PATCH is a merge patch. */
  ask(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    const { host, token, insecure } = this.login;
    const text = body === undefined ? "" : JSON.stringify(body);
    const type = method === "PATCH" ? "merge-patch+json" : "json";
    return new Promise((resolve, reject) => {
      const outgoing = request(
        new URL(path, host),
        {
          method,
          ca: this.login.cluster_ca_certificate,
          cert: this.login.client_certificate,
          key: this.login.client_key,
          rejectUnauthorized: insecure !== true,
          timeout: 20_000,
          headers: {
            accept: "application/json",
            "content-type": `application/${type}`,
            "content-length": Buffer.byteLength(text),
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
            ...(this.user !== undefined && { "impersonate-user": this.user }),
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("end", () => {
            const answer = Buffer.concat(chunks).toString("utf8");
            resolve({
              status: incoming.statusCode ?? 500,
              body: parsed(answer),
            });
          });
          incoming.on("error", reject);
        },
      );
      outgoing.on("timeout", () => {
        outgoing.destroy(new Error(`${method} ${path}: no answer`));
      });
      outgoing.on("error", reject);
      outgoing.end(text);
    });
  }
}

/** `/readyz` and the like answer plain text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}
