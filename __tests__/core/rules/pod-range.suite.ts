import { checkSettings, warningsOf } from "../../../modules/rules";
import { exampleSettings } from "../../support/settings";

const problemsWith = (cidr: string, podCidr: string, serviceCidr?: string) =>
  checkSettings(
    exampleSettings({
      network: { cidr, podCidr },
      cluster: { serviceCidr: serviceCidr ?? "10.100.0.0/16" },
    }),
  );

test.each([
  ["10.40.0.0/16", "100.64.0.0/16"],
  ["10.40.0.0/16", "10.50.0.0/16"],
  ["172.16.0.0/16", "172.18.0.0/16"],
  ["172.20.0.0/16", "100.127.248.0/21"],
  ["192.168.0.0/17", "192.168.128.0/17"],
  ["100.64.0.0/16", "100.65.0.0/16"],
  ["10.1.0.0/16", "10.2.0.0/16"],
])("beside %s AWS adds %s", (cidr, podCidr) => {
  expect(problemsWith(cidr, podCidr)).toEqual([]);
});

test.each([
  ["10.40.0.0/16", "172.18.0.0/16"],
  ["10.40.0.0/16", "192.168.0.0/16"],
  ["10.40.0.0/16", "198.19.0.0/16"],
  ["10.1.0.0/16", "10.0.0.0/16"],
  ["172.16.0.0/16", "172.31.0.0/16"],
  ["172.16.0.0/16", "10.50.0.0/16"],
  ["100.64.0.0/16", "10.50.0.0/16"],
])("beside %s AWS refuses %s", (cidr, podCidr) => {
  expect(problemsWith(cidr, podCidr)).toMatchObject([
    { path: "network.podCidr" },
  ]);
});

test("a VPC CNI that leaves no subnet out is told of", () => {
  const network = { podCidr: "100.64.0.0/16" };
  const told = (vpcCni: string) =>
    warningsOf(
      exampleSettings({ network, cluster: { addOns: { vpcCni } } }),
    ).filter((text) => text.startsWith("cluster.addOns.vpcCni"));
  expect(told("v1.21.1-eksbuild.1")).toHaveLength(1);
  expect(told("v1.22.1-eksbuild.1")).toEqual([]);
});
