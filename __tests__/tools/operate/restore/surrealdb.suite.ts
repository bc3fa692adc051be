import { S3Client } from "@aws-sdk/client-s3";
import { surrealStore } from "../../../../tools/operate/restore/surrealdb";
import { awsError } from "../../../support/fake-aws";

const KEY = "surreal-exports/kept.surql";
let read: () => Promise<object>;

beforeEach(() => {
  read = () => Promise.resolve({});
  jest
    .spyOn(S3Client.prototype, "send")
    .mockImplementation(((command: { constructor: { name: string } }) =>
      command.constructor.name === "ListObjectsV2Command"
        ? Promise.resolve({ Contents: [{ Key: KEY, Size: 10 }] })
        : read()) as never);
});
afterEach(() => jest.restoreAllMocks());

const plan = (from = KEY) =>
  surrealStore({
    aws: { client: () => new S3Client({ region: "eu-central-1" }) },
    bucket: "wave-prod-logs",
    prefix: "surreal-exports",
    exporter: "surreal-export",
    users: { what: "Wave", deployments: {} },
  } as never).plan({ from, stamp: "20260131120000", done: [], facts: {} });

test("what is there is kept before Wave is stopped, and Wave starts at the end", async () => {
  expect((await plan()).steps.map(({ id }) => id)).toEqual([
    "keep",
    "stop",
    "import",
    "start",
  ]);
});

test("an export that is none, is empty or may not be read is refused before anything is stopped", async () => {
  await expect(plan("surreal-exports/none.surql")).rejects.toThrow(
    "is not in wave-prod-logs",
  );
  read = () => Promise.reject(awsError("InvalidRange"));
  await expect(plan()).rejects.toThrow("which is empty");
  read = () => Promise.reject(awsError("AccessDenied"));
  await expect(plan()).rejects.toThrow(/may not read[\s\S]*s3:GetObject/);
  read = () => Promise.reject(awsError("SlowDown"));
  await expect(plan()).rejects.toThrow("as AWS says it");
});
