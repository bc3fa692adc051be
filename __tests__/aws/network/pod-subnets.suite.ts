import {
  addressAt,
  needsOf,
  networkOf,
  resourceAt,
} from "../../support/network";
import { onlyResource, resourcesOf } from "../../support/synth";

const stack = networkOf({
  network: { podCidr: "100.64.0.0/16", interfaceEndpoints: ["sts"] },
});
const subnetAt = (path: string) => resourceAt(stack, "aws_subnet", path);

test("the VPC has a second range, which is kept while pods may have addresses of it", () => {
  expect(
    onlyResource(stack, "aws_vpc_ipv4_cidr_block_association"),
  ).toMatchObject({
    cidr_block: "100.64.0.0/16",
    vpc_id: "${aws_vpc.vpc.id}",
    lifecycle: { prevent_destroy: true },
  });
});

test("one subnet per zone is for pods, and those of nodes are for no pod and no load balancer of pods", () => {
  expect(subnetAt("vpc/pods/subnet-b")).toMatchObject({
    availability_zone: "eu-central-1b",
    cidr_block: "100.64.32.0/19",
    map_public_ip_on_launch: false,
    tags: { Name: "wave-prod-pods-b", "kubernetes.io/role/cni": "1" },
  });
  expect(subnetAt("vpc/pods/subnet-b").tags).not.toHaveProperty([
    "kubernetes.io/role/internal-elb",
  ]);
  expect(subnetAt("vpc/private/subnet-b").tags).toMatchObject({
    "kubernetes.io/role/cni": "0",
    "kubernetes.io/role/internal-elb": "1",
  });
});

test("pods go out as the nodes of their zone do", () => {
  for (const zone of ["a", "b", "c"])
    expect(
      resourceAt(
        stack,
        "aws_route_table_association",
        `vpc/routes-of-pods-${zone}`,
      ),
    ).toEqual(
      expect.objectContaining({
        route_table_id: resourceAt(
          stack,
          "aws_route_table_association",
          `vpc/private/routes-of-${zone}`,
        ).route_table_id,
        subnet_id: `\${${addressAt(stack, "aws_subnet", `vpc/pods/subnet-${zone}`)}.id}`,
      }),
    );
});

test("the cluster and its nodes come after the range and its subnets", () => {
  const range = addressAt(
    stack,
    "aws_vpc_ipv4_cidr_block_association",
    "vpc/pods/range",
  );
  const nodes = addressAt(stack, "aws_eks_node_group", "nodes/system");
  expect(needsOf(stack, nodes)).toContain(range);
  expect(
    needsOf(stack, addressAt(stack, "aws_eks_cluster", "cluster")),
  ).toContain(range);
  for (const zone of ["a", "b", "c"])
    expect(
      resourcesOf(stack, "aws_eks_node_group")[nodes.split(".")[1] ?? ""]
        ?.depends_on,
    ).toContain(addressAt(stack, "aws_subnet", `vpc/pods/subnet-${zone}`));
});

test("interface endpoints admit pods of the range", () => {
  expect(
    resourceAt(
      stack,
      "aws_vpc_security_group_ingress_rule",
      "interface-endpoints/https-from-pods",
    ),
  ).toMatchObject({ cidr_ipv4: "100.64.0.0/16", from_port: 443 });
});

test("without it nothing of it is there, and no subnet has the tag", () => {
  const plain = networkOf();
  expect(plain.resource).not.toHaveProperty(
    "aws_vpc_ipv4_cidr_block_association",
  );
  for (const { tags } of Object.values(resourcesOf(plain, "aws_subnet")))
    expect(tags).not.toHaveProperty(["kubernetes.io/role/cni"]);
});
