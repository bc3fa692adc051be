import { type Answers, awsError, examinedBy } from "../../../support/fake-aws";
import { currentSettings } from "../../../support/settings";
import { examine } from "../../../../tools/operate/doctor/check";
import { reportOf } from "../../../../tools/operate/doctor/report";
import { stateBucketChecks } from "../../../../tools/operate/doctor/state-bucket";

const failing = (name: string) => () => {
  throw awsError(name);
};
const status = (httpStatusCode: number, region?: string) => () => {
  throw Object.assign(new Error("x"), {
    $metadata: { httpStatusCode },
    $response: { headers: { "x-amz-bucket-region": region } },
  });
};
const answers: Answers = {
  HeadBucket: () => ({ BucketRegion: "eu-central-1" }),
  GetBucketVersioning: () => ({ Status: "Enabled" }),
  GetBucketEncryption: () => ({
    ServerSideEncryptionConfiguration: { Rules: [{}] },
  }),
  GetPublicAccessBlock: () => ({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
  }),
  GetObject: failing("NoSuchBucket"),
};

const asked = async (change: Answers = {}) =>
  reportOf(
    "prod",
    await examine(
      stateBucketChecks(
        examinedBy(
          currentSettings(),
          { ...answers, ...change },
          { stacks: ["network"] },
        ),
      ),
      1000,
    ),
  );

test("a bucket as npm run state makes it passes", async () => {
  const { findings, passed, notAsked } = await asked();
  expect([...findings, ...notAsked]).toEqual([]);
  expect(passed).toHaveLength(5);
});

test.each([
  [404, undefined, "backend.bucket", /no bucket/],
  [403, undefined, "backend.bucket", /refuses/],
  [301, "us-east-1", "backend.bucket", /in us-east-1/],
])("%s: one finding", async (code, region, path, says) => {
  const { findings } = await asked({ HeadBucket: status(code, region) });
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ path, severity: "stops" });
  expect(findings[0]?.found).toMatch(says);
});

test.each([
  [{ GetBucketVersioning: () => ({}) }, /versions/],
  [
    {
      GetBucketEncryption: failing(
        "ServerSideEncryptionConfigurationNotFoundError",
      ),
    },
    /encryption/,
  ],
  [
    { GetPublicAccessBlock: failing("NoSuchPublicAccessBlockConfiguration") },
    /public/,
  ],
])("what it lacks is to know", async (change: Answers, says) => {
  const { findings } = await asked(change);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ severity: "know" });
  expect(findings[0]?.found).toMatch(says);
});

test("a lock is said with who, since when, and the command that ends it", async () => {
  const { findings } = await asked({
    GetObject: () => ({
      Body: {
        transformToString: () =>
          Promise.resolve(
            JSON.stringify({
              ID: "an-id",
              Who: "ada@laptop",
              Created: "today",
            }),
          ),
      },
    }),
  });
  expect(findings[0]?.found).toMatch(
    /network is locked since today by ada@laptop/,
  );
  expect(findings[0]?.fix).toContain("terraform force-unlock an-id");
});
