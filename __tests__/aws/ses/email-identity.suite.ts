import {
  EmailIdentity,
  type EmailIdentityProps,
} from "../../../modules/aws/ses/email-identity";
import {
  type StackJson,
  onlyResource,
  resourcesOf,
  synthOne,
} from "../../support/synth";

function identityWith(change: Partial<EmailIdentityProps> = {}) {
  let toMake: Readonly<Record<string, string>> = {};
  const json = synthOne((stack) => {
    toMake = new EmailIdentity(stack, "mail", {
      domain: "example.com",
      region: "eu-central-1",
      configurationSetName: "wave-prod-mail",
      hostedZoneId: "Z0123456789",
      ...change,
    }).recordsToMake;
  });
  return { json, toMake };
}

/** `name type value` of every record, in the order of the addresses. */
const recordsOf = (stack: StackJson) =>
  Object.values(resourcesOf(stack, "aws_route53_record")).map(
    ({ name, type, records }) =>
      `${String(name)} ${String(type)} ${String((records as unknown[])[0])}`,
  );

const token = (index: number) =>
  `\${element(aws_sesv2_email_identity.mail.dkim_signing_attributes[0].tokens, ${index})}`;
const dkim = [0, 1, 2].map(
  (index) =>
    `${token(index)}._domainkey.example.com CNAME ${token(index)}.dkim.amazonses.com`,
);

const plain = identityWith().json;
const full = identityWith({
  mailFromDomain: "bounce.example.com",
  dmarc: "v=DMARC1; p=none",
}).json;

test("INF-09: the domain signs with Easy DKIM and insists on TLS through its default configuration set", () => {
  expect(onlyResource(plain, "aws_sesv2_email_identity")).toMatchObject({
    email_identity: "example.com",
    dkim_signing_attributes: { next_signing_key_length: "RSA_2048_BIT" },
    configuration_set_name:
      "${aws_sesv2_configuration_set.mail_configuration-set_EAE693F0.configuration_set_name}",
  });
  expect(onlyResource(plain, "aws_sesv2_configuration_set")).toMatchObject({
    configuration_set_name: "wave-prod-mail",
    delivery_options: { tls_policy: "REQUIRE" },
  });
});

test("three DKIM records, under fixed keys", () => {
  expect(recordsOf(plain)).toEqual(dkim);
  expect(
    Object.keys(resourcesOf(plain, "aws_route53_record")).map((address) =>
      address.replace(/_[0-9A-F]{8}$/, ""),
    ),
  ).toEqual(["mail_dkim-1", "mail_dkim-2", "mail_dkim-3"]);
});

test("in a newer region the keys stand below the region's own domain", () => {
  const { json } = identityWith({ region: "eu-south-1" });
  expect(recordsOf(json)[0]).toContain(
    ` CNAME ${token(0)}.dkim.eu-south-1.amazonses.com`,
  );
});

test("without settings there is neither a MAIL FROM domain nor a DMARC record", () => {
  expect(plain.resource).not.toHaveProperty(
    "aws_sesv2_email_identity_mail_from_attributes",
  );
  expect(recordsOf(plain)).toHaveLength(3);
});

test("a MAIL FROM domain has its MX and SPF records, DMARC its TXT record", () => {
  expect(
    onlyResource(full, "aws_sesv2_email_identity_mail_from_attributes"),
  ).toMatchObject({
    email_identity: "${aws_sesv2_email_identity.mail.email_identity}",
    mail_from_domain: "bounce.example.com",
    behavior_on_mx_failure: "USE_DEFAULT_VALUE",
  });
  expect(recordsOf(full)).toEqual([
    ...dkim,
    "_dmarc.example.com TXT v=DMARC1; p=none",
    "bounce.example.com MX 10 feedback-smtp.eu-central-1.amazonses.com",
    "bounce.example.com TXT v=spf1 include:amazonses.com ~all",
  ]);
});

test("no record overwrites another", () => {
  const records = Object.values(resourcesOf(full, "aws_route53_record"));
  expect(new Set(records.map((record) => record.allow_overwrite))).toEqual(
    new Set([false]),
  );
});

test("without a hosted zone no record is made, and each one is named", () => {
  const { json, toMake } = identityWith({
    hostedZoneId: undefined,
    dmarc: "v=DMARC1; p=none",
  });
  expect(json.resource).not.toHaveProperty("aws_route53_record");
  expect(Object.keys(toMake)).toEqual(["dkim-1", "dkim-2", "dkim-3", "dmarc"]);
  expect(toMake.dmarc).toBe("_dmarc.example.com TXT v=DMARC1; p=none");
  expect(identityWith().toMake).toEqual({});
});

test("refuses a destroy unless retain is off", () => {
  const lifecycleWith = (retain?: boolean) =>
    onlyResource(identityWith({ retain }).json, "aws_sesv2_email_identity")
      .lifecycle;
  expect(lifecycleWith()).toEqual({ prevent_destroy: true });
  expect(lifecycleWith(false)).toEqual({ prevent_destroy: false });
});
