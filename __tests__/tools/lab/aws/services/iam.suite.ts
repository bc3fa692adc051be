import { jsonAnswer } from "../../../../../tools/lab/aws/services/call";
import { iamService } from "../../../../../tools/lab/aws/services/iam";
import { Client, errorOf } from "../../support";

const iam = new Client(iamService(""), () => Promise.resolve(jsonAnswer({})));
const tag = (...keys: string[]) =>
  iam.query(
    "CreateRole",
    Object.fromEntries(
      keys.map((key, i) => [`Tags.member.${i + 1}.Key`, key] as const),
    ),
  );

test("tag keys that differ in capitals only are refused, as by IAM", async () => {
  expect(await errorOf(() => tag("Team", "team"))).toMatch(/case insensitive/);
  expect(await tag("Team", "project")).toBe("{}");
});
