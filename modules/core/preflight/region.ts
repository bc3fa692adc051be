import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { DataAwsEc2InstanceTypeOfferings } from "@cdktf/provider-aws/lib/data-aws-ec2-instance-type-offerings";
import { nodeGroupId } from "../cluster/node-labels";
import { zonesOf } from "../network-facts";
import { type CoreSettings } from "../settings/schema";
import { type Expectation, quoted } from "./expectation";

/** Zones, by id, where EKS places no control plane ("Network requirements" of its user guide). */
export const WITHOUT_EKS = ["use1-az3", "usw1-az2", "cac1-az3"];

/** The zone letters mean zones that this account has and that EKS uses; letters differ between accounts. */
export function zonesExpectation(settings: CoreSettings): Expectation {
  const { region, network } = settings;
  const path = network.kind === "created" ? "network.zones" : "network.subnets";
  return {
    id: "zones",
    read: (scope, id, lifecycle) =>
      new DataAwsAvailabilityZones(scope, id, {
        state: "available",
        excludeZoneIds: WITHOUT_EKS,
        lifecycle,
      }),
    conditions: zonesOf(settings).map((zone) => ({
      condition: `contains(self.names, ${quoted(`${region}${zone}`)})`,
      otherwise: `${path} has "${zone}", but in this account EKS can use only \${join(", ", self.names)}. Choose letters of these.`,
    })),
  };
}

/** Every instance type exists in the region, and each zone offers one of its group. */
export function instanceTypeExpectations(
  settings: CoreSettings,
): Expectation[] {
  const { nodeGroups } = settings.cluster;
  return Object.entries(nodeGroups).map(([group, { instanceTypes }]) =>
    instanceTypeExpectation(settings, {
      id: nodeGroupId(group),
      path: `cluster.nodeGroups.${group}.instanceTypes`,
      instanceTypes,
    }),
  );
}

/** Every type of one group of nodes exists in the region, and each zone offers one of them. */
export const instanceTypeExpectation = (
  settings: CoreSettings,
  {
    id,
    path,
    instanceTypes,
  }: {
    /** Begin of the id of the data source. */
    readonly id: string;
    /** Where the types stand in the settings. */
    readonly path: string;
    readonly instanceTypes: string[];
  },
): Expectation => ({
  id: `${id}-instance-types`,
  read: (scope, id, lifecycle) =>
    new DataAwsEc2InstanceTypeOfferings(scope, id, {
      locationType: "availability-zone",
      filter: [{ name: "instance-type", values: instanceTypes }],
      lifecycle,
    }),
  conditions: offered(path, instanceTypes, settings),
});

function offered(
  path: string,
  instanceTypes: readonly string[],
  settings: CoreSettings,
) {
  const { region, network } = settings;
  const zones =
    network.kind === "created" ? "network.zones" : "network.subnets";
  return [
    ...instanceTypes.map((type) => ({
      condition: `contains(self.instance_types, ${quoted(type)})`,
      otherwise: `${path} has ${type}, which ${region} does not offer. Choose another type of the same architecture.`,
    })),
    ...zonesOf(settings).map((zone) => ({
      // Nothing found at all is reported once, by the conditions above.
      condition: `length(self.locations) == 0 || contains(self.locations, ${quoted(`${region}${zone}`)})`,
      otherwise: `${path} (${instanceTypes.join(", ")}) has no type that ${region}${zone} offers: nodes would not start there. Add a type, or leave the zone out of ${zones}.`,
    })),
  ];
}
