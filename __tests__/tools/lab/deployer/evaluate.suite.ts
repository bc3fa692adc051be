import { type PolicyDocument } from "../../../../modules/lib/policy";
import { isAllowed } from "../../../../tools/lab/deployer/evaluate";

type Condition = Record<string, Record<string, string | string[]>>;

const allow = (Condition?: Condition, Effect: "Allow" | "Deny" = "Allow") => ({
  Effect,
  Action: ["s3:GetObject"],
  Resource: "arn:aws:s3:::wave-*/?",
  ...(Condition && { Condition }),
});
const policy = (...Statement: PolicyDocument["Statement"]): PolicyDocument => ({
  Version: "2012-10-17",
  Statement,
});
const question = (
  context: Record<string, string[]> = {},
  resource: string | undefined = "arn:aws:s3:::wave-prod/a",
) => ({ action: "s3:GetObject", resource, context });

test("action and resource decide, with * and ? in the resource", () => {
  const documents = [policy(allow())];
  expect(isAllowed(documents, question())).toBe(true);
  expect(isAllowed(documents, question({}, "arn:aws:s3:::wave-prod/ab"))).toBe(
    false,
  );
  expect(isAllowed(documents, question({}, "arn:aws:s3:::other/a"))).toBe(
    false,
  );
  expect(isAllowed(documents, { ...question(), action: "s3:PutObject" })).toBe(
    false,
  );
});

test("a resource that the request does not tell counts as met", () => {
  expect(
    isAllowed([policy(allow())], { action: "s3:GetObject", context: {} }),
  ).toBe(true);
});

test("what one statement denies no other allows", () => {
  expect(isAllowed([policy(allow(), allow({}, "Deny"))], question())).toBe(
    false,
  );
});

const NAME = "aws:ResourceTag/Name";
test.each<[Condition, Record<string, string[]>, boolean]>([
  [{ StringEquals: { [NAME]: "a" } }, { [NAME]: ["a"] }, true],
  [{ StringEquals: { [NAME]: "a" } }, { [NAME]: ["b"] }, false],
  [{ StringEquals: { [NAME]: "a" } }, {}, false],
  [{ StringLike: { [NAME]: ["x", "a-*"] } }, { [NAME]: ["a-b"] }, true],
  [{ StringLike: { [NAME]: ["x", "a-*"] } }, { [NAME]: ["b-a-b"] }, false],
  [{ StringLikeIfExists: { [NAME]: "a-*" } }, {}, true],
  [{ StringLikeIfExists: { [NAME]: "a-*" } }, { [NAME]: ["b"] }, false],
  [{ Null: { [NAME]: "true" } }, {}, true],
  [{ Null: { [NAME]: "true" } }, { [NAME]: ["a"] }, false],
  [{ Bool: { x: "true" } }, { x: ["true"] }, true],
  [{ Bool: { x: "true" } }, {}, false],
  [{ "ForAllValues:StringLike": { x: "a*" } }, { x: ["a", "ab"] }, true],
  [{ "ForAllValues:StringLike": { x: "a*" } }, { x: ["a", "b"] }, false],
  [{ StringEquals: { x: "1" }, Bool: { y: "true" } }, { x: ["1"] }, false],
])("%j with %j: %s", (condition, context, expected) => {
  expect(isAllowed([policy(allow(condition))], question(context))).toBe(
    expected,
  );
});

test("a condition on what only AWS knows counts as met", () => {
  expect(
    isAllowed([policy(allow({ StringEquals: { [NAME]: "a" } }))], {
      ...question(),
      unknown: /^aws:ResourceTag/,
    }),
  ).toBe(true);
});

test("fails for an operator that it does not know", () => {
  expect(() =>
    isAllowed(
      [policy(allow({ NumericLessThan: { x: "1" } }))],
      question({ x: ["0"] }),
    ),
  ).toThrow("NumericLessThan");
});
