import { awsError, examinedBy } from "../../../support/fake-aws";
import { currentSettings } from "../../../support/settings";
import { examine } from "../../../../tools/operate/doctor/check";
import { mailChecks } from "../../../../tools/operate/doctor/mail";
import { reportOf } from "../../../../tools/operate/doctor/report";

const open = { ProductionAccessEnabled: true, SendingEnabled: true };
const given = currentSettings({ wave: { mail: { existingIdentity: true } } });

const asked = async (
  account: () => object,
  identity: () => object = () => ({ VerifiedForSendingStatus: true }),
  settings = currentSettings(),
) =>
  reportOf(
    "prod",
    await examine(
      mailChecks(
        examinedBy(settings, {
          GetAccount: account,
          GetEmailIdentity: identity,
        }),
      ),
      1000,
    ),
  ).findings;

test("an account that sends passes; without mail nobody is asked", async () => {
  expect(await asked(() => open)).toEqual([]);
  expect(
    mailChecks(examinedBy(currentSettings({ wave: { mail: undefined } }), {})),
  ).toEqual([]);
});

test.each([
  [{ ProductionAccessEnabled: false }, /sandbox/],
  [{ SendingEnabled: false }, /paused/],
])("%j is to know", async (change, says) => {
  const [finding] = await asked(() => ({ ...open, ...change }));
  expect(finding).toMatchObject({ path: "wave.mail", severity: "know" });
  expect(finding?.found).toMatch(says);
});

test("a region without SES stops", async () => {
  const [finding] = await asked(() => {
    throw Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" });
  });
  expect(finding).toMatchObject({ path: "wave.mail", severity: "stops" });
});

test.each([
  [
    "missing",
    () => {
      throw awsError("NotFoundException");
    },
  ],
  ["not verified", () => ({ VerifiedForSendingStatus: false })],
])("an identity that exists and is %s", async (_how, identity) => {
  expect(await asked(() => open, identity, given)).toMatchObject([
    { path: "wave.mail.existingIdentity", severity: "stops" },
  ]);
});
