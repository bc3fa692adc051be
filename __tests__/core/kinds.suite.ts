import {
  buildNodes,
  systemNodes,
} from "../../modules/core/cluster/node-labels";
import { clusterNameOf } from "../../modules/core/cluster/cluster";
import {
  controllersOf,
  oidcProviderOf,
} from "../../modules/core/controllers/given";
import { isCreatedCluster, isCreatedNetwork } from "../../modules/core/kinds";
import {
  networkFactsOf,
  publicZonesOf,
  zonesOf,
} from "../../modules/core/network-facts";
import { settingsSchema } from "../../modules/schema";
import { EXISTING_CLUSTER, EXISTING_NETWORK } from "../support/existing";
import { exampleInput, exampleSettings } from "../support/settings";

const existing = settingsSchema.parse(
  exampleInput({ network: EXISTING_NETWORK, cluster: EXISTING_CLUSTER }),
);

test("a file without kind means a VPC and a cluster that are made here", () => {
  const settings = exampleSettings();
  expect(isCreatedNetwork(settings) && isCreatedCluster(settings)).toBe(true);
  expect(controllersOf(settings)).toMatchObject({ efsCsiDriver: "ours" });
  expect(oidcProviderOf(settings)).toBe("ours");
});

test("the ranges of a VPC that exists are those of the settings", () => {
  expect(networkFactsOf(existing)).toEqual({
    vpcCidrs: ["10.20.0.0/16", "100.64.0.0/16"],
    privateCidrs: { a: "10.20.0.0/20", b: "10.20.16.0/20" },
    publicCidrs: { a: "10.20.240.0/24", b: "10.20.241.0/24" },
    serviceCidr: "172.20.0.0/16",
    endpointCidrs: [],
  });
  expect(zonesOf(existing)).toEqual(["a", "b"]);
  expect(publicZonesOf(existing)).toEqual(["a", "b"]);
});

test("on a cluster that exists pods choose its nodes, or those of our groups", () => {
  expect(clusterNameOf(existing)).toBe("research-eks");
  expect(systemNodes(existing)).toEqual({ nodegroup: "general" });
  expect(buildNodes(existing, "build")).toEqual({ nodegroup: "builders" });
  expect(buildNodes(existing, "buildArm64")).toBeUndefined();
  const ours = settingsSchema.parse(
    exampleInput({
      network: EXISTING_NETWORK,
      cluster: {
        ...EXISTING_CLUSTER,
        nodeGroups: { build: { minSize: 1, maxSize: 2 } },
      },
    }),
  );
  expect(buildNodes(ours, "build")).toEqual({ service: "wave-build" });
  expect(systemNodes(ours)).toEqual({ nodegroup: "general" });
});
