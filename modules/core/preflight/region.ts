import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { DataAwsEc2InstanceTypeOfferings } from "@cdktf/provider-aws/lib/data-aws-ec2-instance-type-offerings";
import { type Construct } from "constructs";
import { type CoreSettings } from "../settings/schema";
import { expecting, quoted } from "./expectation";

/** Zones, by id, where EKS places no control plane ("Network requirements" of its user guide). */
const WITHOUT_EKS = ["use1-az3", "usw1-az2", "cac1-az3"];

/** The zone letters mean zones that this account has and that EKS uses; letters differ between accounts (DEC-23). */
export function checkZones(
  scope: Construct,
  { region, network }: CoreSettings,
): void {
  new DataAwsAvailabilityZones(scope, "zones", {
    state: "available",
    excludeZoneIds: WITHOUT_EKS,
    lifecycle: expecting(
      ...network.zones.map((zone) => ({
        condition: `contains(self.names, ${quoted(`${region}${zone}`)})`,
        otherwise: `network.zones has "${zone}", but in this account EKS can use only \${join(", ", self.names)}. Choose letters of these.`,
      })),
    ),
  });
}

/** Every instance type exists in the region, and each zone offers one of its group (INF-13). */
export function checkInstanceTypes(
  scope: Construct,
  { region, network, cluster }: CoreSettings,
): void {
  for (const [group, { instanceTypes }] of Object.entries(cluster.nodeGroups)) {
    const path = `cluster.nodeGroups.${group}.instanceTypes`;
    // Construct ids are kebab-case: buildArm64 → build-arm64.
    const id = group.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    new DataAwsEc2InstanceTypeOfferings(scope, `${id}-instance-types`, {
      locationType: "availability-zone",
      filter: [{ name: "instance-type", values: instanceTypes }],
      lifecycle: expecting(
        ...instanceTypes.map((type) => ({
          condition: `contains(self.instance_types, ${quoted(type)})`,
          otherwise: `${path} has ${type}, which ${region} does not offer. Choose another type of the same architecture.`,
        })),
        ...network.zones.map((zone) => ({
          // Nothing found at all is said once, by the conditions above.
          condition: `length(self.locations) == 0 || contains(self.locations, ${quoted(`${region}${zone}`)})`,
          otherwise: `${path} (${instanceTypes.join(", ")}) has no type that ${region}${zone} offers: nodes would not start there. Add a type, or leave the zone out of network.zones.`,
        })),
      ),
    });
  }
}
