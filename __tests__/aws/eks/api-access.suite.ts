import { ApiAccess } from "../../../modules/aws/eks/api-access";
import { resourcesOf, synthOne } from "../../support/synth";

const RULE = "aws_vpc_security_group_ingress_rule";

test("each source gets one rule of its own on the cluster's group, for 443, with its Name", () => {
  const stack = synthOne(
    (scope) =>
      new ApiAccess(scope, "api", {
        name: "wave-eks",
        securityGroupId: "sg-1",
        cidrs: ["10.8.0.0/16", "10.9.0.0/16"],
        securityGroups: ["sg-2", "123456789012/sg-3"],
      }),
  );
  const rules = Object.values(resourcesOf(stack, RULE));
  for (const rule of rules)
    expect(rule).toMatchObject({
      security_group_id: "sg-1",
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
      tags: { Name: "wave-eks" },
    });
  expect(rules.map(({ cidr_ipv4 }) => cidr_ipv4).filter(Boolean)).toEqual([
    "10.8.0.0/16",
    "10.9.0.0/16",
  ]);
  expect(
    rules
      .map(({ referenced_security_group_id: group }) => group)
      .filter(Boolean),
  ).toEqual(["123456789012/sg-3", "sg-2"]);
});

test("without a source there is no rule", () => {
  const stack = synthOne(
    (scope) =>
      new ApiAccess(scope, "api", { name: "n", securityGroupId: "sg-1" }),
  );
  expect(stack.resource?.[RULE]).toBeUndefined();
});

test("the place of a range in its list is no part of its address", () => {
  const addresses = (cidrs: string[]) =>
    Object.keys(
      resourcesOf(
        synthOne(
          (scope) =>
            new ApiAccess(scope, "api", {
              name: "n",
              securityGroupId: "sg-1",
              cidrs,
            }),
        ),
        RULE,
      ),
    );
  expect(addresses(["10.9.0.0/16", "10.8.0.0/16"])).toEqual(
    expect.arrayContaining(addresses(["10.8.0.0/16"])),
  );
});
