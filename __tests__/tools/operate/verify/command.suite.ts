import { execFile } from "node:child_process";
import { stringify } from "yaml";
import { projectFile } from "../../../../modules/lib/project-file";
import { runProgram } from "../../../../tools/operate/cli/program";
import {
  type SettingsChange,
  deliveryInput,
  platformsInput,
} from "../../../support/settings";
import { fileOf, withSettingsFiles } from "../../../support/settings-files";
import { recordedTerminal } from "../../../support/terminal";
import {
  StubWave,
  answersOf,
  ownCertificate,
} from "../../../support/stub-wave";

const stub = new StubWave();
const certificate = ownCertificate();
let https: string;
let http: string;
beforeAll(async () => {
  https = await stub.listen(certificate.tls);
  http = await stub.listen();
});
afterAll(async () => {
  await stub.close();
  certificate.remove();
});
beforeEach(() => {
  stub.answers = answersOf("1.3.3");
});

/** Runs the command on a settings file as `prod`. The settings are read before it waits for anything. */
async function verifyOn(
  file: string,
  ...args: string[]
): Promise<{ code: number; lines: string[]; text: string }> {
  const terminal = recordedTerminal();
  const code = await withSettingsFiles({ "prod.yaml": file }, (folder) =>
    runProgram(["verify", ...args], {
      variables: { SETTINGS_DIR: folder },
      open: () => terminal,
    }),
  );
  const lines = terminal.printed;
  return { code, lines, text: lines.join("\n") };
}

const verify = (...args: string[]) => verifyOn(fileOf(), ...args);

test("npm run verify: by http and https under Wave's own name, all is well and the exit code 0", async () => {
  const result = await new Promise<{ code: unknown; stdout: string }>(
    (done) => {
      execFile(
        process.execPath,
        [
          ...["scripts/wave-eks.mjs", "verify", "example"],
          ...["--url", https, "--http-url", http],
        ],
        {
          cwd: projectFile(),
          env: {
            PATH: process.env.PATH,
            NODE_EXTRA_CA_CERTS: certificate.file,
          },
        },
        (error, stdout) => {
          done({ code: error?.code ?? 0, stdout });
        },
      );
    },
  );
  expect(result.stdout).toMatch(/\nverify: 14 passed, 0 failed, 0 skipped\n$/);
  expect(result.stdout).not.toMatch(/likely cause/);
  expect(result.code).toBe(0);
}, 30_000);

test("without Wave it says so, and of a compute environment what to run by hand", async () => {
  const { code, lines, text } = await verifyOn(
    stringify(platformsInput()),
    "prod",
  );
  expect(code).toBe(0);
  expect(lines[0]).toMatch(/^No Wave in this environment/);
  expect(text).toContain("auth can-i get secrets --namespace tower-nf");
  expect(text).toContain(
    "arn:aws:iam::123456789012:role/pipelines-prod-euc1-tower-launcher",
  );
  expect(text).toContain("on the claim tower-scratch");
});

test("of services it says what to ask Flux, the load balancer and the records", async () => {
  const of = async (change: SettingsChange = {}): Promise<string> => {
    const file = stringify(deliveryInput(change));
    return (await verifyOn(file, "prod")).text;
  };
  const alb = await of();
  expect(alb).toContain("get kustomization flux-sync # READY True");
  expect(alb).toContain("system:serviceaccount:api-default:flux-deployer # no");
  expect(alb).toContain("dig +short any.scp.example.org");
  expect(alb).toContain("curl --silent --head https://scp.example.org # 503");
  const nginx = await of({
    delivery: {
      ingress: { class: "nginx" },
      tls: { kind: "letsencrypt", email: "ops@example.org" },
      dns: { owner: "external-dns" },
      flux: undefined,
    },
  });
  expect(nginx).toContain("get service # EXTERNAL-IP");
  expect(nginx).not.toMatch(/dig|kustomization|ingress pending/);
});

test("a certificate that nobody trusts fails what goes by https, once with its cause", async () => {
  const { code, text } = await verify(
    "prod",
    "--url",
    https,
    "--http-url",
    http,
  );
  expect(code).toBe(1);
  expect(text).toContain("certificate refused (DEPTH_ZERO_SELF_SIGNED_CERT)");
  expect(text).toMatch(/^ok +https-redirect/m);
  expect(text.match(/likely cause/g)).toHaveLength(1);
  expect(text).toMatch(
    /^FAILED release, health, registry-api, redis, anonymous-requests, pull-without-token, closed-path, pairing$/m,
  );
  expect(text).toMatch(/verify: 1 passed, 13 failed, 0 skipped$/);
});

test("through a port-forward to Wave: the load balancer's checks are skipped, and that is said", async () => {
  const { code, text } = await verify("prod", "--url", http);
  expect(code).toBe(0);
  expect(text.match(/^skipped .*goes past it$/gm)).toHaveLength(9);
  expect(text).toMatch(/verify: 5 passed, 0 failed, 9 skipped$/);
});

test("all problems at once: each with its row, expected and got, then causes and what to do", async () => {
  stub.answers = {
    ...answersOf("1.7.9"),
    "POST /container-token": [200, '{"targetImage":"x"}'],
  };
  const { code, lines, text } = await verify("prod", "--url", http);
  expect(code).toBe(1);
  expect(lines.find((line) => line.includes("release"))).toMatch(
    /^FAILED +release .*GET \/service-info +200 "version":"1\.3\.3" +200 .*"version":"1\.7\.9"/,
  );
  expect(text.match(/likely cause/g)).toHaveLength(2);
  expect(text.match(/what to do/g)).toHaveLength(2);
  expect(text).toContain("wave-cli 1.2.0");
});

test("bad options are refused together, before anything is asked", async () => {
  stub.asked.length = 0;
  const { code, text } = await verify(
    ...["prod", "--url", "localhost:9090", "--http-url", `${https}/x`],
    ...["--timeout", "soon"],
  );
  expect(code).toBe(1);
  expect(text).toMatch(/3 problems[^]*--url[^]*--http-url[^]*--timeout/);
  expect(stub.asked).toEqual([]);
});

test.each([
  [["prod", "staging"], "Not understood: staging."],
  [["prod", "--insecure"], "--insecure"],
])("%j is answered with the usage", async (args, sentence) => {
  const { code, text } = await verify(...args);
  expect(code).toBe(1);
  expect(text).toContain(sentence);
  expect(text).toContain("Usage: wave-eks verify <environment>");
});

test("an environment without a file is the loader's report", async () => {
  const { code, text } = await verify("prd");
  expect(code).toBe(1);
  expect(text).toContain("set ENVIRONMENT=prod");
});
