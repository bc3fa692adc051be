import { STSClient } from "@aws-sdk/client-sts";
import { ProblemReport } from "../../../../modules/lib/problem";
import { checkCaller } from "../../../../tools/operate/aws/caller";
import { openTarget } from "../../../../tools/operate/target";

const target = openTarget("example", {});

/** AWS answers so, or fails so. */
function answering(answer: () => Promise<object>): void {
  jest.spyOn(STSClient.prototype, "send").mockImplementation(answer as never);
}

const failing = (name: string, fields: object = {}): void => {
  answering(() =>
    Promise.reject(
      Object.assign(new Error("as AWS says it"), { name }, fields),
    ),
  );
};

const problem = async () => {
  const error: unknown = await checkCaller(target).catch(
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProblemReport)) throw error as Error;
  return error.problems[0];
};

afterEach(() => {
  jest.restoreAllMocks();
});

test("a caller of the account is said", async () => {
  const Account = target.settings.accountId;
  answering(() => Promise.resolve({ Account, Arn: "arn:aws:iam::1:user/a" }));
  expect(await checkCaller(target)).toEqual({
    accountId: Account,
    arn: "arn:aws:iam::1:user/a",
  });
});

test("one of another account is refused, with both", async () => {
  answering(() =>
    Promise.resolve({ Account: "999999999999", Arn: "arn:aws:iam::9:user/b" }),
  );
  const { path, given } = (await problem()) ?? {};
  expect(path).toBe("accountId");
  expect(given).toContain("999999999999");
  expect(given).toContain(target.settings.accountId);
});

test.each([
  ["CredentialsProviderError", {}, "AWS credentials", "none"],
  ["ExpiredTokenException", {}, "AWS credentials", "refused"],
  ["Error", { code: "ENOTFOUND" }, "AWS", "not reached"],
  ["TimeoutError", {}, "AWS", "not reached"],
])("%s %j is a sentence of its own", async (name, fields, path, given) => {
  failing(name, fields);
  expect(await problem()).toMatchObject({
    path,
    given: expect.stringContaining(given) as string,
  });
});
