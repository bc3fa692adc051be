import { type Answers, awsError, examinedBy } from "../../../support/fake-aws";
import { currentSettings } from "../../../support/settings";
import { examine } from "../../../../tools/operate/doctor/check";
import { reportOf } from "../../../../tools/operate/doctor/report";
import {
  faultOf,
  secretChecks,
} from "../../../../tools/operate/doctor/secrets";

const settings = currentSettings();
const NAME = settings.wave.secrets.seqeraRegistry;
const KEYS = ["username", "password"];

const answers: Answers = {
  DescribeSecret: () => ({}),
  GetSecretValue: () => ({
    SecretString: '{"username": "me", "password": "hunter2"}',
  }),
};

const asked = async (change: Answers) =>
  reportOf(
    "prod",
    await examine(
      secretChecks(examinedBy(settings, { ...answers, ...change })),
      1000,
    ),
  );

test("a secret that is there and well formed passes twice", async () => {
  expect(await asked({})).toMatchObject({
    findings: [],
    passed: [`secret ${NAME}`, `keys of secret ${NAME}`],
  });
});

test("one that is missing is said once, with the command that makes it", async () => {
  const none = () => {
    throw awsError("ResourceNotFoundException");
  };
  const { findings, notAsked } = await asked({
    DescribeSecret: none,
    GetSecretValue: none,
  });
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ path: "wave.secrets.seqeraRegistry" });
  expect(findings[0]?.fix).toContain(
    `create-secret --region ${settings.region} --name ${NAME}`,
  );
  expect(notAsked).toEqual([]);
});

test("one that is deleted can be restored", async () => {
  const { findings } = await asked({
    DescribeSecret: () => ({ DeletedDate: new Date("2026-12-01") }),
  });
  expect(findings[0]?.found).toContain("2026-12-01");
  expect(findings[0]?.fix).toContain("restore-secret");
});

test("no right to read the value is no fault of it", async () => {
  const { findings, passed, notAsked } = await asked({
    GetSecretValue: () => {
      throw awsError("AccessDeniedException");
    },
  });
  expect(findings).toEqual([]);
  expect(passed).toEqual([`secret ${NAME}`]);
  expect(notAsked[0]?.about).toBe(`keys of secret ${NAME}`);
});

test("a wrong value is described, and never printed", async () => {
  const report = await asked({
    GetSecretValue: () => ({ SecretString: '{"username": "hunter2"}' }),
  });
  expect(report.findings[0]?.found).toBe(
    `secret ${NAME}: it has no key password`,
  );
  expect(JSON.stringify(report)).not.toContain("hunter2");
});

test.each([
  [undefined, /bytes/],
  ["hunter2", /no JSON object/],
  ['["hunter2"]', /no JSON object/],
  ['{"username": "hunter2", "password": ""}', /no text stands at password/],
  ['{"username": 1, "password": "hunter2"}', /no text stands at username/],
  ['{"username": "hunter2", "password": "…"}', /password is the “…”/],
])("%s", (text, said) => {
  const fault = faultOf(text, KEYS);
  expect(fault).toMatch(said);
  expect(fault).not.toContain("hunter2");
});
