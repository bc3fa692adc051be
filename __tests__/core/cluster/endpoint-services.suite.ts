import { endpointServices } from "../../../modules/core/cluster/endpoint-services";
import { needsOf } from "../../../modules/core/facts";
import { factsOf } from "../../../modules/facts";
import { networkOf, resourceAt } from "../../support/network";
import {
  WITHOUT_INTERNET,
  WITHOUT_INTERNET_CURRENT,
} from "../../support/private-network";
import { exampleSettings, liteSettings } from "../../support/settings";
import { resourcesOf } from "../../support/synth";

const servicesOf = (settings = exampleSettings()) =>
  endpointServices(settings, needsOf(factsOf(settings)));
const stack = networkOf(WITHOUT_INTERNET);

test("with internet there are those of the settings and no others", () => {
  expect(servicesOf()).toEqual([]);
  expect(
    servicesOf(exampleSettings({ network: { interfaceEndpoints: ["sts"] } })),
  ).toEqual(["sts"]);
});

test("without internet each service is there once, and those of the settings too", () => {
  const services = servicesOf(
    exampleSettings({
      ...WITHOUT_INTERNET,
      network: { internet: false, interfaceEndpoints: ["sts", "kms"] },
    }),
  );
  expect(services).toEqual(expect.arrayContaining(["sts", "kms", "email"]));
  expect(services).toHaveLength(new Set(services).size);
});

test("Wave Lite mounts nothing, and without mail nobody calls SES", () => {
  const lite = liteSettings({
    ...WITHOUT_INTERNET_CURRENT,
    wave: { ...WITHOUT_INTERNET_CURRENT.wave, mail: undefined },
  });
  expect(servicesOf(lite)).not.toContain("elasticfilesystem");
  expect(servicesOf(lite)).not.toContain("email");
});

test("agents on the nodes reach what their policy of AWS is for", () => {
  const withAgents = exampleSettings({
    ...WITHOUT_INTERNET,
    cluster: {
      nodePolicyArns: [
        "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
        "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy",
      ],
    },
  });
  expect(servicesOf(withAgents)).toEqual(
    expect.arrayContaining(["ssm", "ssmmessages", "ec2messages", "monitoring"]),
  );
});

test("endpoints stand in subnets of their own, one per zone, and nodes wait for every endpoint", () => {
  const endpoints = Object.entries(
    resourcesOf(stack, "aws_vpc_endpoint"),
  ).filter(([, { vpc_endpoint_type }]) => vpc_endpoint_type === "Interface");
  expect(endpoints.length).toBeGreaterThan(8);
  const nodes = resourceAt(stack, "aws_eks_node_group", "nodes/system");
  for (const [id, { subnet_ids }] of endpoints) {
    expect(subnet_ids).toEqual(
      ["a", "b", "c"].map((zone): unknown =>
        expect.stringContaining(`endpoint-subnets_subnet-${zone}`),
      ),
    );
    expect(nodes.depends_on).toContain(`aws_vpc_endpoint.${id}`);
  }
  expect(
    resourceAt(stack, "aws_subnet", "endpoint-subnets/subnet-b"),
  ).toMatchObject({
    availability_zone: "eu-central-1b",
    cidr_block: "10.40.228.0/22",
    map_public_ip_on_launch: false,
  });
});

test("private subnets have their tables, for S3, and no route out of the VPC", () => {
  for (const type of [
    "aws_internet_gateway",
    "aws_nat_gateway",
    "aws_eip",
    "aws_route",
  ])
    expect(stack.resource).not.toHaveProperty(type);
  expect(
    resourceAt(stack, "aws_vpc_endpoint", "vpc/s3").route_table_ids,
  ).toHaveLength(3);
  expect(stack.output).toMatchObject({ public_subnet_ids: { value: {} } });
});
