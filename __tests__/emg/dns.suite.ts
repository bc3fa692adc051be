import { createCertificate, createRecords } from "../../modules/emg/dns";
import { type SettingsChange, emgSettings } from "../support/settings";
import { type StackJson, onlyResource, synthOne } from "../support/synth";

const HOSTS = ["api.emg.example.org", "prefect.emg.example.org"];
const BALANCER = "emg.eu-central-1.elb.amazonaws.com";
const certificateArn =
  "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";

/** What the hosts have, and what is left to do by hand. */
function dnsOf(change: SettingsChange = {}) {
  let byHand: Record<string, string> = {};
  let arn = "";
  const stack = synthOne((one) => {
    const settings = emgSettings(change);
    arn = createCertificate(one, settings);
    byHand = createRecords(one, settings, BALANCER);
  });
  return { stack, byHand, arn };
}

const aliasesOf = ({ resource }: StackJson) =>
  Object.values(resource?.aws_route53_record ?? {}).filter(
    ({ alias }) => alias !== undefined,
  );

test("E-50, E-52: one certificate holds both hosts, and is there before the load balancer has it", () => {
  const { stack, arn } = dnsOf();
  const { domain_name, subject_alternative_names } = onlyResource(
    stack,
    "aws_acm_certificate",
  );
  expect(
    [domain_name, ...(subject_alternative_names as string[])].sort(),
  ).toEqual(HOSTS);
  expect(arn).not.toBe("");
  expect(stack.resource).toHaveProperty("aws_acm_certificate_validation");
});

test("both hosts are aliases of the load balancer, in the zone of the platform where it has one", () => {
  for (const [change, zone] of [
    [{}, "Z0123456789ABCDEFGHIJ"],
    [{ emg: { hostedZoneId: "ZOTHER000000" } }, "ZOTHER000000"],
  ] as const) {
    const { stack, byHand } = dnsOf(change);
    expect(aliasesOf(stack)).toMatchObject(
      HOSTS.map((name) => ({
        name,
        type: "A",
        zone_id: zone,
        alias: { name: BALANCER, evaluate_target_health: true },
      })),
    );
    expect(byHand).toEqual({});
  }
});

test("without a zone the certificate is that of the settings, and records are made by hand", () => {
  const { stack, arn, byHand } = dnsOf({
    dns: { hostedZoneId: undefined },
    emg: { certificateArn },
  });
  expect(stack).not.toHaveProperty("resource");
  expect(arn).toBe(certificateArn);
  expect(byHand).toEqual(
    Object.fromEntries(HOSTS.map((host) => [host, `CNAME ${BALANCER}`])),
  );
});

test("a certificate of the settings goes with records that are made here", () => {
  const { stack } = dnsOf({ emg: { certificateArn } });
  expect(stack.resource).not.toHaveProperty("aws_acm_certificate");
  expect(aliasesOf(stack)).toHaveLength(2);
});

test("without the API one host has all of it", () => {
  const { stack } = dnsOf({ emg: { api: undefined } });
  expect(onlyResource(stack, "aws_acm_certificate")).toMatchObject({
    domain_name: HOSTS[1],
  });
  expect(aliasesOf(stack)).toMatchObject([{ name: HOSTS[1] }]);
});
