import { mkdtempSync, rmSync } from "node:fs";
import { type Server, createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsError, jsonAnswer } from "../../../../tools/lab/aws/services/call";
import {
  createEmulatorProxy,
  tokenReviewPath,
} from "../../../../tools/lab/aws/emulator-proxy";
import { accessKey } from "../../../../tools/lab/aws/client";
import { readLog } from "../../../../tools/lab/aws/request-log";

const folder = mkdtempSync(join(tmpdir(), "emulator-proxy-"));
const logFile = join(folder, "requests.jsonl");
let moto: Server;
let lab: Server;
let endpoint: string;

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve((server.address() as AddressInfo).port);
    });
  });

beforeAll(async () => {
  moto = createServer((request, response) => {
    response.end(`moto got ${request.method ?? ""} ${request.url ?? ""}`);
  });
  lab = createEmulatorProxy({
    motoPort: await listen(moto),
    logFile,
    authorize: ({ path }) =>
      Promise.resolve(
        path.endsWith("/foreign")
          ? new AwsError("AccessDenied", "not yours", 403)
          : undefined,
      ),
    reviewToken: (reviewed, cluster) => ({ reviewed, cluster }),
    services: [
      {
        service: "eks",
        errors: "json",
        operations: [
          {
            name: "DescribeCluster",
            route: "GET /clusters/{name}",
            answer: ({ params }) => {
              if (params.name === "none")
                throw new AwsError("ResourceNotFoundException", "none", 404);
              return jsonAnswer(params);
            },
          },
        ],
      },
    ],
  });
  endpoint = `http://127.0.0.1:${await listen(lab)}`;
});

afterAll(() => {
  for (const server of [lab, moto]) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true });
});

const call = (service: string, path: string, signal?: AbortSignal, key = "k") =>
  fetch(`${endpoint}${path}`, {
    signal: signal ?? null,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    },
  });

const control = (path: string) =>
  fetch(`${endpoint}/_lab/${path}`, { method: "POST" });

test("the credential scope decides who answers", async () => {
  const own = await call("eks", "/clusters/a%2Fb");
  expect(await own.json()).toEqual({ name: "a/b" });
  const other = await call("s3", "/clusters/a");
  expect(await other.text()).toBe("moto got GET /clusters/a");
  const unknown = await call("eks", "/unknown?x=1");
  expect(await unknown.text()).toBe("moto got GET /unknown?x=1");
});

test("an AWS error has the status, the header and the body of AWS", async () => {
  const response = await call("eks", "/clusters/none");
  expect(response.status).toBe(404);
  expect(response.headers.get("x-amzn-errortype")).toBe(
    "ResourceNotFoundException",
  );
  expect(await response.json()).toMatchObject({ message: "none" });
});

test("the policies of the deployer are asked for its own calls only, before anything is done", async () => {
  const from = readLog(logFile).length;
  const refused = await call("eks", "/clusters/foreign", undefined, accessKey);
  expect(refused.status).toBe(403);
  expect(refused.headers.get("x-amzn-errortype")).toBe("AccessDenied");
  expect((await call("eks", "/clusters/a", undefined, accessKey)).ok).toBe(
    true,
  );
  expect((await call("eks", "/clusters/foreign")).ok).toBe(true);
  expect(readLog(logFile, from).map(({ status }) => status)).toEqual([
    403, 200, 200,
  ]);
});

test("every request is logged, with the name of its operation where it is known", async () => {
  const from = readLog(logFile).length;
  await call("eks", "/clusters/a");
  await call("s3", "/bucket/key?x=1");
  expect(readLog(logFile, from)).toEqual([
    expect.objectContaining({
      service: "eks",
      operation: "DescribeCluster",
      status: 200,
      by: "lab",
    }),
    expect.objectContaining({
      service: "s3",
      operation: "GET /bucket/key",
      request: "/bucket/key?x=1",
      by: "moto",
    }),
  ]);
});

test.each([
  ["once", "", 1],
  ["as often as wanted", "&times=2", 2],
])(
  "an operation is carried out and its answer dropped, %s",
  async (_often, times, count) => {
    await control(`drop-response?operation=eks.DescribeCluster${times}`);
    const from = readLog(logFile).length;
    for (let n = 0; n < count; n += 1)
      await expect(
        call("eks", "/clusters/a", AbortSignal.timeout(100)),
      ).rejects.toThrow(/timeout/);
    const log = readLog(logFile, from);
    expect(log).toHaveLength(count);
    for (const entry of log)
      expect(entry).toMatchObject({
        operation: "DescribeCluster",
        dropped: true,
      });
    expect((await call("eks", "/clusters/a")).status).toBe(200);
  },
);

test("an answer is delayed, once", async () => {
  await control("delay-response?operation=eks.DescribeCluster&seconds=0.2");
  const times: number[] = [];
  for (let n = 0; n < 2; n += 1) {
    const start = Date.now();
    expect((await call("eks", "/clusters/a")).status).toBe(200);
    times.push(Date.now() - start);
  }
  expect(times[0]).toBeGreaterThanOrEqual(190);
  expect(times[1]).toBeLessThan(190);
});

test("what follows a creation is refused, once, and only after it", async () => {
  await control("fail-late?created=eks.DescribeCluster&then=s3.GET%20/[^/]%2B");
  const status = async () => (await call("s3", "/bucket")).status;
  expect(await status()).toBe(200);
  await call("eks", "/clusters/a");
  expect(await status()).toBe(403);
  expect(await status()).toBe(200);
});

test("a TokenReview is answered, and is no request to AWS", async () => {
  const before = readLog(logFile).length;
  const response = await fetch(`${endpoint}${tokenReviewPath}wave-lab-eks`, {
    method: "POST",
    body: '{"kind":"TokenReview"}',
  });
  expect(await response.json()).toEqual({
    reviewed: { kind: "TokenReview" },
    cluster: "wave-lab-eks",
  });
  expect(readLog(logFile)).toHaveLength(before);
});
