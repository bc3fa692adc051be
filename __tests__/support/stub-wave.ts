import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type RequestListener, createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Status, body and headers by method and path. */
export type Answers = Readonly<
  Record<string, readonly [number, string, Record<string, string>?]>
>;

/** A request as the stub got it. */
export interface Asked {
  readonly request: string;
  readonly host: string | undefined;
  readonly body: string;
}

const NO_TOKEN = [400, '{"message":"Missing user access token"}'] as const;

const UNKNOWN_TOKEN = "GET /v2/wt/000000000000/library/alpine/manifests/latest";

/** As recorded of 1.37.0 while Redis was away: what needs it fails at once, and the health check goes on. */
export const WITHOUT_REDIS: Answers = {
  [UNKNOWN_TOKEN]: [
    500,
    '{"errors":[{"code":"UNKNOWN","message":"Connection reset - Error ID: 0a1b2c3d"}]}',
  ],
  "GET /health": [200, '{"status":"UP"}'],
};

/** What the load balancer answers itself to a stranger; Wave never sees it. */
const CLOSED: Answers = Object.fromEntries(
  [
    "/prometheus",
    "/metrics",
    "/view/builds",
    "/view/scans",
    "/v1alpha1/builds",
    "/v1alpha1/scans",
    "/v2/library/alpine/manifests/latest",
    "/pairing/tower/token/stranger?endpoint=https://stranger.invalid",
  ].map((path) => [`GET ${path}`, [404, "not found"] as const]),
);

/** What a release answers to the calls of the smoke test; the newer API is there from 1.6.0. */
export function answersOf(version: "1.3.3" | "1.7.9" | "1.37.0"): Answers {
  return {
    "GET /service-info": [
      200,
      `{"serviceInfo":{"version":"${version}","commitId":"39b1963"}}`,
    ],
    "GET /health": [200, '{"status":"UP"}'],
    "GET /v2/": [
      200,
      "OK",
      { "docker-distribution-api-version": "registry/2.0" },
    ],
    [UNKNOWN_TOKEN]: [
      404,
      `{"errors":[{"code":"NOT_FOUND","message":"Unknown Wave container for token '000000000000'"}]}`,
    ],
    "POST /container-token": NO_TOKEN,
    "POST /v1alpha2/container":
      version === "1.3.3" ? [404, '{"message":"Not Found"}'] : NO_TOKEN,
    ...CLOSED,
    "GET /": [301, "", { location: "https://wave.example.com:443/" }],
  };
}

/** A stub in the place of Wave and its load balancer. */
export class StubWave {
  /** What it answers now; a function is asked anew for each request. */
  answers: Answers | (() => Answers) = answersOf("1.3.3");
  /** What it was asked since it was emptied. */
  readonly asked: Asked[] = [];
  private readonly servers: { close: (done: () => void) => unknown }[] = [];

  /** Listens on a free port of this machine. @returns the address. */
  async listen(tls?: { key: string; cert: string }): Promise<string> {
    const server =
      tls === undefined
        ? createServer(this.answer)
        : createTlsServer(tls, this.answer);
    this.servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    return `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    await Promise.all(
      this.servers.map(
        (server) => new Promise<void>((done) => server.close(done)),
      ),
    );
  }

  private readonly answer: RequestListener = (incoming, response) => {
    const request = `${String(incoming.method)} ${String(incoming.url)}`;
    let body = "";
    incoming
      .on("data", (part: Buffer) => {
        body += part.toString();
      })
      .on("end", () => {
        this.asked.push({ request, host: incoming.headers.host, body });
        const answers =
          typeof this.answers === "function" ? this.answers() : this.answers;
        const [status, text, headers] = answers[request] ?? [500, "unexpected"];
        response.writeHead(status, headers).end(text);
      });
  };
}

/** A key and a certificate for wave.example.com that nobody trusts, made for this run; `file` lasts until `remove`. */
export function ownCertificate(): {
  tls: { key: string; cert: string };
  file: string;
  remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), "stub-wave-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  execFileSync(
    "openssl",
    [
      ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1".split(
        " ",
      ),
      ...["-subj", "/CN=wave.example.com"],
      ...["-addext", "subjectAltName=DNS:wave.example.com"],
      ...["-keyout", key, "-out", cert],
    ],
    { stdio: "pipe" },
  );
  return {
    tls: { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") },
    file: cert,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
