import { InterfaceEndpoints } from "../../../modules/aws/network/interface-endpoints";
import { networkOf, resourceAt } from "../../support/network";
import { onlyResource, resourcesOf, synthOne } from "../../support/synth";

const stack = networkOf({
  network: { interfaceEndpoints: ["ecr.api", "sts"] },
});

test("the endpoints' group takes HTTPS from the VPC, describes it, and lets nothing out", () => {
  const alone = synthOne(
    (scope) =>
      new InterfaceEndpoints(scope, "interface-endpoints", {
        name: "wave-prod",
        region: "eu-central-1",
        vpcId: "vpc-1",
        vpcCidr: "10.40.0.0/16",
        subnetIds: ["subnet-a"],
        services: ["ecr.api", "sts"],
      }),
  );
  expect(onlyResource(alone, "aws_security_group")).toMatchObject({
    name: "wave-prod-endpoints",
    description: "Interface endpoints: HTTPS from the VPC.",
  });
  expect(
    onlyResource(alone, "aws_vpc_security_group_ingress_rule"),
  ).toMatchObject({
    description: "HTTPS from the VPC.",
    cidr_ipv4: "10.40.0.0/16",
    ip_protocol: "tcp",
    from_port: 443,
    to_port: 443,
  });
  expect(alone.resource).not.toHaveProperty(
    "aws_vpc_security_group_egress_rule",
  );
});

test("each listed service gets an endpoint in every private subnet, under its usual name", () => {
  const endpoint = resourceAt(
    stack,
    "aws_vpc_endpoint",
    "interface-endpoints/ecr-api",
  );
  expect(endpoint).toMatchObject({
    vpc_endpoint_type: "Interface",
    service_name: "com.amazonaws.eu-central-1.ecr.api",
    private_dns_enabled: true,
  });
  expect(endpoint.subnet_ids).toHaveLength(3);
  expect(endpoint.security_group_ids).toHaveLength(1);
  expect(Object.keys(resourcesOf(stack, "aws_vpc_endpoint"))).toHaveLength(3);
});

test("in China the service is looked up, by both names it may have", () => {
  const china = networkOf({
    region: "cn-north-1",
    network: { interfaceEndpoints: ["ecr.api"] },
  });
  expect(
    Object.values(china.data?.aws_vpc_endpoint_service ?? {}),
  ).toMatchObject([
    {
      filter: [
        {
          name: "service-name",
          values: [
            "com.amazonaws.cn-north-1.ecr.api",
            "cn.com.amazonaws.cn-north-1.ecr.api",
          ],
        },
      ],
    },
  ]);
});

test("none listed: none made, and no security group either", () => {
  const plain = networkOf().resource;
  expect(JSON.stringify(plain?.aws_security_group)).not.toContain("endpoints");
  expect(Object.keys(plain?.aws_vpc_endpoint ?? {})).toHaveLength(1);
});
