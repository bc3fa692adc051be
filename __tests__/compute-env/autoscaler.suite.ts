import { endpointServices } from "../../modules/core/cluster/endpoint-services";
import { controllerRoles } from "../../modules/core/controllers/controllers";
import { isCreatedNetwork } from "../../modules/core/kinds";
import { needsOf } from "../../modules/core/facts";
import { factsOf } from "../../modules/facts";
import { checkSettings, warningsOf } from "../../modules/rules";
import { NETWORK } from "../support/compute-env";
import { type SettingsChange, platformsSettings } from "../support/settings";

const GIVEN: SettingsChange = { computeEnv: { nodes: { kind: "existing" } } };
const OFF: SettingsChange = {
  cluster: { autoscaler: undefined },
  computeEnv: { nodes: { minSize: 1 } },
};
const CLOSED: SettingsChange = {
  network: { internet: false, natGateways: undefined },
};

const needs = (change: SettingsChange) =>
  needsOf(factsOf(platformsSettings(change)));
const roleOf = (change: SettingsChange) =>
  controllerRoles(platformsSettings(change), needs(change), {
    network: NETWORK,
    fileSystemId: undefined,
  }).clusterAutoscaler;

test("T-18: nodes of pipelines alone are enough for an autoscaler; nodes that exist, and fixed ones, ask for none", () => {
  expect(roleOf({})).toMatchObject({ description: "Cluster Autoscaler." });
  expect(roleOf(GIVEN)).toBeUndefined();
  expect(roleOf(OFF)).toBeUndefined();
});

test("T-18: it is said where it has nothing to scale, and only there", () => {
  const warned = (change: SettingsChange) =>
    warningsOf(platformsSettings(change)).filter((text) =>
      text.includes("nothing to scale"),
    );
  expect(warned({})).toEqual([]);
  expect(warned(OFF)).toEqual([]);
  expect(warned(GIVEN)).toHaveLength(1);
});

test("T-18: without internet it has its endpoint, and its image comes from a mirror", () => {
  const closed = platformsSettings(CLOSED);
  if (!isCreatedNetwork(closed)) throw new Error("the VPC is made here");
  expect(endpointServices(closed, needs(CLOSED))).toContain("autoscaling");
  const paths = (change: SettingsChange) =>
    checkSettings(platformsSettings(change)).map(({ path }) => path);
  expect(paths(CLOSED)).toContain("charts.clusterAutoscaler.image");
  expect(paths({ ...CLOSED, ...GIVEN })).not.toContain(
    "charts.clusterAutoscaler.image",
  );
});
