import { createDnsAlias } from "../../../modules/aws/route53/dns-alias";
import { onlyResource, synthOne } from "../../support/synth";

const props = {
  zoneId: "Z1",
  hostname: "scp.example.org",
  loadBalancer: { dnsName: "lb.example.com", zoneId: "Z2" },
};
const alias = {
  zone_id: "Z1",
  name: "scp.example.org",
  alias: {
    name: "lb.example.com",
    zone_id: "Z2",
    evaluate_target_health: true,
  },
};

const recordOf = (more: Partial<Parameters<typeof createDnsAlias>[2]>) =>
  onlyResource(
    synthOne((stack) => {
      createDnsAlias(stack, "alias", { ...props, ...more });
    }),
    "aws_route53_record",
  );

test("an alias is an A record without a weight, unless asked otherwise", () => {
  expect(recordOf({})).toEqual({ ...alias, type: "A" });
});

test.each([0, 255])(
  "a weight of %s is written, with its identifier",
  (weight) => {
    const weighted = { setIdentifier: "blue", weight };
    expect(recordOf({ type: "AAAA", weighted })).toEqual({
      ...alias,
      type: "AAAA",
      set_identifier: "blue",
      weighted_routing_policy: { weight },
    });
  },
);
