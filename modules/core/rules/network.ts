import { type CreatedNetworkSettings } from "../kinds";
import { type CoreSettings } from "../settings/schema";
import { AWS_REGIONS } from "../../lib/aws-regions";
import { nearest } from "../../lib/nearest";
import {
  PRIVATE_RANGES,
  SHARED_RANGE,
  overlaps,
  prefixLength,
  within,
} from "../../lib/ip-range";
import { type Problem } from "../../lib/problem";
import { type Rule, type Warning, when } from "../../settings/rule";

/** EKS wants two zones, the subnet plan holds three for the price of one load balancer. */
const twoOrThreeZones: Rule<CreatedNetworkSettings> = ({
  network: { zones },
}) => [
  ...when(zones.length < 2 || zones.length > 3, () => ({
    path: "network.zones",
    given: `${zones.length} (${zones.join(", ") || "none"})`,
    allowed: "2 or 3 zone letters, such as [a, b, c]",
    fix:
      zones.length < 2
        ? "add a zone of the region: EKS and the load balancer need two"
        : "keep three of them",
  })),
  ...when(new Set(zones).size < zones.length, () => ({
    path: "network.zones",
    given: `[${zones.join(", ")}]`,
    allowed: "every zone once",
    fix: `write [${[...new Set(zones)].join(", ")}], with another zone if that is only one`,
  })),
];

/** An eighth of the VPC for each zone: a /24 at least, for EKS puts every pod on an address of the subnet. */
const vpcSize: Rule<CreatedNetworkSettings> = ({ network: { cidr } }) =>
  when(prefixLength(cidr) < 16 || prefixLength(cidr) > 21, () => ({
    path: "network.cidr",
    given: `"${cidr}"`,
    allowed: "a range from /16 (the largest of AWS) to /21",
    fix:
      prefixLength(cidr) > 21
        ? "choose a larger range: each zone gets an eighth of it, and every pod takes an address"
        : "choose a smaller range: AWS ends at /16",
  }));

const vpcIsPrivate: Rule<CreatedNetworkSettings> = ({ network: { cidr } }) =>
  when(!within([...PRIVATE_RANGES, SHARED_RANGE], cidr), () => ({
    path: "network.cidr",
    given: `"${cidr}", public addresses`,
    allowed: `a range in ${[...PRIVATE_RANGES, SHARED_RANGE].join(", ")}`,
    fix: "choose a private range: hosts with these addresses on the internet would be out of reach",
  }));

/** What EKS accepts for services. */
const serviceRange: Rule<CoreSettings> = ({ cluster: { kind, serviceCidr } }) =>
  when(
    !within(PRIVATE_RANGES, serviceCidr) ||
      prefixLength(serviceCidr) < 12 ||
      prefixLength(serviceCidr) > 24,
    () => ({
      path: "cluster.serviceCidr",
      given: `"${serviceCidr}"`,
      allowed: `a /12 to /24 in ${PRIVATE_RANGES.join(", ")}`,
      fix:
        kind === "created"
          ? "choose such a range: EKS refuses any other, and it cannot be changed later"
          : "write the range of services that the cluster has",
    }),
  );

/** A problem where two ranges share an address. */
export const apart = (
  path: string,
  range: string,
  other: string,
  otherPath: string,
): Problem[] =>
  when(overlaps(range, other), () => ({
    path,
    given: `"${range}", which overlaps ${otherPath} ${other}`,
    allowed: `a range that shares no address with ${other}`,
    fix: "choose another range for one of the two; neither can be changed once it is deployed",
  }));

const servicesApartFromVpc: Rule<CreatedNetworkSettings> = ({
  cluster,
  network,
}) =>
  apart(
    "cluster.serviceCidr",
    cluster.serviceCidr,
    network.cidr,
    "network.cidr",
  );

const apartFromNeighbours: Rule<CreatedNetworkSettings> = ({ network }) =>
  network.disjointFrom.flatMap((other, index) =>
    apart(
      "network.cidr",
      network.cidr,
      other,
      `network.disjointFrom[${index}]`,
    ),
  );

/** Pods could not reach a neighbour that has the address of a service. */
const servicesApartFromNeighbours: Rule<CreatedNetworkSettings> = ({
  cluster,
  network,
}) =>
  network.disjointFrom.flatMap((other, index) =>
    apart(
      "cluster.serviceCidr",
      cluster.serviceCidr,
      other,
      `network.disjointFrom[${index}]`,
    ),
  );

/** A new region of AWS is fine; a mistyped one would end in time-outs of host names that do not exist. */
const knownRegion: Warning<CoreSettings> = ({ region }) => {
  if (AWS_REGIONS.includes(region)) return [];
  const meant = nearest(region, AWS_REGIONS);
  return [
    `region ${region} is not one this release knows.${meant === undefined ? "" : ` Did you mean ${meant}?`}`,
  ];
};

/** Over every environment. */
export const networkRules = [serviceRange];

/** Over a VPC that is made here. */
export const createdNetworkRules = [
  twoOrThreeZones,
  vpcSize,
  vpcIsPrivate,
  servicesApartFromVpc,
  apartFromNeighbours,
  servicesApartFromNeighbours,
];
export const networkWarnings = [knownRegion];
