import { App } from "cdktf";
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApp } from "../../../../modules/app";
import { loadSettings } from "../../../../modules/load";
import { runProgram } from "../../../../tools/operate/cli/program";
import { type Ask, answered } from "../../../../tools/operate/new/answers";
import { draftOf } from "../../../../tools/operate/new/draft";
import { fileOf } from "../../../support/settings-files";
import { recordedTerminal } from "../../../support/terminal";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wave-new-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function make(...args: readonly string[]) {
  const terminal = recordedTerminal();
  const code = await runProgram(["new", ...args], {
    variables: { SETTINGS_DIR: folder },
    open: () => terminal,
  });
  return { code, text: terminal.printed.join("\n") };
}

const account = ["--account-id", "111122223333"];
const api = ["--api-cidrs", "198.18.0.0/15"];
const zone = ["--hosted-zone", "Z0ABCDEF12345"];
const wave = [
  ...["--host", "wave.acme.io", "--pairing-cidrs", "192.0.2.7/32"],
  ...["--platform-url", "https://tower.acme.io/api"],
  ...["--inbound-cidrs", "192.0.2.0/24,198.18.0.0/15"],
];
const existing = [
  ...["--vpc", "vpc-0aaaabbbbccccdddd", "--vpc-cidrs", "10.90.0.0/16"],
  "--private-subnets",
  "a=subnet-0aaaabbbbccccddd1=10.90.0.0/20,c=subnet-0aaaabbbbccccddd2=10.90.16.0/20",
  ...["--cluster", "acme", "--service-cidr", "172.21.0.0/16"],
  ...["--system-nodes", "acme.io/pool=general"],
];
const builders = ["--build-nodes", "acme.io/pool=builders"];

const variants: [string, string[]][] = [
  ["example", [...api, ...zone, ...wave, "--mail-domain", "acme.io"]],
  ["example-current", [...api, ...zone, ...wave, "--mail-domain", "acme.io"]],
  ["example-current", [...api, ...zone, ...wave]],
  ["example-current", [...api, ...zone, ...wave, "--lite"]],
  [
    "example-current",
    [...api, ...zone, ...wave, "--backend", "cloud", "--organization", "acme"],
  ],
  [
    "example-current",
    [
      ...[...api, ...zone, ...wave, "--backend", "local", "--zones", "a,b"],
      ...["--region", "us-gov-west-1", "--name", "containers"],
      ...["--admin", "arn:aws-us-gov:iam::111122223333:role/ops"],
    ],
  ],
  ["example-existing", [...zone, ...wave, ...existing, ...builders]],
  [
    "example-existing",
    [
      ...[...zone, ...wave, ...existing, ...builders],
      "--public-subnets",
      "a=subnet-0aaaabbbbccccddd3=10.90.240.0/24,c=subnet-0aaaabbbbccccddd4=10.90.241.0/24",
      ...["--node-security-groups", "sg-0aaaabbbbccccdddd"],
    ],
  ],
  ["example-existing", [...zone, ...wave, ...existing, "--lite"]],
  ["example-platforms", [...api, "--external-id", "acme-platform"]],
  [
    "example-delivery",
    [
      ...[...api, ...zone, "--domain", "services.acme.io"],
      ...["--flux-url", "ssh://git@github.com/acme/releases"],
    ],
  ],
  [
    "example-emg",
    [
      ...[...api, ...zone, "--prefect-host", "prefect.acme.io"],
      ...["--prefect-cidrs", "192.0.2.0/24", "--github-org", "acme"],
      ...["--api-host", "api.acme.io"],
    ],
  ],
  [
    "example-emg",
    [
      ...[...api, ...zone, "--prefect-host", "prefect.acme.io"],
      ...["--prefect-cidrs", "192.0.2.0/24", "--github-org", "acme"],
    ],
  ],
];

/** Without comments. */
const valuesIn = (text: string): string =>
  text.replace(/^\s*#.*$|\s#\s.*$/gm, "");

describe("by options alone", () => {
  test.each(variants)(
    "%s %j synthesizes the first time",
    async (from, options) => {
      const { code, text } = await make(
        ...["lab", "--from", from, "--yes", ...account, ...options],
      );
      expect({ code, text }).toMatchObject({ code: 0 });
      const written = readFileSync(join(folder, "lab.yaml"), "utf8");
      // Nothing of what the example has in the place of somebody's own.
      expect(valuesIn(written)).not.toMatch(
        /123456789012|example\.(com|org)|0123456789abcdef0|EBI-Metagenomics|203\.0\.113|-prod-/,
      );
      // The comments stay.
      expect(written).toMatch(
        /^# In quotes\. With credentials of another account/m,
      );
      const { settings } = loadSettings({
        SETTINGS_DIR: folder,
        ENVIRONMENT: "lab",
      });
      expect(settings.environment).toBe("lab");
      const app = buildApp(settings, new App({ outdir: join(folder, "out") }));
      expect(() => {
        app.synth();
      }).not.toThrow();
    },
    60_000,
  );

  test("says what comes next, with the secrets the file names", async () => {
    const { text } = await make(
      ...["lab", "--from", "example-current", "--yes", ...account, ...api],
      ...[...zone, ...wave, "--registry-secret", "acme/seqera"],
    );
    const [, next] = text.split("Next:\n");
    expect(
      next?.split("\n").map((line) => line.trim().split("   ")[0]),
    ).toEqual([
      "aws secretsmanager create-secret --region eu-central-1 --name acme/seqera --secret-string file://secret.json",
      "ENVIRONMENT=lab npm run state",
      "npx wave-eks doctor lab",
      "npx wave-eks deploy lab",
    ]);
  });
});

describe("nothing is written", () => {
  const nothingFrom = async (...args: string[]): Promise<string> => {
    const before = readdirSync(folder);
    const { code, text } = await make(...args);
    expect(code).toBe(1);
    expect(readdirSync(folder)).toEqual(before);
    return text;
  };
  const whole = [
    "--from",
    "example-current",
    "--yes",
    ...api,
    ...zone,
    ...wave,
  ];

  test("for wrong answers and missing ones, which are told at once in the schema's words", async () => {
    const text = await nothingFrom(
      ...["lab", ...whole, "--account-id", "1234", "--zones", "a,q", "--host"],
      ...["Wave", "--organization", "acme"],
    );
    expect(text).toContain("4 problems");
    expect(text).toContain('--account-id (accountId)\n    given    "1234"');
    expect(text).toContain("12 digits in quotes");
    expect(text).toContain("--zones (network.zones[1])");
    expect(text).toContain("a full host name in lower case");
    expect(text).toContain("the file will have no backend.organization");
  });

  test("for a name that is taken, no name, or an example's", async () => {
    writeFileSync(join(folder, "prod.yaml"), fileOf());
    expect(await nothingFrom("prod", ...whole, ...account)).toContain(
      "there is such a file",
    );
    expect(await nothingFrom("a_b", ...whole, ...account)).toContain(
      "2 to 12 characters",
    );
    expect(await nothingFrom("example2", ...whole, ...account)).toContain(
      "does not begin with example",
    );
  });

  test("for what an environment beside it has already", async () => {
    writeFileSync(join(folder, "prod.yaml"), fileOf());
    const text = await nothingFrom(
      ...["dev", ...whole, "--account-id", "123456789012"],
      ...["--host", "wave.example.com"],
    );
    expect(text).toContain(`of ${folder}/prod.yaml too`);
  });

  test("for an example that is not there, and a lite one of the classic line", async () => {
    expect(
      await nothingFrom("lab", "--from", "example-curent", "--yes"),
    ).toContain("--from example-current");
    expect(
      await nothingFrom("lab", "--from", "example", "--lite", "--yes"),
    ).toContain("current line");
  });
});

test("somebody is asked what no option says, with defaults, and a wrong answer is answered by the schema", async () => {
  const answers: Record<string, string> = {
    accountId: "111122223333",
    "cluster.endpoint.publicCidrs": "198.18.0.0/15",
    "computeEnv.launcher.externalId": "acme-platform",
  };
  const asked: string[] = [];
  const refused: (true | string)[] = [];
  const ask: Ask = ({ message, otherwise, validate }) => {
    const key = /\(([^)]+)\):$/.exec(message)?.[1] ?? "";
    asked.push(key);
    if (key === "accountId") refused.push(validate("12"));
    const answer = answers[key] ?? otherwise ?? "";
    refused.push(validate(answer));
    return Promise.resolve(answer);
  };
  const text = await answered(
    draftOf("lab", { from: "example-platforms", lite: false }),
    {
      positionals: ["lab"],
      options: { region: "eu-west-1" },
      variables: {},
      terminal: recordedTerminal({ answer: true }),
    },
    ask,
  );
  expect(asked).not.toContain("region");
  expect(asked).toEqual(expect.arrayContaining(Object.keys(answers)));
  expect(refused.filter((one) => one !== true)).toEqual([
    "accountId: 12 digits in quotes",
  ]);
  expect(text).toContain("region: eu-west-1");
  expect(text).toContain("bucket: pipelines-lab-state-111122223333");
  expect(text).toContain(
    "deployer: arn:aws:iam::111122223333:role/pipelines-deployer",
  );
});
