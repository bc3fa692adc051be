import { Vpc } from "../../../modules/aws/network/vpc";
import {
  addressAt,
  needsOf,
  networkOf,
  resourceAt,
} from "../../support/network";
import { onlyResource, resourcesOf, synthOne } from "../../support/synth";

const example = networkOf();
const single = networkOf({ network: { natGateways: "single" } });

const subnetRanges = (stack: typeof example) =>
  Object.fromEntries(
    Object.entries(resourcesOf(stack, "aws_subnet")).map(([id, subnet]) => [
      id,
      [subnet.availability_zone, subnet.cidr_block],
    ]),
  );

test("one public and one private subnet per zone, tagged for the load-balancer controller", () => {
  const subnets = Object.values(resourcesOf(example, "aws_subnet"));
  expect(subnets).toHaveLength(6);
  for (const subnet of subnets)
    expect(subnet.map_public_ip_on_launch).toBe(false);
  for (const zone of ["a", "b", "c"]) {
    expect(
      resourceAt(example, "aws_subnet", `vpc/public/subnet-${zone}`),
    ).toMatchObject({
      availability_zone: `eu-central-1${zone}`,
      tags: {
        Name: `wave-prod-public-${zone}`,
        "kubernetes.io/role/elb": "1",
      },
    });
    expect(
      resourceAt(example, "aws_subnet", `vpc/private/subnet-${zone}`).tags,
    ).toEqual({
      Name: `wave-prod-private-${zone}`,
      "kubernetes.io/role/internal-elb": "1",
    });
  }
});

test("zones a and c keep addresses and ranges when b goes, in whatever order they are listed", () => {
  const before = subnetRanges(example);
  const after = subnetRanges(networkOf({ network: { zones: ["c", "a"] } }));
  expect(Object.keys(after)).toHaveLength(4);
  expect(before).toMatchObject(after);
});

test("when a zone goes, its users let go of the private subnet first", () => {
  for (const zone of ["a", "b", "c"])
    for (const [type, path] of [
      ["aws_subnet", `vpc/private/subnet-${zone}`],
      ["aws_route_table", `vpc/private/routes-${zone}`],
    ] as const)
      expect(resourceAt(example, type, path).lifecycle).toEqual({
        create_before_destroy: true,
      });
});

test("names resolve in the VPC, as private endpoint and EFS need", () => {
  expect(onlyResource(example, "aws_vpc")).toMatchObject({
    cidr_block: "10.40.0.0/16",
    enable_dns_support: true,
    enable_dns_hostnames: true,
  });
});

test("the default security group has no rule", () => {
  expect(onlyResource(example, "aws_default_security_group")).toMatchObject({
    vpc_id: "${aws_vpc.vpc.id}",
    ingress: [],
    egress: [],
  });
});

test("INF-18: perZone sends each zone through its own NAT gateway", () => {
  for (const zone of ["a", "b", "c"])
    expect(
      resourceAt(example, "aws_route", `vpc/private/to-nat-${zone}`),
    ).toMatchObject({
      destination_cidr_block: "0.0.0.0/0",
      nat_gateway_id: expect.stringMatching(
        new RegExp(`^\\$\\{aws_nat_gateway\\.vpc_nat-${zone}_\\w+\\.id\\}$`),
      ) as unknown,
    });
});

test("INF-18: single sends all zones through one, in the first zone of the settings", () => {
  onlyResource(single, "aws_nat_gateway");
  const nat = resourceAt(single, "aws_nat_gateway", "vpc/nat-a");
  expect(nat.subnet_id).toMatch(/vpc_public_subnet-a/);
  const targets = ["a", "b", "c"].map(
    (zone) =>
      resourceAt(single, "aws_route", `vpc/private/to-nat-${zone}`)
        .nat_gateway_id,
  );
  expect(new Set(targets).size).toBe(1);
  expect(Object.keys(resourcesOf(single, "aws_route_table")).sort()).toEqual(
    Object.keys(resourcesOf(example, "aws_route_table")).sort(),
  );
});

test("addresses are of the VPC, and the way to the internet outlives them", () => {
  for (const type of ["aws_eip", "aws_nat_gateway"])
    for (const zone of ["a", "b", "c"]) {
      const path =
        type === "aws_eip" ? `vpc/nat-${zone}/address` : `vpc/nat-${zone}`;
      const needs = needsOf(example, addressAt(example, type, path));
      expect(needs).toContain(
        addressAt(example, "aws_internet_gateway", "vpc/internet-gateway"),
      );
      expect(needs).toContain(
        addressAt(example, "aws_route", "vpc/public/to-internet"),
      );
    }
  for (const address of Object.values(resourcesOf(example, "aws_eip")))
    expect(address.domain).toBe("vpc");
});

test("S3 is reached by a gateway endpoint from every private subnet", () => {
  const endpoint = onlyResource(example, "aws_vpc_endpoint");
  expect(endpoint).toMatchObject({
    vpc_endpoint_type: "Gateway",
    service_name: "com.amazonaws.eu-central-1.s3",
  });
  expect(endpoint.route_table_ids).toHaveLength(3);
});

test("one NAT gateway is the default; the subnets are known by zone letter, and the internet by what reaches it", () => {
  let vpc: Vpc | undefined;
  const alone = synthOne((bare) => {
    vpc = new Vpc(bare, "vpc", {
      name: "lab",
      region: "us-east-1",
      cidr: "10.20.0.0/20",
      zones: ["b", "d"],
    });
  });
  onlyResource(alone, "aws_nat_gateway");
  expect(Object.keys(vpc?.publicSubnetIds ?? {})).toEqual(["b", "d"]);
  expect(Object.keys(vpc?.privateSubnetIds ?? {})).toEqual(["b", "d"]);
  // A route and an association per zone, and the endpoint of S3.
  expect(vpc?.internetConnectivity).toHaveLength(5);
  expect(onlyResource(alone, "aws_vpc").tags).toEqual({ Name: "lab" });
});
