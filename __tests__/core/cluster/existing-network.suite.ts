import { conditionsOf, dataOf } from "../../support/preflight";
import { companyVpcSettings, existingSettings } from "../../support/existing";
import { networkOf } from "../../support/network";
import { resourcesOf } from "../../support/synth";

const existing = networkOf({ observability: undefined }, existingSettings);
const company = networkOf({}, companyVpcSettings);
const messages = (type: string, stack = existing) =>
  conditionsOf(stack, type).map(({ error_message }) => error_message);
const conditions = (type: string, stack = existing) =>
  conditionsOf(stack, type).map(({ condition }) => condition);

describe("a cluster that exists, with nothing of ours", () => {
  test("is read and not touched: the stack makes nothing", () => {
    expect(existing.resource).toBeUndefined();
  });

  test("its outputs are those of a cluster that is made, and wait for what was read", () => {
    const made = Object.keys(networkOf().output ?? {}).filter(
      (name) => !["build_security_group_id", "alarm_topic_arn"].includes(name),
    );
    expect(Object.keys(existing.output ?? {}).sort()).toEqual(
      [...made, "vpc_owner_id"].sort(),
    );
    expect(existing.output?.vpc_id?.value).toBe(
      "${data.aws_vpc.network-vpc-id.id}",
    );
    expect(existing.output?.private_subnet_ids?.value).toEqual({
      a: "${data.aws_subnet.network-subnets-private-a.id}",
      b: "${data.aws_subnet.network-subnets-private-b.id}",
    });
    expect(existing.output?.cluster_name?.value).toBe(
      "${data.aws_eks_cluster.cluster-name.name}",
    );
    expect(existing.output?.addon_versions?.value).toEqual({});
  });

  test("every literal is compared: a range of the VPC, and its names", () => {
    expect(dataOf(existing, "aws_vpc")).toMatchObject([
      { id: "vpc-0123456789abcdef0" },
    ]);
    expect(conditions("aws_vpc")).toEqual([
      expect.stringContaining('range.state == "associated"], "10.20.0.0/16")'),
      expect.stringContaining('range.state == "associated"], "100.64.0.0/16")'),
      "${self.enable_dns_support}",
      "${self.enable_dns_hostnames}",
    ]);
    expect(messages("aws_vpc")[1]).toMatch(
      /^network\.cidrs\[1\] is 100\.64\.0\.0\/16, and vpc-0123456789abcdef0 has/,
    );
    expect(messages("aws_vpc")[3]).toContain(
      "--enable-dns-hostnames Value=true",
    );
  });

  test("VPC, zone and range of each subnet", () => {
    expect(conditions("aws_subnet")).toHaveLength(12);
    expect(conditions("aws_subnet")).toEqual(
      expect.arrayContaining([
        '${self.vpc_id == "vpc-0123456789abcdef0"}',
        '${self.availability_zone == "eu-central-1b"}',
        '${self.cidr_block == "10.20.241.0/24"}',
      ]),
    );
    expect(messages("aws_subnet")).toContainEqual(
      expect.stringMatching(
        /^network\.subnets\.public\.b\.cidr is 10\.20\.241/,
      ),
    );
  });

  test("the cluster: state, minor, VPC, services, access entries, and who balances", () => {
    expect(conditions("aws_eks_cluster").slice(0, 7)).toEqual([
      '${self.status == "ACTIVE"}',
      '${self.version == "1.35"}',
      '${self.vpc_config[0].vpc_id == "vpc-0123456789abcdef0"}',
      expect.stringContaining('.ip_family == "ipv4"'),
      expect.stringContaining('.service_ipv4_cidr == "172.20.0.0/16"'),
      expect.stringContaining('authentication_mode, "API")'),
      expect.stringContaining("compute.enabled == true"),
    ]);
    // A name of the settings, so that no name but its role says who made it.
    expect(conditions("aws_eks_cluster")[7]).toBe(
      '${!endswith(self.role_arn, "/wave-prod-euc1-eks-cluster")}',
    );
    const given = networkOf({ retain: false }, existingSettings);
    expect(JSON.stringify(given.data)).not.toContain("euc1-eks-cluster");
    const ours = networkOf(
      { cluster: { controllers: { loadBalancerController: "ours" } } } as never,
      existingSettings,
    );
    expect(messages("aws_eks_cluster", ours).join()).not.toContain(
      "cluster.controllers.loadBalancerController",
    );
  });

  test("its node groups of another VPC, and a provider for another audience", () => {
    expect(dataOf(existing, "aws_security_group")).toMatchObject([
      { id: "sg-0123456789abcdef0" },
    ]);
    expect(messages("aws_security_group")[0]).toMatch(
      /^cluster\.clientSecurityGroupIds\[0\] is sg-0123456789abcdef0/,
    );
    expect(conditions("aws_iam_openid_connect_provider")).toEqual([
      '${contains(self.client_id_list, "sts.amazonaws.com")}',
    ]);
  });

  test("the roles of the environment trust this cluster and no other, while retain is on", () => {
    expect(dataOf(existing, "aws_iam_roles")).toMatchObject([
      { name_regex: "^wave-prod-euc1-" },
    ]);
    expect(dataOf(existing, "aws_iam_role")).toMatchObject([
      { for_each: "${toset(data.aws_iam_roles.roles.names)}" },
    ]);
    expect(conditions("aws_iam_role")).toEqual([
      '${!strcontains(self.assume_role_policy, ":oidc-provider/oidc.eks.") || strcontains(self.assume_role_policy, trimprefix(data.aws_eks_cluster.cluster-name.identity[0].oidc[0].issuer, "https://"))}',
    ]);
    const free = networkOf({ retain: false }, existingSettings);
    expect(dataOf(free, "aws_iam_role")).toEqual([]);
  });

  test("its owner has let the deployer in, or the settings do", () => {
    expect(dataOf(existing, "aws_eks_access_entry")).toMatchObject([
      { principal_arn: existingSettings().access.deployer },
    ]);
    const managed = networkOf({ access: { manage: true } }, existingSettings);
    expect(dataOf(managed, "aws_eks_access_entry")).toEqual([]);
    expect(
      Object.values(resourcesOf(managed, "aws_eks_access_entry")),
    ).toHaveLength(1 + existingSettings().access.admins.length);
  });

  test("what is short or without a way out is a warning, and no data source of a check, which no second plan would be empty with", () => {
    const checks = existing.check as Record<
      string,
      { data?: unknown; assert: { condition: string }[] }
    >;
    expect(Object.keys(checks).sort()).toEqual([
      "private-subnet-a",
      "private-subnet-b",
      "public-subnet-a",
      "public-subnet-b",
      "route-table-a",
      "route-table-b",
    ]);
    expect(JSON.stringify(checks)).toMatch(
      /available_ip_address_count >= 64.*map_public_ip_on_launch.*available_ip_address_count >= 8/,
    );
    for (const { data } of Object.values(checks)) expect(data).toBeUndefined();
    const inside = networkOf(
      { network: { internet: false } },
      existingSettings,
    );
    expect(JSON.stringify(inside)).not.toContain("aws_route_table");
  });
});

describe("of ours in a cluster that exists", () => {
  const nodes = networkOf(
    {
      cluster: {
        controllers: { metricsServer: "ours" },
        nodeGroups: {
          system: { minSize: 2, desiredSize: 2, maxSize: 3 },
          build: { minSize: 1, maxSize: 3 },
        },
      },
    } as never,
    existingSettings,
  );

  test("node groups stand in its subnets, and builds have a group that all its nodes let in", () => {
    for (const group of Object.values(resourcesOf(nodes, "aws_eks_node_group")))
      expect(group).toMatchObject({
        cluster_name: "${data.aws_eks_cluster.cluster-name.name}",
        subnet_ids: [
          "${data.aws_subnet.network-subnets-private-a.id}",
          "${data.aws_subnet.network-subnets-private-b.id}",
        ],
      });
    const lets = JSON.stringify(
      resourcesOf(nodes, "aws_vpc_security_group_ingress_rule"),
    );
    expect(lets).toContain('"security_group_id":"sg-0123456789abcdef0"');
    expect(nodes.output?.build_security_group_id).toBeDefined();
  });

  test("the metrics server is the add-on, and the only one", () => {
    expect(Object.values(resourcesOf(nodes, "aws_eks_addon"))).toMatchObject([
      {
        addon_name: "metrics-server",
        configuration_values: '{"nodeSelector":{"service":"wave-system"}}',
      },
    ]);
    expect(Object.keys(nodes.output?.addon_versions?.value as object)).toEqual([
      "metricsServer",
    ]);
  });
});

describe("a cluster of ours in a VPC that exists", () => {
  test("nothing of a network is made", () => {
    const types = Object.keys(company.resource ?? {}).join();
    expect(types).toContain("aws_eks_cluster");
    expect(types).not.toMatch(
      /aws_(vpc|subnet|route|nat|eip|internet|flow)(,|_(?!security))/,
    );
    expect(JSON.stringify(company)).not.toContain('/flow-log"]');
  });

  test("control plane and nodes stand in the given private subnets", () => {
    const subnets = ["a", "b"].map(
      (zone) => `\${data.aws_subnet.network-subnets-private-${zone}.id}`,
    );
    expect(
      Object.values(resourcesOf(company, "aws_eks_cluster")),
    ).toMatchObject([{ vpc_config: { subnet_ids: subnets } }]);
  });

  test("the key is for the logs of the control plane alone", () => {
    const key = JSON.stringify(resourcesOf(company, "aws_kms_key"));
    expect(key).toContain("log-group:/aws/eks/wave-prod-eks/cluster");
    expect(key).not.toContain("/aws/vpc/");
  });

  test("a running cluster stays in its VPC", () => {
    expect(messages("aws_eks_cluster", company)).toContainEqual(
      expect.stringMatching(/^network\.vpcId is vpc-0123456789abcdef0, but/),
    );
  });
});
