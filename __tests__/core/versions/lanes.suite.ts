import { Testing, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { readFileSync } from "node:fs";
import { createClusterAccess } from "../../../modules/kubernetes/cluster-access";
import { projectFile } from "../../../modules/lib/project-file";
import {
  DEFAULT_LANE,
  LANES,
  laneOf,
} from "../../../modules/core/versions/lanes";

test("a lane that is not there is refused with those that are", () => {
  expect(() => laneOf({ LANE: "fast" })).toThrow(
    `LANE is "fast": lanes.json has card and living. Set it to one of them, or leave it unset for ${DEFAULT_LANE}.`,
  );
  expect(laneOf({}).name).toBe(DEFAULT_LANE);
  expect(laneOf({ LANE: "" }).name).toBe(DEFAULT_LANE);
});

test("the providers of the lane's packages are those of the table, and the rest are written over", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "aws");
  createClusterAccess(stack, {
    clusterName: "c",
    clusterEndpoint: "https://c",
    clusterCertificateAuthority: "",
    region: "eu-central-1",
    versions: laneOf().providers,
  });
  const { terraform } = JSON.parse(Testing.synth(stack)) as {
    terraform: { required_providers: Record<string, { version: string }> };
  };
  const versions = Object.entries(terraform.required_providers).map(
    ([name, { version }]) => [name, version],
  );
  expect(Object.fromEntries(versions)).toEqual(laneOf().providers);
});

// What somebody installs is what the table says.
test.each(LANES)("the lock file of lane $name has its packages", (lane) => {
  const lock = projectFile(lane.folder ?? ".", "package-lock.json");
  const { packages } = JSON.parse(readFileSync(lock, "utf8")) as {
    packages: Record<string, { name?: string; version: string }>;
  };
  const locked = Object.keys(lane.packages).map((name) => {
    const { name: alias, version } = packages[`node_modules/${name}`] ?? {};
    return [name, alias ? `npm:${alias}@${version}` : version];
  });
  expect(Object.fromEntries(locked)).toEqual(lane.packages);
});
