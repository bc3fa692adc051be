import { ingressStack } from "../support/delivery-ingress";
import { type SettingsChange, deliverySettings } from "../support/settings";
import { onlyResource, resourcesOf } from "../support/synth";
import { createCertificate } from "../../modules/delivery/tls";
import { synthOne } from "../support/synth";

/** Alias records by name and type. */
const recordsOf = (change: SettingsChange) =>
  Object.fromEntries(
    Object.values(ingressStack(change).resource?.aws_route53_record ?? {})
      .filter(({ alias }) => alias !== undefined)
      .map((record) => [
        `${String(record.name)} ${String(record.type)}`,
        record,
      ]),
  );
const withDns = (dns: object): SettingsChange => ({
  delivery: { dns: dns as never },
});

test("C22: the domain and every name below it are aliases of the load balancer", () => {
  const records = recordsOf({});
  expect(Object.keys(records).sort()).toEqual([
    "*.scp.example.org A",
    "scp.example.org A",
  ]);
  for (const record of Object.values(records))
    expect(record).toMatchObject({
      zone_id: "Z0123456789ABCDEFGHIJ",
      alias: {
        name: "${kubernetes_ingress_v1.pending.status[0].load_balancer[0].ingress[0].hostname}",
        zone_id: "${data.aws_lb_hosted_zone_id.load-balancer-zone.id}",
        evaluate_target_health: true,
      },
    });
});

test("C22: with IPv6 each has an AAAA record too", () => {
  expect(
    Object.keys(recordsOf(withDns({ owner: "terraform", ipv6: true }))).sort(),
  ).toEqual([
    "*.scp.example.org A",
    "*.scp.example.org AAAA",
    "scp.example.org A",
    "scp.example.org AAAA",
  ]);
});

test.each([0, 100])(
  "C23: every record has the weight %s and the name of the cluster",
  (weight) => {
    const records = recordsOf(
      withDns({ owner: "terraform", weight, ipv6: true }),
    );
    for (const record of Object.values(records))
      expect(record).toMatchObject({
        set_identifier: "services-prod-eks",
        weighted_routing_policy: { weight },
      });
  },
);

test.each(["external-dns", "none"])(
  "C22: with owner %s there are no such records",
  (owner) => {
    expect(recordsOf(withDns({ owner }))).toEqual({});
  },
);

test("the domain may have a zone of its own", () => {
  const records = recordsOf({ delivery: { hostedZoneId: "ZOTHER000000" } });
  for (const record of Object.values(records))
    expect(record.zone_id).toBe("ZOTHER000000");
});

test("C21: a certificate is requested for the domain and every name below it, and proved in the zone", () => {
  const stack = ingressStack();
  expect(onlyResource(stack, "aws_acm_certificate")).toMatchObject({
    domain_name: "scp.example.org",
    subject_alternative_names: ["*.scp.example.org"],
    validation_method: "DNS",
    lifecycle: { create_before_destroy: true },
  });
  const proofs = Object.values(resourcesOf(stack, "aws_route53_record")).filter(
    ({ type }) => type === "CNAME",
  );
  expect(proofs).toMatchObject([{ zone_id: "Z0123456789ABCDEFGHIJ" }]);
});

test("one that exists is taken as it is; with Let's Encrypt there is none of ACM", () => {
  const certificateArn =
    "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
  const arnWith = (tls: object) => {
    let arn: string | undefined;
    const stack = synthOne((one) => {
      arn = createCertificate(
        one,
        deliverySettings({ delivery: { tls: tls as never } }),
      );
    });
    expect(stack).not.toHaveProperty("resource");
    return arn;
  };
  expect(arnWith({ kind: "acmExisting", certificateArn })).toBe(certificateArn);
  expect(
    arnWith({ kind: "letsencrypt", email: "ops@example.org" }),
  ).toBeUndefined();
});
