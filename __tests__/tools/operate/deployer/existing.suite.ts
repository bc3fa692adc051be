import { deployerPolicies } from "../../../../tools/operate/deployer/documents";
import {
  companyVpcSettings,
  existingSettings,
} from "../../../support/existing";
import { isAllowedBy } from "../../../support/simulate-principal";

const given = Object.values(deployerPolicies(existingSettings()));
const company = Object.values(deployerPolicies(companyVpcSettings()));
const HERE = "eu-central-1:123456789012";
const VPC = `arn:aws:ec2:${HERE}:vpc/vpc-0123456789abcdef0`;
const REGION = { "aws:RequestedRegion": "eu-central-1" };
const NEW = { ...REGION, "aws:RequestTag/Name": "wave-prod-redis" };
const CLUSTER = `arn:aws:eks:${HERE}:cluster/research-eks`;

const asks = (
  documents: typeof given,
  does: string,
  to: string,
  context: Readonly<Record<string, string>> = REGION,
) => isAllowedBy(documents, { does, to, with: context });

test.each([
  ["reads the cluster", "eks:DescribeCluster", CLUSTER, REGION],
  [
    "reads its access entry",
    "eks:DescribeAccessEntry",
    `arn:aws:eks:${HERE}:access-entry/research-eks/role/123456789012/x/1`,
    REGION,
  ],
  ["makes groups in the VPC", "ec2:CreateSecurityGroup", VPC, REGION],
  [
    "makes groups with its names",
    "ec2:CreateSecurityGroup",
    `arn:aws:ec2:${HERE}:security-group/*`,
    NEW,
  ],
  [
    "puts stores into the private subnets",
    "ec2:CreateNetworkInterface",
    `arn:aws:ec2:${HERE}:subnet/subnet-0aaaaaaaaaaaaaaa1`,
    REGION,
  ],
  [
    "reads the provider of service accounts",
    "iam:GetOpenIDConnectProvider",
    "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/1",
    REGION,
  ],
])("on a cluster that exists the deployer %s", async (_, does, to, context) => {
  expect(await asks(given, does, to, context)).toBe(true);
});

test("it makes the add-on of the agents where they are ours, and no other, and passes their role", async () => {
  const agents = Object.values(
    deployerPolicies(existingSettings({ observability: { addOn: "ours" } })),
  );
  const addOn = (name: string) =>
    `arn:aws:eks:${HERE}:addon/research-eks/${name}/1`;
  expect(await asks(agents, "eks:CreateAddon", CLUSTER)).toBe(true);
  expect(
    await Promise.all(
      ["amazon-cloudwatch-observability", "metrics-server"].map((name) =>
        asks(agents, "eks:DeleteAddon", addOn(name)),
      ),
    ),
  ).toEqual([true, false]);
  const role = "arn:aws:iam::123456789012:role/wave-prod-euc1-cloudwatch-agent";
  const toEks = { "iam:PassedToService": "eks.amazonaws.com" };
  expect(await asks(agents, "iam:PassRole", role, toEks)).toBe(true);
  expect(await asks(given, "iam:PassRole", role, toEks)).toBe(false);
});

test.each([
  ["eks:DeleteCluster", CLUSTER],
  ["eks:UpdateClusterConfig", CLUSTER],
  ["eks:CreateAccessEntry", CLUSTER],
  ["eks:CreateNodegroup", CLUSTER],
  ["eks:CreateAddon", CLUSTER],
  ["eks:DescribeCluster", `arn:aws:eks:${HERE}:cluster/other`],
  ["ec2:CreateVpc", `arn:aws:ec2:${HERE}:vpc/*`],
  ["ec2:CreateSecurityGroup", `arn:aws:ec2:${HERE}:vpc/vpc-1`],
  ["ec2:CreateTags", VPC],
  ["ec2:CreateNetworkInterface", `arn:aws:ec2:${HERE}:subnet/subnet-1`],
  [
    "ec2:CreateNetworkInterface",
    `arn:aws:ec2:${HERE}:subnet/subnet-0aaaaaaaaaaaaaaa2`,
  ],
  [
    "ec2:AuthorizeSecurityGroupIngress",
    `arn:aws:ec2:${HERE}:security-group/sg-0123456789abcdef0`,
  ],
  [
    "iam:CreateOpenIDConnectProvider",
    "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/1",
  ],
])(
  "on a cluster that exists the deployer is not allowed %s on %s",
  async (does, to) => {
    expect(await asks(given, does, to, NEW)).not.toBe(true);
  },
);

test("a VPC that exists is not made, and a cluster in it is", async () => {
  expect(
    await asks(company, "ec2:CreateVpc", `arn:aws:ec2:${HERE}:vpc/*`, NEW),
  ).not.toBe(true);
  expect(await asks(company, "eks:CreateCluster", "*", NEW)).toBe(true);
  expect(await asks(company, "ec2:CreateSecurityGroup", VPC)).toBe(true);
});
