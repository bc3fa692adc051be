import { type Answers, awsError, examinedBy } from "../../../support/fake-aws";
import { currentSettings } from "../../../support/settings";
import { examine } from "../../../../tools/operate/doctor/check";
import { nameChecks } from "../../../../tools/operate/doctor/names";
import { reportOf } from "../../../../tools/operate/doctor/report";

const settings = currentSettings({ data: { ecr: { prefix: "images" } } });
const json = {
  data: {
    resource: {
      aws_ecr_repository: { build: { name: "wave-prod/build" } },
      aws_iam_role: {
        ours: { name: "wave-prod-euc1-backup" },
        // Only AWS knows it.
        late: { name: "${aws_eks_cluster.cluster.name}-x" },
      },
      aws_s3_bucket: { logs: { bucket: "wave-prod-logs" } },
      aws_sesv2_email_identity: { mail: { email_identity: "example.com" } },
    },
  },
} as never;

const failing =
  (name: string, fields: object = {}) =>
  () => {
    throw Object.assign(awsError(name), fields);
  };
const none: Answers = {
  DescribeRepositories: failing("RepositoryNotFoundException"),
  GetRole: failing("NoSuchEntityException"),
  HeadBucket: failing("NotFound", { $metadata: { httpStatusCode: 404 } }),
  GetEmailIdentity: failing("NotFoundException"),
  GetObject: failing("NoSuchBucket"),
};

const asked = async (change: Answers = {}) =>
  reportOf(
    "prod",
    await examine(
      nameChecks(examinedBy(settings, { ...none, ...change }, { json })),
      1000,
    ),
  );

const stateOf = (...resources: object[]): Answers => ({
  GetObject: () => ({
    Body: {
      transformToString: () => Promise.resolve(JSON.stringify({ resources })),
    },
  }),
});

test("names that nobody has pass", async () => {
  const { findings, passed, notAsked } = await asked();
  expect([...findings, ...notAsked]).toEqual([]);
  expect(passed).toHaveLength(4);
});

test.each<[string, Answers, string]>([
  ["a role", { GetRole: () => ({}) }, "name"],
  ["a repository", { DescribeRepositories: () => ({}) }, "name"],
  ["an identity of SES", { GetEmailIdentity: () => ({}) }, "wave.mail.domain"],
  ["a bucket", { HeadBucket: () => ({}) }, "name"],
])("%s that is there already", async (what, change, path) => {
  const { findings } = await asked(change);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ path, severity: "stops" });
  expect(findings[0]?.found).toContain(what);
});

test("a bucket of somebody else cannot be deleted", async () => {
  const { findings } = await asked({
    HeadBucket: failing("403", { $metadata: { httpStatusCode: 403 } }),
  });
  expect(findings[0]?.found).toContain("somebody else");
  expect(findings[0]?.fix).not.toContain("delete");
});

test("what a state knows is this environment's own", async () => {
  const role = { GetRole: () => ({}) };
  const own = { mode: "managed", type: "aws_iam_role", name: "ours" };
  expect((await asked({ ...role, ...stateOf(own) })).findings).toEqual([]);
  const other = { ...own, mode: "data" };
  expect((await asked({ ...role, ...stateOf(other) })).findings).toHaveLength(
    1,
  );
});

test("a state that may not be read says nothing of names", async () => {
  const { findings, notAsked } = await asked({
    GetRole: () => ({}),
    GetObject: failing("AccessDenied"),
  });
  expect(findings).toEqual([]);
  expect(notAsked).toHaveLength(4);
});
