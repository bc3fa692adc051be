import { type Answers, awsError, examinedBy } from "../../../support/fake-aws";
import { exampleSettings } from "../../../support/settings";
import { callerChecks } from "../../../../tools/operate/doctor/caller";
import { examine } from "../../../../tools/operate/doctor/check";
import { reportOf } from "../../../../tools/operate/doctor/report";

const DEPLOYER = "arn:aws:iam::123456789012:role/ci/wave-deployer";
const ADMIN = "arn:aws:iam::123456789012:user/ada";
const settings = exampleSettings({
  access: { deployer: DEPLOYER, admins: [{ principal: ADMIN }] },
});

const answers: Answers = {
  GetRole: () => ({ Role: { Arn: DEPLOYER } }),
  GetUser: () => ({ User: { Arn: ADMIN } }),
};
const SESSION = "arn:aws:sts::123456789012:assumed-role/wave-deployer/me";

const asked = async (change: Answers = {}, arn = SESSION) =>
  reportOf(
    "prod",
    await examine(
      callerChecks(
        examinedBy(
          settings,
          { ...answers, ...change },
          { caller: { accountId: settings.accountId, arn } },
        ),
      ),
      1000,
    ),
  );

test("a session of the deployer's role is the deployer", async () => {
  const { findings, passed } = await asked();
  expect(findings).toEqual([]);
  expect(passed).toHaveLength(3);
});

test("another caller stops a deploy", async () => {
  const { findings } = await asked({}, "arn:aws:iam::123456789012:user/bob");
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({
    path: "access.deployer",
    severity: "stops",
  });
  expect(findings[0]?.found).toContain("user/bob");
});

test("a role of the name with another path is another role", async () => {
  const { findings } = await asked({
    GetRole: () => ({
      Role: { Arn: "arn:aws:iam::123456789012:role/wave-deployer" },
    }),
  });
  expect(findings[0]?.path).toBe("access.deployer");
  expect(findings[0]?.found).toContain(
    "there is arn:aws:iam::123456789012:role/wave-deployer",
  );
});

test("an admin whom nobody made is said by its place", async () => {
  const { findings } = await asked({
    GetUser: () => {
      throw awsError("NoSuchEntityException");
    },
  });
  expect(findings.map(({ path }) => path)).toEqual([
    "access.admins[0].principal",
  ]);
});
