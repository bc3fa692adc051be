import { StoreSecurityGroup } from "../../../modules/aws/network/store-security-group";
import { onlyResource, resourcesOf, synthOne } from "../../support/synth";

const stack = synthOne(
  (scope) =>
    new StoreSecurityGroup(scope, "access", {
      name: "wave-prod-efs",
      description: "EFS mount targets",
      vpcId: "vpc-1",
      port: 2049,
      sourceSecurityGroupId: "sg-cluster",
    }),
);

test("INF-05: one TCP port from the cluster's group", () => {
  expect(onlyResource(stack, "aws_vpc_security_group_ingress_rule")).toEqual(
    expect.objectContaining({
      security_group_id: "${aws_security_group.access.id}",
      referenced_security_group_id: "sg-cluster",
      ip_protocol: "tcp",
      from_port: 2049,
      to_port: 2049,
    }),
  );
});

test("INF-05: no address range, nothing out", () => {
  expect(Object.keys(stack.resource ?? {}).sort()).toEqual([
    "aws_security_group",
    "aws_vpc_security_group_ingress_rule",
  ]);
  expect(JSON.stringify(stack.resource)).not.toMatch(/cidr|egress/);
});

test("groups of nodes that do not carry the cluster's may connect too, on the same port", () => {
  const access = synthOne(
    (scope) =>
      new StoreSecurityGroup(scope, "access", {
        name: "wave-prod-redis",
        description: "Redis",
        vpcId: "vpc-1",
        port: 6379,
        sourceSecurityGroupId: "sg-cluster",
        clientSecurityGroupIds: ["sg-0123456789abcdef0", "sg-1"],
      }),
  );
  const rules = resourcesOf(access, "aws_vpc_security_group_ingress_rule");
  expect(
    Object.fromEntries(
      Object.values(rules).map((rule) => [
        rule.referenced_security_group_id,
        [rule.from_port, rule.to_port],
      ]),
    ),
  ).toEqual({
    "sg-cluster": [6379, 6379],
    "sg-0123456789abcdef0": [6379, 6379],
    "sg-1": [6379, 6379],
  });
  // An address that held an index would give one group's rule to another when the list changes.
  expect(Object.keys(rules).join()).toContain("from-sg-0123456789abcdef0");
});
