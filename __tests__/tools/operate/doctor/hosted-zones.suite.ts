import { type Answers, awsError, examinedBy } from "../../../support/fake-aws";
import { currentSettings, emgSettings } from "../../../support/settings";
import { type Settings } from "../../../../modules/schema";
import { examine } from "../../../../tools/operate/doctor/check";
import { hostedZoneChecks } from "../../../../tools/operate/doctor/hosted-zones";
import { reportOf } from "../../../../tools/operate/doctor/report";

const SERVERS = ["ns-1.awsdns-01.com", "ns-2.awsdns-02.net"];
const zone =
  (Name: string, PrivateZone = false) =>
  () => ({
    HostedZone: { Name, Config: { PrivateZone } },
    DelegationSet: { NameServers: SERVERS },
  });
const answers: Answers = { GetHostedZone: zone("example.com.") };

const asked = async (
  change: Answers = {},
  servers: () => Promise<string[]> = () =>
    Promise.resolve(["NS-2.awsdns-02.net.", "ns-1.awsdns-01.com"]),
  settings: Settings = currentSettings(),
) =>
  reportOf(
    "prod",
    await examine(
      hostedZoneChecks(
        examinedBy(
          settings,
          { ...answers, ...change },
          { nameServersOf: servers },
        ),
      ),
      1000,
    ),
  );

const dnsError = (code: string) => () =>
  Promise.reject(Object.assign(new Error(code), { code }));

test("a zone that the world asks passes", async () => {
  const { findings, passed } = await asked();
  expect(findings).toEqual([]);
  expect(passed).toHaveLength(2);
});

test("one that is not there is said once", async () => {
  const { findings } = await asked({
    GetHostedZone: () => {
      throw awsError("NoSuchHostedZone");
    },
  });
  expect(findings.map(({ path }) => path)).toEqual(["dns.hostedZoneId"]);
});

test("a private one is refused where the internet has to see a record", async () => {
  const { findings } = await asked({
    GetHostedZone: zone("example.com.", true),
  });
  expect(findings[0]?.path).toBe("dns.hostedZoneId");
  expect(findings[0]?.found).toContain("private zone");
});

test("names outside the zone are said by their own settings", async () => {
  const { findings } = await asked({ GetHostedZone: zone("notexample.com.") });
  expect(findings.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["wave.hostname", "wave.mail.domain"]),
  );
});

test.each(["ENOTFOUND", "ENODATA"])(
  "%s: nobody delegates to the zone",
  async (code) => {
    const { findings } = await asked({}, dnsError(code));
    expect(findings[0]).toMatchObject({
      path: "dns.hostedZoneId",
      severity: "stops",
    });
    expect(findings[0]?.fix).toContain(SERVERS.join(", "));
  },
);

test("a delegation elsewhere names both sides", async () => {
  const { findings } = await asked({}, () =>
    Promise.resolve(["ns1.registrar.example"]),
  );
  expect(findings[0]?.found).toContain("ns1.registrar.example");
  expect(findings[0]?.found).toContain(SERVERS[0]);
});

test.each(["ETIMEOUT", "ECONNREFUSED", "ESERVFAIL"])(
  "%s: a DNS that does not answer says nothing of the zone",
  async (code) => {
    const { findings, notAsked } = await asked({}, dnsError(code));
    expect(findings).toEqual([]);
    expect(notAsked[0]?.why).toContain(code);
  },
);

test("a platform's own zone is asked too", async () => {
  const settings = emgSettings({ emg: { hostedZoneId: "Z0OTHER" } });
  const { passed } = await asked({}, undefined, settings);
  expect(passed).toContain("delegation of hosted zone Z0OTHER");
});
