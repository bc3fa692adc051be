import { foreignOf } from "../../../../tools/lab/existing/foreign-input";
import { labSettings } from "../../../../tools/lab/settings";
import { settingsSchema } from "../../../../modules/schema";

const settingsOf = (line: "classic" | "existing", patch = {}) =>
  settingsSchema.parse(labSettings(line, { retain: false, patch }));

test("VPC and cluster are made as the example has them, but for their ids", () => {
  const { network, cluster, access, region } = settingsOf("existing");
  if (network.kind !== "existing" || cluster.kind !== "existing")
    throw new Error("the example names both");
  const input = foreignOf(settingsOf("existing"));
  expect(input).toMatchObject({
    region,
    deployer: access.deployer,
    vpc_cidrs: network.cidrs,
    cluster: {
      name: cluster.name,
      version: cluster.version,
      service_cidr: cluster.serviceCidr,
    },
  });
  expect(input.private).toEqual({
    a: network.subnets.private.a?.cidr,
    b: network.subnets.private.b?.cidr,
  });
  expect(Object.keys(input.public)).toEqual(["a", "b"]);
  expect(JSON.stringify(input)).not.toMatch(/subnet-|vpc-|sg-/);
});

test("each node selector has a group of nodes with those labels, and no other has", () => {
  const groupsOf = (nodeSelectors: object) =>
    foreignOf(settingsOf("existing", { cluster: { nodeSelectors } }))
      .node_groups;
  expect(groupsOf({})).toEqual({
    general: { nodegroup: "general" },
    builders: { nodegroup: "builders" },
  });
  expect(groupsOf({ buildArm64: { arch: "arm" } })).toMatchObject({
    "builders-arm": { arch: "arm" },
  });
});

test("of a VPC that the stacks make, nobody else can make one", () => {
  expect(() => foreignOf(settingsOf("classic"))).toThrow(/example-existing/);
});
