import { execFile } from "node:child_process";
import {
  platformEnv,
  verifyCommands,
} from "../../../modules/wave/smoke-test/commands";
import { exampleSettings } from "../../support/settings";
import {
  type Answers,
  StubWave,
  answersOf,
  WITHOUT_REDIS,
} from "../../support/stub-wave";

const installed = answersOf("1.3.3");
const stub = new StubWave();
let address: string;
beforeAll(async () => {
  address = await stub.listen();
});
afterAll(() => stub.close());

/** Runs a command as Terraform prints it, against the stub in the place of Wave's host. */
function run(command: string): Promise<number> {
  const local = command
    .replaceAll("%%{", "%{")
    .replace(/https?:\/\/wave\.example\.com/, address);
  return new Promise((resolve) => {
    execFile("bash", ["-c", local], (error) => {
      resolve(error === null ? 0 : 1);
    });
  });
}

const commands = verifyCommands(exampleSettings());
const commandOf = (name: string) =>
  commands.filter((line) => line.includes(`# ${name}: `));

test("PRO-03: one command for each endpoint, and a line about clients", () => {
  const names = commands.map((line) => /# ([\w-]+): /.exec(line)?.[1]);
  expect(names).toEqual([
    "release",
    "health",
    "registry-api",
    "redis",
    "anonymous-requests",
    "pull-without-token",
    ...Array.from({ length: 6 }, () => "closed-path"),
    "pairing",
    "https-redirect",
    "Clients",
  ]);
});

test.each(["1.3.3", "1.7.9", "1.37.0"] as const)(
  "all commands pass against what Wave %s answers",
  async (version) => {
    stub.answers = answersOf(version);
    const all = verifyCommands(exampleSettings({ wave: { version } }));
    const results = await Promise.all(all.map(run));
    expect(results).toEqual(all.map(() => 0));
  },
);

test.each([
  ["release", { "GET /service-info": [200, '{"version":"1.7.9"}'] }],
  ["health", { "GET /health": [503, '{"status":"DOWN"}'] }],
  ["registry-api", { "GET /v2/": [200, "OK"] }],
  ["redis", WITHOUT_REDIS],
  [
    "anonymous-requests",
    { "POST /container-token": [200, '{"targetImage":"x"}'] },
  ],
  [
    "closed-path",
    Object.fromEntries(
      Object.keys(installed).map((request) => [request, [404, "{}"]]),
    ),
  ],
  [
    "pairing",
    {
      "GET /pairing/tower/token/stranger?endpoint=https://stranger.invalid": [
        400,
        "Bad Request",
      ],
    },
  ],
  ["https-redirect", { "GET /": [400, ""] }],
] as [string, Answers][])("%s fails on another answer", async (name, wrong) => {
  stub.answers = { ...installed, ...wrong };
  const results = await Promise.all(commandOf(name).map(run));
  expect(results).toEqual(commandOf(name).map(() => 1));
});

test("curl's format does not look like a directive of Terraform", () => {
  expect(commands.join("\n")).not.toMatch(/(?<!%)%\{/);
});

test("expects an image when the settings allow anonymous requests", async () => {
  const open = verifyCommands(
    exampleSettings({ wave: { allowAnonymous: true } }),
  );
  const command =
    open.find((line) => line.includes("# anonymous-requests: ")) ?? "";
  stub.answers = {
    ...installed,
    "POST /container-token": [200, '{"targetImage":"wave.example.com/wt/x"}'],
  };
  expect(await run(command)).toBe(0);
});

test.each([
  ["1.3.3", /wave-cli 1\.2\.0 and Nextflow 23\.10/],
  ["1.7.9", /Nextflow before 24\.10/],
  ["1.37.0", /wave-cli 1\.8\.2 and any Nextflow/],
])("VER-05, INF-20: names the clients of %s", (version, expected) => {
  const lines = verifyCommands(exampleSettings({ wave: { version } }));
  expect(lines.at(-1)).toMatch(expected);
});

test("INF-19: what Seqera Platform needs", () => {
  expect(platformEnv(exampleSettings())).toEqual({
    TOWER_ENABLE_WAVE: "true",
    WAVE_SERVER_URL: "https://wave.example.com",
  });
});
