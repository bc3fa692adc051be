import { StoreSecurityGroup } from "../../../modules/aws/network/store-security-group";
import { onlyResource, synthOne } from "../../support/synth";

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
