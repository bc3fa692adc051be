import { settingsSchema } from "../../modules/schema";
import { exampleInput } from "../support/settings";

test.each([{ name: "wave--x" }, { environment: "prod--x" }])(
  "INF-10: fails with two hyphens in a row, which ElastiCache and ECR refuse (%j)",
  (change) => {
    const { success, error } = settingsSchema.safeParse(exampleInput(change));
    expect(success).toBe(false);
    expect(error?.issues).toMatchObject([
      {
        path: Object.keys(change),
        message: expect.stringContaining("single hyphens") as unknown,
      },
    ]);
  },
);

test.each(["sg", "sg-x", "sthree", "amzn-s3-demo-x"])(
  "fails with a start that AWS refuses for security groups or buckets (%s)",
  (name) => {
    const { error } = settingsSchema.safeParse(exampleInput({ name }));
    expect(error?.issues).toMatchObject([
      {
        path: ["name"],
        message: expect.stringContaining("sg, sthree") as unknown,
      },
    ]);
  },
);

test("single hyphens are fine", () => {
  expect(
    settingsSchema.safeParse(
      exampleInput({ name: "wave-x", environment: "prod-x" }),
    ).success,
  ).toBe(true);
  expect(settingsSchema.safeParse(exampleInput({ name: "sgx" })).success).toBe(
    true,
  );
});
