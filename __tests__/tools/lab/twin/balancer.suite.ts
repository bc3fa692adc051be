import { createServer } from "node:http";
import { type StackJson } from "../../../../tools/audit/graph";
import { WEBSOCKET, ask } from "../../../../tools/lab/twin/ask";
import { routesOf, startBalancer } from "../../../../tools/lab/twin/balancer";
import { listen } from "../../../../tools/lab/twin/github";

const ingress = (
  order: number,
  path: string,
  service: string,
  annotations: Record<string, string> = {},
) => ({
  metadata: {
    name: service,
    annotations: Object.fromEntries(
      Object.entries({ "group.order": String(order), ...annotations }).map(
        ([name, value]) => [`alb.ingress.kubernetes.io/${name}`, value],
      ),
    ),
  },
  spec: {
    rule: [
      {
        host: "a.example.org",
        http: {
          path: [
            {
              path,
              path_type: "Prefix",
              backend: { service: { name: service } },
            },
          ],
        },
      },
    ],
  },
});

const rewrites = [{ regex: "^/workers/api(.*)$", replace: "/api$1" }];
const stack: StackJson = {
  resource: {
    kubernetes_ingress_v1: {
      all: ingress(20, "/", "login"),
      workers: ingress(10, "/workers/api", "gateway", {
        "transforms.gateway-1": JSON.stringify([
          { type: "url-rewrite", urlRewriteConfig: { rewrites } },
        ]),
      }),
    },
  },
};

test("the Ingress with the lower order comes first, and paths are written anew for its Service", () => {
  const { serviceOf, rewrite } = routesOf(stack);
  const at = (path: string, host = "a.example.org") =>
    serviceOf(host, path, "192.0.2.1");
  expect(at("/workers/api/x")).toBe("gateway");
  expect(at("/workers/apix")).toBe("login");
  expect(at("/", "b.example.org")).toBe("404");
  expect(rewrite("gateway", "/workers/api/x")).toBe("/api/x");
  expect(rewrite("login", "/workers/api/x")).toBe("/workers/api/x");
});

test("a request is passed on with the client's address behind what it sent, and an upgrade with what follows", async () => {
  const upstream = createServer((request, response) => {
    response.end(JSON.stringify([request.url, request.headers]));
  });
  upstream.on("upgrade", (request, socket) => {
    socket.end(
      request.headers.authorization === undefined
        ? "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"
        : "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    );
  });
  const port = await listen(upstream);
  const balancer = await startBalancer({
    routes: routesOf(stack),
    host: "a.example.org",
    ports: { login: port },
    clientOf: () => "203.0.113.7",
  });
  const { text } = await ask(balancer.port, "/..//x?a=%2F", {
    headers: { "X-Forwarded-For": "10.0.0.1", "X-Forwarded-Proto": "http" },
  });
  const [url, headers] = JSON.parse(text) as [string, Record<string, string>];
  expect(url).toBe("/..//x?a=%2F");
  expect(headers).toMatchObject({
    host: "a.example.org",
    "x-forwarded-for": "10.0.0.1, 203.0.113.7",
    "x-forwarded-proto": "https",
  });
  const open = async (more: Record<string, string>) =>
    (await ask(balancer.port, "/", { headers: { ...WEBSOCKET, ...more } }))
      .status;
  expect(await open({})).toBe(401);
  expect(await open({ Authorization: "Basic YQ==" })).toBe(101);
  // Nothing runs for the Service.
  expect((await ask(balancer.port, "/workers/api")).status).toBe(503);
  balancer.close();
  upstream.close();
});
