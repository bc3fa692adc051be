import { type AddressInfo, createServer } from "node:net";
import {
  type Result,
  runSmokeTest,
} from "../../../../tools/operate/verify/run";
import { type Target } from "../../../../tools/operate/verify/target";
import {
  type SettingsChange,
  exampleSettings,
} from "../../../support/settings";
import {
  type Answers,
  StubWave,
  answersOf,
  WITHOUT_REDIS,
} from "../../../support/stub-wave";

const stub = new StubWave();
let address: string;
beforeAll(async () => {
  address = await stub.listen();
});
afterAll(() => stub.close());
beforeEach(() => {
  stub.asked.length = 0;
});

const targetAt = (at: string, change: Partial<Target> = {}): Target => ({
  hostname: "wave.example.com",
  addresses: { https: new URL(at), http: new URL(at) },
  chosen: false,
  direct: false,
  timeoutMs: 2000,
  ...change,
});

/** Runs the checks against the stub, which answers like both in front of it and behind it. */
async function run(
  answers: Answers | (() => Answers),
  wave: SettingsChange["wave"] = {},
  target: Target = targetAt(address),
): Promise<Result[]> {
  stub.answers = answers;
  const results: Result[] = [];
  for await (const result of runSmokeTest(exampleSettings({ wave }), target))
    results.push(result);
  return results;
}

const failuresOf = (results: readonly Result[]): Result[] =>
  results.filter(({ outcome }) => outcome === "FAILED");

/** The only failure; its advice as one text. */
function onlyFailure(results: readonly Result[]): {
  id: string;
  got: string;
  advice: string;
} {
  const failures = failuresOf(results);
  expect(failures).toHaveLength(1);
  const { check, got, advice } = failures[0] as Result;
  // The CLI refuses a stack without those that it builds on.
  expect(advice?.fix).not.toMatch(
    /cdktf deploy (?!network data identity workloads)/,
  );
  return {
    id: check.name,
    got,
    advice: `${String(advice?.cause)}\n${String(advice?.fix)}`,
  };
}

/** Of the classic line the pages of builds and scans too. */
const closedOf = (version: string): string[] => [
  "pull-without-token",
  ...Array.from({ length: version === "1.37.0" ? 2 : 6 }, () => "closed-path"),
];

describe.each([
  ["1.3.3", "/container-token"],
  ["1.7.9", "/v1alpha2/container"],
  ["1.37.0", "/v1alpha2/container"],
] as const)("Wave %s", (version, api) => {
  test("everything is ok when it answers as the table says", async () => {
    const results = await run(answersOf(version), { version });
    expect(failuresOf(results)).toEqual([]);
    expect(results.map(({ check }) => check.name)).toEqual([
      ...[
        "release",
        "health",
        "registry-api",
        "redis",
        "anonymous-requests",
        ...closedOf(version),
        "pairing",
        "https-redirect",
      ],
    ]);
  });

  test("asks for an image without a token, by the API of the release", async () => {
    await run(answersOf(version), { version });
    const posts = stub.asked.filter(({ request }) =>
      request.startsWith("POST"),
    );
    expect(posts.map(({ request }) => request)).toEqual([`POST ${api}`]);
    expect(JSON.parse(String(posts[0]?.body))).toEqual({
      containerImage: "docker.io/library/alpine:latest",
    });
  });

  test("a token is wanted although the settings allow none", async () => {
    const results = await run(answersOf(version), {
      version,
      allowAnonymous: true,
    });
    const { id, got, advice } = onlyFailure(results);
    expect(id).toBe("anonymous-requests");
    expect(got).toContain("400");
    expect(advice).toMatch(
      /refuses requests[^]*cdktf deploy network data identity workloads[^]*--tower-token/,
    );
  });

  test("anonymous access that the settings allow is ok", async () => {
    const results = await run(
      { ...answersOf(version), [`POST ${api}`]: [200, '{"targetImage":"x"}'] },
      { version, allowAnonymous: true },
    );
    expect(failuresOf(results)).toEqual([]);
  });

  test("anonymous access by mistake fails", async () => {
    const results = await run(
      { ...answersOf(version), [`POST ${api}`]: [200, '{"targetImage":"x"}'] },
      { version },
    );
    const { id, advice } = onlyFailure(results);
    expect(id).toBe("anonymous-requests");
    expect(advice).toMatch(/anybody gets images without a token/);
  });

  test("an endpoint that is not paired", async () => {
    const message =
      "Missing pairing record for Tower endpoint 'https://platform.example.com/'";
    const results = await run(
      {
        ...answersOf(version),
        [`POST ${api}`]: [400, `{"message":"${message}"}`],
      },
      { version },
    );
    const { advice } = onlyFailure(results);
    expect(advice).toMatch(/not paired[^]*letter by letter/);
    expect(advice).toContain(exampleSettings().wave.platform.apiUrl);
  });
});

test("a 404 of the newer API means that an older release runs than the settings name", async () => {
  const results = await run(answersOf("1.3.3"), { version: "1.37.0" });
  const failures = failuresOf(results);
  expect(failures.map(({ check }) => check.name)).toEqual([
    "release",
    "anonymous-requests",
  ]);
  expect(failures[1]?.advice?.cause).toMatch(/older than 1\.6\.0/);
  expect(failures[1]?.advice?.fix).toMatch(
    /wave-cli 1\.2\.0 and Nextflow 23\.10/,
  );
});

test("another release than the settings name", async () => {
  const { id, got, advice } = onlyFailure(
    await run(answersOf("1.3.3"), { version: "1.3.4" }),
  );
  expect([id, got]).toEqual([
    "release",
    '200 {"serviceInfo":{"version":"1.3.3","commitId":"39b1963"}}',
  ]);
  expect(advice).toMatch(/another release runs[^]*rollout status/);
});

test("a target that is sick now and then", async () => {
  let asked = 0;
  const { id, got, advice } = onlyFailure(
    await run(() => ({
      ...answersOf("1.3.3"),
      "GET /health": ++asked % 3 === 0 ? [503, ""] : [200, '{"status":"UP"}'],
    })),
  );
  expect(id).toBe("health");
  expect(got).toMatch(
    /\d × 200 \{"status":"UP"\}; \d × 503|\d × 503; \d × 200/,
  );
  expect(advice).toMatch(/now and then/);
  expect(advice).toMatch(/healthcheck-path must be \/health/);
});

test("a load balancer without a sound pod fails every check behind it, with one cause", async () => {
  const sick = Object.fromEntries(
    Object.entries(answersOf("1.3.3")).map(([request, answer]) => [
      request,
      (answer[0] === 404 && !request.includes("/v2/wt/")) || answer[0] === 301
        ? answer
        : ([503, "<html>503 Service Temporarily Unavailable</html>"] as const),
    ]),
  );
  const failures = failuresOf(await run(sick));
  expect(failures.map(({ check }) => check.name)).toEqual([
    ...["release", "health", "registry-api", "redis", "anonymous-requests"],
  ]);
  const causes = new Set(failures.map(({ advice }) => advice?.cause));
  expect([...causes]).toEqual([expect.stringContaining("no pod that answers")]);
});

test.each([
  [
    "health",
    { "GET /health": [503, '{"status":"DOWN"}'] },
    /store is out of reach[^]*kubectl logs/,
  ],
  ["registry-api", { "GET /v2/": [200, "OK"] }, /not Wave's/],
  ["redis", WITHOUT_REDIS, /does not reach Redis[^]*replication group/],
  [
    "closed-path",
    { "GET /prometheus": [200, "# HELP jvm"] },
    /strangers reach what should be closed/,
  ],
  [
    "closed-path",
    { "GET /view/builds": [404, '{"message":"Unknown build id"}'] },
    /strangers reach what should be closed/,
  ],
  [
    "pairing",
    {
      "GET /pairing/tower/token/stranger?endpoint=https://stranger.invalid": [
        400,
        "Bad Request",
      ],
    },
    /ask from a machine outside 203\.0\.113\.10\/32/,
  ],
  ["https-redirect", { "GET /": [400, ""] }, /redirect is missing/],
  [
    "https-redirect",
    { "GET /": [301, "", { location: "https://example.org/" }] },
    /redirect is missing/,
  ],
  [
    "https-redirect",
    { "GET /": [302, "", { location: "https://wave.example.com/" }] },
    /redirect is missing/,
  ],
  [
    "release",
    { "GET /service-info": [404, ""] },
    /without a rule for wave\.example\.com/,
  ],
  ["release", { "GET /service-info": [403, ""] }, /in front of Wave refuses/],
] as [string, Answers, RegExp][])(
  "%s fails on another answer and says why: %j",
  async (row, wrong, cause) => {
    const { id, advice } = onlyFailure(
      await run({ ...answersOf("1.3.3"), ...wrong }),
    );
    expect(id).toBe(row);
    expect(advice).toMatch(cause);
  },
);

test("an answer cannot write to the terminal, and a long one is cut", async () => {
  const body = `\u001b[2J\r\n${"x".repeat(200_000)}`;
  const { got } = onlyFailure(
    await run({ ...answersOf("1.3.3"), "GET /metrics": [200, body] }),
  );
  expect(got).toBe(`200 [2J ${"x".repeat(56)}…`);
});

test("the host name stays in the request when another address is asked", async () => {
  await run(answersOf("1.3.3"));
  expect(new Set(stub.asked.map(({ host }) => host))).toEqual(
    new Set(["wave.example.com"]),
  );
});

test("past the load balancer its own checks are skipped", async () => {
  const results = await run(
    answersOf("1.3.3"),
    {},
    targetAt(address, { direct: true }),
  );
  expect(
    results.flatMap(({ check, outcome }) =>
      outcome === "skipped" ? [check.name] : [],
    ),
  ).toEqual([...closedOf("1.3.3"), "pairing", "https-redirect"]);
  expect(stub.asked.map(({ request }) => request)).not.toContain(
    "GET /metrics",
  );
});

test("a dead host: every check is a row, and one time-out is the price of them all", async () => {
  const mute = createServer();
  await new Promise<void>((done) => mute.listen(0, "127.0.0.1", done));
  const { port } = mute.address() as AddressInfo;
  const timeoutMs = 500;
  const started = Date.now();
  const results = await run(
    answersOf("1.3.3"),
    {},
    targetAt(`http://127.0.0.1:${port}`, { timeoutMs }),
  ).finally(() => mute.close());
  expect(Date.now() - started).toBeLessThan(5 * timeoutMs);
  expect(failuresOf(results)).toHaveLength(14);
  const texts = results.map(({ got, advice }) => [got, advice?.cause].join());
  expect(new Set(texts)).toEqual(
    new Set([
      expect.stringMatching(/connected, no answer in 0\.5 s.*came in time/),
    ]),
  );
});
