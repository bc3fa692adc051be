import { differencesOf } from "../../../../tools/lab/checks/load-balancer";
import { type Balancer } from "../../../../tools/lab/kube/load-balancer-controller/model";
import { exampleSettings } from "../../../support/settings";

const settings = exampleSettings();
const hostname = "wave-1.elb.amazonaws.com";
const balancer: Balancer = {
  arn: "arn:1",
  scheme: "internet-facing",
  hostname,
  subnets: ["a", "b", "c"],
  attributes: {
    "access_logs.s3.enabled": "true",
    "routing.http2.enabled": "false",
  },
  webAcl: undefined,
};
const hosts = { ingress: hostname, alias: hostname };

test("the one of the settings differs in nothing, also where no alias was made", () => {
  expect(differencesOf(settings, balancer, hosts)).toEqual([]);
  expect(
    differencesOf(settings, balancer, { ...hosts, alias: undefined }),
  ).toEqual([]);
});

test("what the controller left as it was, and an alias that stayed behind, are found", () => {
  const attributes = {
    ...balancer.attributes,
    "access_logs.s3.enabled": "false",
  };
  expect(
    differencesOf(
      settings,
      { ...balancer, attributes, scheme: "internal", subnets: ["a", "b"] },
      { ...hosts, alias: "gone" },
    ),
  ).toEqual([
    "scheme: internal instead of internet-facing",
    "zones: 2 instead of 3",
    "access logs: false instead of true",
    "target of the alias: gone instead of wave-1.elb.amazonaws.com",
  ]);
});
