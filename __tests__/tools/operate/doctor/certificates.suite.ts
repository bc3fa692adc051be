import { awsError, examinedBy } from "../../../support/fake-aws";
import { currentSettings, emgSettings } from "../../../support/settings";
import { type Settings } from "../../../../modules/schema";
import { certificateChecks } from "../../../../tools/operate/doctor/certificates";
import { examine } from "../../../../tools/operate/doctor/check";
import { reportOf } from "../../../../tools/operate/doctor/report";

const arnIn = (region: string) =>
  `arn:aws:acm:${region}:123456789012:certificate/1`;
const settings = currentSettings({
  dns: { certificateArn: arnIn("eu-central-1") },
});
const good = {
  Status: "ISSUED",
  DomainName: "*.example.com",
  NotAfter: new Date("2027-11-29"),
};

const asked = async (
  certificate: object | undefined,
  of: Settings = settings,
) =>
  reportOf(
    "prod",
    await examine(
      certificateChecks(
        examinedBy(of, {
          DescribeCertificate: () => {
            if (certificate === undefined)
              throw awsError("ResourceNotFoundException");
            return { Certificate: certificate };
          },
        }),
      ),
      1000,
    ),
  ).findings;

test("an issued one for the host passes, and none is asked for without an ARN", async () => {
  expect(await asked(good)).toEqual([]);
  expect(await asked(undefined, currentSettings())).toEqual([]);
});

test.each([
  ["is missing", undefined, /no certificate/, "stops"],
  ["waits", { ...good, Status: "PENDING_VALIDATION" }, /PENDING/, "stops"],
  [
    "is of a parent",
    { ...good, DomainName: "example.com" },
    /not wave/,
    "stops",
  ],
  ["is two labels up", { ...good, DomainName: "*.com" }, /not wave/, "stops"],
  [
    "is past",
    { ...good, NotAfter: new Date("2026-11-01") },
    /has ended/,
    "stops",
  ],
  [
    "ends soon",
    { ...good, NotAfter: new Date("2026-12-09") },
    /in 9 days/,
    "know",
  ],
])("one that %s", async (_how, certificate, says, severity) => {
  const findings = await asked(certificate);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ path: "dns.certificateArn", severity });
  expect(findings[0]?.found).toMatch(says);
});

test("one of another region is of no use", async () => {
  const [finding] = await asked(
    good,
    currentSettings({ dns: { certificateArn: arnIn("us-east-1") } }),
  );
  expect(finding?.found).toContain("us-east-1");
});

test("one of emg holds all its hosts", async () => {
  const findings = await asked(
    { ...good, DomainName: "prefect.emg.example.org" },
    emgSettings({ emg: { certificateArn: arnIn("eu-central-1") } }),
  );
  expect(findings).toMatchObject([{ path: "emg.certificateArn" }]);
});
