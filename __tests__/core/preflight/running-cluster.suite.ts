import { runningClusterExpectation } from "../../../modules/core/preflight/running-cluster";
import { conditionsOf, dataOf, preflightOf } from "../../support/preflight";
import { type SettingsChange, exampleSettings } from "../../support/settings";

const stackOf = (change: SettingsChange = {}) =>
  preflightOf([runningClusterExpectation(exampleSettings(change))]);
const stack = stackOf();

test("without a cluster nothing more is read: a first deployment goes on", () => {
  const [clusters] = Object.keys(stack.data?.aws_eks_clusters ?? {});
  expect(dataOf(stack, "aws_eks_cluster")).toMatchObject([
    {
      name: "wave-prod-eks",
      count: `\${contains(data.aws_eks_clusters.${clusters}.names, "wave-prod-eks") ? 1 : 0}`,
    },
  ]);
  const [cluster] = Object.keys(stack.data?.aws_eks_cluster ?? {});
  expect(dataOf(stack, "aws_vpc")).toMatchObject([
    { count: `\${length(data.aws_eks_cluster.${cluster}) > 0 ? 1 : 0}` },
  ]);
  expect(dataOf(stack, "aws_subnet")).toMatchObject([
    {
      id: "${each.value}",
      for_each: `\${toset(flatten(data.aws_eks_cluster.${cluster}[*].vpc_config[0].subnet_ids))}`,
    },
  ]);
});

test("a minor that is older, or more than one newer, is refused by the setting's name", () => {
  const [older, newer] = conditionsOf(
    stackOf({ cluster: { version: "1.35" } }),
    "aws_eks_cluster",
  );
  expect(older?.condition).toContain("<= 35}");
  expect(older?.error_message).toMatch(/^cluster\.version is 1\.35/);
  expect(newer?.condition).toContain(">= 34}");
  expect(newer?.error_message).toMatch(/^cluster\.version is 1\.35/);
});

test("another range of services, another range of the VPC", () => {
  const change: SettingsChange = {
    network: { cidr: "10.60.0.0/16" },
    cluster: { serviceCidr: "172.20.0.0/16" },
  };
  const [, , services] = conditionsOf(stackOf(change), "aws_eks_cluster");
  expect(services?.condition).toContain('== "172.20.0.0/16"}');
  expect(services?.error_message).toMatch(/^cluster\.serviceCidr is/);
  const [vpc] = conditionsOf(stackOf(change), "aws_vpc");
  expect(vpc?.condition).toBe('${self.cidr_block == "10.60.0.0/16"}');
  expect(vpc?.error_message).toMatch(/^network\.cidr is/);
});

test("another path of roles would replace the cluster: refused while it is retained", () => {
  const pathsOf = (change: SettingsChange) =>
    conditionsOf(stackOf(change), "aws_eks_cluster").filter(
      ({ error_message }) => error_message.startsWith("iam.path is "),
    );
  expect(pathsOf({ iam: { path: "/team/" } })).toMatchObject([
    { condition: expect.stringMatching(/ == "\/team\/"\}$/) as unknown },
  ]);
  expect(pathsOf({ iam: { path: "/team/" }, retain: false })).toEqual([]);
});

test("a cluster of the name in the settings that somebody else has made is refused before anything is made", () => {
  const named = conditionsOf(
    stackOf({ cluster: { name: "research-eks" } }),
    "aws_eks_cluster",
  ).filter(({ error_message }) => error_message.startsWith("cluster.name is "));
  expect(named).toMatchObject([
    { condition: '${endswith(self.role_arn, "/wave-prod-euc1-eks-cluster")}' },
  ]);
  expect(JSON.stringify(stack)).not.toContain("cluster.name is ");
});

test("the control plane's zones are the first two, in any order; a third is free", () => {
  const zonesOf = (zones: string[]) =>
    conditionsOf(stackOf({ network: { zones } }), "aws_subnet").map(
      ({ condition }) => condition,
    );
  expect(zonesOf(["a", "c"])).toEqual([
    '${contains(["eu-central-1a","eu-central-1c"], self.availability_zone)}',
  ]);
  expect(zonesOf(["b", "a", "c"])).toEqual([
    '${contains(["eu-central-1b","eu-central-1a"], self.availability_zone)}',
  ]);
  const [zones] = conditionsOf(stack, "aws_subnet");
  expect(zones?.error_message).toMatch(/^network\.zones starts with a, b,/);
});

test("a VPC does not get an internet gateway later, and does not lose it", () => {
  const [made] = conditionsOf(stackOf(), "aws_subnets");
  expect(made?.condition).toBe("${(length(self.ids) > 0) == true}");
  const [without] = conditionsOf(
    stackOf({ network: { internet: false } }),
    "aws_subnets",
  );
  expect(without?.condition).toBe("${(length(self.ids) > 0) == false}");
  expect(without?.error_message).toMatch(/^network\.internet is false/);
});
