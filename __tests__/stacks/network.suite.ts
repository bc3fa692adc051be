import { networkOf } from "../support/network";
import { resourcesOf } from "../support/synth";

const stack = networkOf();
const output = (name: string) => stack.output?.[name]?.value;

test("SET-03, SET-04, INF-02: the contract carries cluster and issuer", () => {
  expect(Object.keys(stack.output ?? {}).sort()).toEqual([
    "addon_versions",
    "alarm_topic_arn",
    "build_security_group_id",
    "cluster_arn",
    "cluster_certificate_authority",
    "cluster_endpoint",
    "cluster_name",
    "cluster_security_group_id",
    "kubeconfig_command",
    "oidc_issuer",
    "private_subnet_ids",
    "public_subnet_ids",
    "vpc_id",
  ]);
  const cluster = "aws_eks_cluster.cluster";
  expect(output("cluster_name")).toBe(`\${${cluster}.name}`);
  expect(output("cluster_arn")).toBe(`\${${cluster}.arn}`);
  expect(output("cluster_endpoint")).toBe(`\${${cluster}.endpoint}`);
  expect(output("cluster_certificate_authority")).toBe(
    `\${${cluster}.certificate_authority[0].data}`,
  );
  expect(output("cluster_security_group_id")).toBe(
    `\${${cluster}.vpc_config[0].cluster_security_group_id}`,
  );
  expect(output("oidc_issuer")).toBe(
    `\${${cluster}.identity[0].oidc[0].issuer}`,
  );
  expect(output("vpc_id")).toBe("${aws_vpc.vpc.id}");
});

test("private subnets cross by zone letter", () => {
  expect(output("private_subnet_ids")).toEqual({
    a: expect.stringMatching(/vpc_private_subnet-a_\w+\.id/) as unknown,
    b: expect.stringMatching(/vpc_private_subnet-b_\w+\.id/) as unknown,
    c: expect.stringMatching(/vpc_private_subnet-c_\w+\.id/) as unknown,
  });
});

test("C13: the kubeconfig command is ready to paste", () => {
  expect(output("kubeconfig_command")).toBe(
    "aws eks update-kubeconfig --region eu-central-1 --name ${aws_eks_cluster.cluster.name}",
  );
});

test("the add-on versions print under the keys of the settings", () => {
  expect(Object.keys(output("addon_versions") as object).sort()).toEqual([
    "coreDns",
    "kubeProxy",
    "metricsServer",
    "podIdentityAgent",
    "vpcCni",
  ]);
});

test("with retain, cluster, VPC and keys refuse a destroy; without, nothing does", () => {
  const refusing = (of: typeof stack) =>
    Object.entries(of.resource ?? {}).flatMap(([type, resources]) =>
      Object.values(resources)
        .filter(({ lifecycle }) =>
          JSON.stringify(lifecycle ?? {}).includes('"prevent_destroy":true'),
        )
        .map(() => type),
    );
  expect(refusing(stack)).toEqual([
    "aws_eks_cluster",
    "aws_kms_key",
    "aws_kms_key",
    "aws_kms_key",
    "aws_vpc",
  ]);
  expect(refusing(networkOf({ retain: false }))).toEqual([]);
});

test("nothing but NAT and load balancers faces the internet: no group lets it in", () => {
  const { aws_vpc_security_group_egress_rule: out, ...resources } =
    stack.resource ?? {};
  expect(out).toBeDefined();
  const text = JSON.stringify(resources);
  const open = [...text.matchAll(/0\.0\.0\.0\/0/g)].length;
  const routes = Object.values(resourcesOf(stack, "aws_route"));
  expect(open).toBe(routes.length);
});

test("C01: every name starts with name and environment", () => {
  const names = Object.values(stack.resource ?? {}).flatMap((resources) =>
    Object.values(resources).flatMap(
      ({ name, node_group_name_prefix, policy_arn, role }) =>
        policy_arn === undefined && role === undefined
          ? [name, node_group_name_prefix]
          : [],
    ),
  );
  const given = names.filter((name) => typeof name === "string");
  expect(given.length).toBeGreaterThan(10);
  for (const name of given)
    expect(name).toMatch(
      /^(alias\/|\/aws\/(eks|vpc|containerinsights)\/)?wave-prod/,
    );
});

test.each([
  ["us-gov-west-1", "aws-us-gov"],
  ["cn-north-1", "aws-cn"],
])("no ARN of the commercial partition in %s", (region, partition) => {
  const made = JSON.stringify(networkOf({ region }).resource).replace(
    // Settings of the operator, and not ours to rewrite.
    /"principal_arn":"[^"]*"/g,
    "",
  );
  expect(made).not.toContain("arn:aws:");
  expect(made).toContain(`arn:${partition}:`);
});

test("the flip from classic to current changes nothing here: no node is replaced for it", () => {
  const { resource, output } = networkOf({ wave: { version: "1.37.0" } });
  expect({ resource, output }).toEqual({
    resource: stack.resource,
    output: stack.output,
  });
});
