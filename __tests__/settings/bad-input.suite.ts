import { fileOf, problemsOf, reportOnFiles } from "../support/settings-files";

/** A change to the example, the path it is reported at, and words that the report must hold. */
type Case = readonly [
  what: string,
  change: unknown,
  path: string,
  words: readonly string[],
];

const cases: readonly Case[] = [
  [
    "an unknown key, with the key that was meant",
    { network: { natGateway: "single" } },
    "network.natGateway",
    ["does not have", "write natGateways"],
  ],
  [
    "an unknown key that belongs elsewhere",
    { certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/1" },
    "certificateArn",
    ["move it: the key is dns.certificateArn"],
  ],
  [
    "an unknown key of a back end",
    { backend: { organisation: "x" } },
    "backend.organisation",
    ["kind, bucket, region, keyPrefix, kmsKeyArn"],
  ],
  [
    "a wrong type",
    { retain: "yes" },
    "retain",
    ['"yes"', "true or false", "write retain: true, without quotes"],
  ],
  [
    "a text where a number belongs",
    { cluster: { nodeGroups: { build: { maxSize: "2" } } } },
    "cluster.nodeGroups.build.maxSize",
    ['"2"', "a whole number, at least 1", "remove the quotes"],
  ],
  [
    "a number below its least value",
    { data: { efs: { backupRetentionDays: 1 } } },
    "data.efs.backupRetentionDays",
    ["1 (a number)", "at least 7"],
  ],
  [
    "one value where a list belongs",
    { network: { zones: "a" } },
    "network.zones",
    ["write a list: zones: [a]"],
  ],
  [
    "a section without content",
    { wave: { autoscaling: null } },
    "wave.autoscaling",
    ["nothing (null)", "write autoscaling: {} for the defaults"],
  ],
  [
    "a value that is no choice",
    { network: { natGateways: "perzone" } },
    "network.natGateways",
    ['"perzone"', "single, perZone", "write perZone"],
  ],
  [
    "a number that is no choice",
    { cluster: { logRetentionDays: 100 } },
    "cluster.logRetentionDays",
    ["100 (a number)", "1, 3, 5, 7, 14", "3653"],
  ],
  [
    "an unknown kind of back end",
    { backend: { kind: "s4" } },
    "backend.kind",
    ['"s4"', "s3, cloud, local"],
  ],
  [
    "a missing key",
    { access: { deployer: undefined } },
    "access.deployer",
    ["nothing: the key is missing", "ARN of an IAM role or user"],
  ],
  [
    "the session of a role",
    {
      access: {
        deployer: "arn:aws:sts::123456789012:assumed-role/wave-deployer/me",
      },
    },
    "access.deployer",
    ["arn:aws:iam::123456789012:role/wave-deployer"],
  ],
  [
    "a zone's whole name",
    { network: { zones: ["eu-central-1a", "b"] } },
    "network.zones[0]",
    ["a zone letter", "write the letter alone: a"],
  ],
  [
    "an address where a host name belongs",
    { wave: { hostname: "https://wave.example.com/" } },
    "wave.hostname",
    ["write the host name alone: wave.example.com"],
  ],
  [
    "a Platform address without TLS",
    { wave: { platform: { apiUrl: "http://platform.example.com/api" } } },
    "wave.platform.apiUrl",
    ["an https:// address", "use https://"],
  ],
  [
    "a range that starts in its middle",
    { network: { cidr: "10.40.1.0/16" } },
    "network.cidr",
    ["the first address of the range", "write 10.40.0.0/16"],
  ],
  [
    "a range that is none",
    { network: { disjointFrom: ["10.400.0.0/16"] } },
    "network.disjointFrom[0]",
    ["an IPv4 range"],
  ],
  [
    "an unknown interface endpoint",
    { network: { interfaceEndpoints: ["ecr"] } },
    "network.interfaceEndpoints[0]",
    ["ecr.api, ecr.dkr"],
  ],
  [
    "a tag with a number",
    { tags: { team: 7 } },
    "tags.team",
    ["7 (a number)", 'team: "7"'],
  ],
  [
    "a tag name that is too long",
    { tags: { ["k".repeat(129)]: "v" } },
    `tags.${"k".repeat(129)}`,
    ["1 to 128 characters"],
  ],
];

describe("a wrong shape is reported with path, given, allowed and fix", () => {
  test.each(cases)("%s", (_, change, path, words) => {
    const problems = problemsOf(change);
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    const [problem] = problems;
    const told = `${problem?.given} | ${problem?.allowed} | ${problem?.fix}`;
    for (const word of words) expect(told).toContain(word);
  });

  test("numbers are reported as they were typed, and to be put in quotes", () => {
    const text = fileOf()
      .replace('"123456789012"', "123456789012")
      .replace('"1.36"', "1.30")
      .replace("version: 1.3.3", "version: 1.3");
    const { message } = reportOnFiles({ "prod.yaml": text });
    expect(message).toContain('put it in quotes: accountId: "123456789012"');
    expect(message).toContain("given    1.30 (a number)");
    expect(message).toContain('put it in quotes: version: "1.30"');
    expect(message).toContain('put it in quotes: version: "1.3"');
    expect(message).toContain("3 problems");
  });

  test("an empty file is one problem, not fifty", () => {
    const { problems } = reportOnFiles({ "prod.yaml": "" });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.fix).toContain("copy settings/example.yaml");
  });
});

describe("everything at once", () => {
  test("rules over sound parts speak beside problems of shape", () => {
    const problems = problemsOf({
      retain: "maybe",
      network: { zones: ["a"], natGateways: "none" },
      wave: { version: "1.9.0", hostname: 7, buildNamespace: "wave" },
    });
    expect(problems.map(({ path }) => path).sort()).toEqual([
      "network.natGateways",
      "network.zones",
      "retain",
      "wave.buildNamespace",
      "wave.hostname",
      "wave.version",
    ]);
  });

  test("a rule says nothing about what it could not read", () => {
    // public has the wrong type: whether the ranges fit it cannot be said.
    const problems = problemsOf({ cluster: { endpoint: { public: "no" } } });
    expect(problems.map(({ path }) => path)).toEqual([
      "cluster.endpoint.public",
    ]);
  });

  test("problems come in the order of the file, with their lines", () => {
    const { problems } = reportOnFiles({
      "prod.yaml": fileOf({
        wave: { version: "0.9.0" },
        network: { zones: ["a"] },
      }).replace("name: wave", "name: Wave"),
    });
    expect(problems.map(({ path }) => path)).toEqual([
      "name",
      "network.zones",
      "wave.version",
    ]);
    expect(problems[0]?.given).toBe('"Wave" (line 1)');
    expect(problems[0]?.fix).toBe("write it in lower case: wave");
  });
});

/** Made up, and of the right form. */
const SECRETS: readonly (readonly [string, unknown, string, string])[] = [
  [
    "an AWS access key",
    { tags: { note: "key AKIAIOSFODNN7EXAMPLE" } },
    "tags.note",
    "AKIAIOSFODNN7EXAMPLE",
  ],
  [
    "an AWS secret key",
    { wave: { secrets: { quay: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" } } },
    "wave.secrets.quay",
    "wJalrXUtnFEMI",
  ],
  [
    "a private key",
    { tags: { note: "-----BEGIN RSA PRIVATE KEY-----" } },
    "tags.note",
    "BEGIN RSA",
  ],
  [
    "user and password in an address",
    {
      charts: { efsCsiDriver: { repository: "https://me:hunter2@charts.io" } },
    },
    "charts.efsCsiDriver.repository",
    "hunter2",
  ],
  [
    "a password in an option",
    { wave: { jvmOptions: "-Dredis.password=hunter2hunter2" } },
    "wave.jvmOptions",
    "hunter2",
  ],
  [
    "a token that a generator made",
    { tags: { note: "xK9vQ2mPz7LwT4nB8sRyA1" } },
    "tags.note",
    "xK9vQ2mPz7",
  ],
];

describe("a secret in a setting", () => {
  test.each(SECRETS)("%s is refused and not shown", (_, change, path, part) => {
    const text = fileOf(change);
    const { problems, message } = reportOnFiles({ "prod.yaml": text });
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(problems[0]?.fix).toContain("Secrets Manager");
    expect(message).not.toContain(part);
  });

  test("a password under an unknown key is not shown", () => {
    const { message } = reportOnFiles({
      "prod.yaml": fileOf({ wave: { redisPassword: "hunter2hunter2" } }),
    });
    expect(message).toContain("wave.redisPassword");
    expect(message).toContain("a secret");
    expect(message).not.toContain("hunter2");
  });

  test("a secret of the wrong shape is not shown either", () => {
    const secret = '{"username": "me", "password": "hunter2hunter2"}';
    const problems = problemsOf({ wave: { secrets: { quay: secret } } });
    expect(JSON.stringify(problems)).toContain("not shown");
    expect(JSON.stringify(problems)).not.toContain("hunter2");
  });
});
