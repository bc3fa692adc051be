import {
  type IncomingMessage,
  type ServerResponse,
  createServer,
  request as send,
} from "node:http";
import { type Duplex } from "node:stream";
import { SERVICES } from "../../../modules/emg/names";
import { type StackJson } from "../../audit/graph";
import { at, first } from "../../audit/reading";
import {
  type Ingress,
  annotationsOf,
} from "../kube/load-balancer-controller/ingress";
import {
  answerTo,
  listenerRules,
} from "../kube/load-balancer-controller/listener-rules";
import { listen } from "./github";
import { type World } from "./world";

/** What the load balancer of a stack does: rules in their order, and what is written anew on the way. */
export interface Routes {
  /** Service that a request goes to, or a status. */
  readonly serviceOf: (host: string, path: string, from: string) => string;
  readonly rewrite: (service: string, path: string) => string;
}

/** Routes of the Ingresses of a stack, by the order within their group. */
export function routesOf(stack: StackJson): Routes {
  const ingresses = Object.values(
    stack.resource?.kubernetes_ingress_v1 ?? {},
  ).map(ingressOf);
  const order = (one: Ingress): number =>
    Number(annotationsOf(one).get("group.order") ?? 0);
  const rules = ingresses
    .sort((a, b) => order(a) - order(b))
    .flatMap(listenerRules);
  return {
    serviceOf: (host, path, from) => answerTo(rules, { host, path, from }),
    rewrite: (service, path) =>
      ingresses
        .flatMap((one) => transformsOf(one, service))
        .reduce(
          (text, { regex, replace }) =>
            text.replace(new RegExp(regex), replace),
          path,
        ),
  };
}

/** An Ingress of Terraform as the API has it. */
function ingressOf(body: unknown): Ingress {
  return {
    metadata: {
      name: String(first(body, "metadata.name")),
      namespace: "emg",
      annotations: first(body, "metadata.annotations") as Record<
        string,
        string
      >,
    },
    spec: {
      rules: at(body, "spec.rule").map((rule) => ({
        host: first(rule, "host") as string | undefined,
        http: {
          paths: at(rule, "http.path").map((path) => ({
            path: first(path, "path") as string,
            pathType: first(path, "path_type") as string,
            backend: {
              service: {
                name: String(first(path, "backend.service.name")),
                port: {
                  name: first(path, "backend.service.port.name") as
                    string | undefined,
                },
              },
            },
          })),
        },
      })),
    },
  };
}

interface Rewrite {
  readonly regex: string;
  readonly replace: string;
}

interface Transform {
  readonly urlRewriteConfig?: { readonly rewrites: readonly Rewrite[] };
}

function transformsOf(ingress: Ingress, service: string): Rewrite[] {
  // A Service that is reached by an action has the name of that: its own, and a number.
  const own = new RegExp(`^transforms\\.${service}(-\\d+)?$`);
  const texts = [...annotationsOf(ingress)].filter(([name]) => own.test(name));
  const transforms = [...new Set(texts.map(([, text]) => text))].flatMap(
    (text) => JSON.parse(text) as readonly Transform[],
  );
  return transforms.flatMap(
    ({ urlRewriteConfig }) => urlRewriteConfig?.rewrites ?? [],
  );
}

export interface BalancerProps {
  readonly routes: Routes;
  readonly host: string;
  /** Ports here, by Service. */
  readonly ports: Readonly<Record<string, number>>;
  /** Address that a client has, by the one that it connects from. */
  readonly clientOf: (local: string) => string;
}

/** A load balancer. */
export interface Balancer {
  readonly port: number;
  readonly close: () => void;
}

/**
 * Plays the load balancer for one host: rules, and the headers that it adds. Those that a client sent stay, and its address
 * goes behind them, as AWS does by default. TLS ends before it.
 */
export async function startBalancer(props: BalancerProps): Promise<Balancer> {
  const server = createServer((request, response) => {
    forward(props, request, response);
  });
  server.on("upgrade", (request, socket) => {
    forward(props, request, undefined, socket);
  });
  const port = await listen(server);
  return {
    port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function forward(
  { routes, host, ports, clientOf }: BalancerProps,
  request: IncomingMessage,
  response?: ServerResponse,
  socket?: Duplex,
): void {
  const refuse = (status: number): void => {
    response?.writeHead(status).end();
    socket?.end(
      `HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    );
  };
  const client = clientOf(request.socket.remoteAddress ?? "");
  const [path = "", ...query] = (request.url ?? "/").split("?");
  const service = routes.serviceOf(host, path, client);
  const port = ports[service];
  if (port === undefined) {
    refuse(Number(service) || 503);
    return;
  }
  const upstream = send({
    ...{ host: "127.0.0.1", port, method: request.method, agent: false },
    path: [routes.rewrite(service, path), ...query].join("?"),
    headers: {
      ...request.headers,
      host,
      "x-forwarded-for": [request.headers["x-forwarded-for"], client]
        .flat()
        .filter(Boolean)
        .join(", "),
      "x-forwarded-proto": "https",
      "x-forwarded-port": "443",
    },
  });
  upstream.on("error", () => {
    refuse(502);
  });
  upstream.on("upgrade", (answer, back, head) => {
    socket?.write(
      `HTTP/1.1 101 Switching Protocols\r\n${headLines(answer)}\r\n\r\n`,
    );
    socket?.write(head);
    socket?.pipe(back).pipe(socket);
    for (const one of [socket, back]) one?.on("error", () => one.destroy());
  });
  upstream.on("response", (answer) => {
    if (socket) {
      refuse(answer.statusCode ?? 502);
      return;
    }
    response?.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(response as ServerResponse);
  });
  if (socket) upstream.end();
  else request.pipe(upstream);
}

function headLines({ rawHeaders }: IncomingMessage): string {
  const lines: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2)
    lines.push(`${rawHeaders[i] ?? ""}: ${rawHeaders[i + 1] ?? ""}`);
  return lines.join("\r\n");
}

/** The load balancer in front of Prefect's host. Clients are in the ranges of the settings, but for those of 127.0.0.2. */
export function balance(world: World): Promise<Balancer> {
  const { settings, stack, ports, report } = world;
  const { prefect, ingress } = settings.emg;
  const inside = (ingress.prefectCidrs[0] ?? "203.0.113.0/24").replace(
    /\d+\/\d+$/,
    "7",
  );
  report.progress(
    `the load balancer is ours: rules and rewrites of the Ingresses, X-Forwarded-For ${inside}; https://${prefect.host} is plain HTTP here`,
  );
  return startBalancer({
    routes: routesOf(stack),
    host: prefect.host,
    ports: {
      [SERVICES.prefect.name]: ports.prefect,
      [SERVICES.login.name]: ports.login,
      [SERVICES.gateway.name]: ports.gateway,
    },
    clientOf: (local) => (local === "127.0.0.2" ? "192.0.2.1" : inside),
  });
}
