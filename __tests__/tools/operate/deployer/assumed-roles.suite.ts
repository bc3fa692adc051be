import { deployerFiles } from "../../../../tools/operate/deployer/files";
import { exampleSettings } from "../../../support/settings";
import { isAllowedBy } from "../../../support/simulate-principal";

const STATE_ROLE = "arn:aws:iam::210987654321:role/terraform-state";
const DEPLOYER = "arn:aws:iam::123456789012:role/wave-deployer";
const assumes = (to: string) => ({ does: "sts:AssumeRole", to });

const byRole = {
  backend: {
    kind: "s3" as const,
    bucket: "central-state",
    assumeRole: { roleArn: STATE_ROLE },
  },
};
const files = deployerFiles(exampleSettings(byRole));
const fromOutside = deployerFiles(
  exampleSettings({
    ...byRole,
    access: { assumeRole: { roleArn: DEPLOYER } },
  }),
);

/** Documents whose names begin so: a loop attaches the deployer's. */
const named = (of: typeof files, start: string) =>
  Object.entries(of)
    .filter(([name]) => name.startsWith(start))
    .map(([, document]) => document);

test("a deployer that Terraform is started with may assume the role of the states, and no other", async () => {
  const deployer = named(files, "deployer-");
  expect(await isAllowedBy(deployer, assumes(STATE_ROLE))).toBe(true);
  expect(await isAllowedBy(deployer, assumes(DEPLOYER))).toBe(false);
  expect(files).not.toHaveProperty(["caller-policy.json"]);
});

test("a deployer that Terraform assumes may not: who starts Terraform assumes both", async () => {
  expect(
    await isAllowedBy(named(fromOutside, "deployer-"), assumes(STATE_ROLE)),
  ).toBe(false);
  const caller = named(fromOutside, "caller-policy");
  expect(await isAllowedBy(caller, assumes(STATE_ROLE))).toBe(true);
  expect(await isAllowedBy(caller, assumes(DEPLOYER))).toBe(true);
});

test("the role of the states writes those of this environment, and locks them", async () => {
  const role = named(files, "state-role-policy");
  const states = "arn:aws:s3:::central-state/wave";
  const put = (to: string) =>
    isAllowedBy(role, { does: "s3:PutObject", to: `${states}/${to}` });
  expect(await put("prod/data.tfstate")).toBe(true);
  expect(await put("prod/data.tfstate.tflock")).toBe(true);
  expect(await put("dev/data.tfstate")).toBe(false);
  expect(JSON.stringify(role)).toContain(":kms:eu-central-1:210987654321:key/");
});

test("nothing is made of a bucket of another account, and no role means no policy of one", () => {
  expect(files).not.toHaveProperty(["deployer-state-bucket.json"]);
  expect(Object.keys(deployerFiles(exampleSettings()))).toEqual(
    expect.not.arrayContaining([
      "state-role-policy.json",
      "caller-policy.json",
    ]),
  );
});
