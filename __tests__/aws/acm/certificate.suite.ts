import { Certificate } from "../../../modules/aws/acm/certificate";
import { onlyResource, resourcesOf, synthOne } from "../../support/synth";

const stackFor = (domains: string[], namesMayGo?: boolean) =>
  synthOne((stack) => {
    new Certificate(stack, "certificate", {
      name: "wave-prod-certificate",
      domains,
      hostedZoneId: "Z0123456789",
      namesMayGo,
    });
  });

const wide = stackFor(["example.com", "*.example.com", "wave.example.org"]);

test("INF-08: the certificate is proved by DNS, and its names come in the order of the settings", () => {
  expect(onlyResource(wide, "aws_acm_certificate")).toMatchObject({
    domain_name: "example.com",
    subject_alternative_names: ["*.example.com", "wave.example.org"],
    validation_method: "DNS",
    tags: { Name: "wave-prod-certificate" },
  });
});

test("a certificate of one name has no alternative names", () => {
  expect(
    onlyResource(stackFor(["wave.example.com"]), "aws_acm_certificate"),
  ).not.toHaveProperty("subject_alternative_names");
});

test("where names may go, the last one is named twice: absent names would be those that it has", () => {
  const one = stackFor(["prefect.example.org"], true);
  expect(onlyResource(one, "aws_acm_certificate")).toMatchObject({
    domain_name: "prefect.example.org",
    subject_alternative_names: ["prefect.example.org"],
  });
});

test("it is replaced before it is removed, and logged openly", () => {
  const certificate = onlyResource(wide, "aws_acm_certificate");
  expect(certificate.lifecycle).toEqual({ create_before_destroy: true });
  expect(certificate.options).toEqual({
    certificate_transparency_logging_preference: "ENABLED",
  });
});

test("a wildcard shares the record of its domain", () => {
  const records = resourcesOf(wide, "aws_route53_record");
  expect(Object.values(records).map(({ name }) => name)).toEqual([
    expect.stringContaining('option.domain_name == "*.example.com"'),
    expect.stringContaining('option.domain_name == "wave.example.org"'),
  ]);
});

test("records name one proof, and take over one that stands there already", () => {
  const record = onlyResource(
    stackFor(["wave.example.com"]),
    "aws_route53_record",
  );
  const proof = (field: string) =>
    `\${one([for option in aws_acm_certificate.certificate.domain_validation_options : option.${field} if option.domain_name == "wave.example.com"])}`;
  expect(record).toMatchObject({
    zone_id: "Z0123456789",
    type: "CNAME",
    name: proof("resource_record_name"),
    records: [proof("resource_record_value")],
    allow_overwrite: true,
  });
});

test("SET-05: consumers get the ARN once it is issued, after 30 minutes at most", () => {
  const validation = onlyResource(wide, "aws_acm_certificate_validation");
  expect(validation.timeouts).toEqual({ create: "30m" });
  expect(validation.certificate_arn).toBe(
    "${aws_acm_certificate.certificate.arn}",
  );
  expect(validation.validation_record_fqdns).toHaveLength(2);
});

test("the address that Terraform prints names the usual cause", () => {
  expect(
    Object.keys(resourcesOf(wide, "aws_acm_certificate_validation")),
  ).toEqual([expect.stringContaining("issued-if-zone-is-delegated")]);
});
