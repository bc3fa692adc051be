import { lt } from "semver";
import {
  PRIVATE_RANGES,
  SHARED_RANGE,
  overlaps,
  prefixLength,
  within,
} from "../../lib/ip-range";
import { type Rule, type Warning, when } from "../../settings/rule";
import { type CreatedNetworkSettings } from "../kinds";
import { apart } from "./network";

/** The first releases of the VPC CNI that give pods addresses of other subnets, and of those only ("CHANGELOG" of its repository). */
const DISCOVERS_SUBNETS = "1.18.0";
const LEAVES_SUBNETS_OUT = "1.22.1";

const size: Rule<CreatedNetworkSettings> = ({ network: { podCidr } }) =>
  podCidr === undefined
    ? []
    : when(prefixLength(podCidr) < 16 || prefixLength(podCidr) > 21, () => ({
        path: "network.podCidr",
        given: `"${podCidr}"`,
        allowed: "a range from /16 (the largest of AWS) to /21",
        fix:
          prefixLength(podCidr) > 21
            ? "choose a larger range: each zone gets an eighth of it, and every pod takes an address"
            : "choose a smaller range: AWS ends at /16",
      }));

/** Parts of the private ranges that AWS does not add to a VPC whose first range lies in the other: "VPC CIDR blocks" of its guide. */
const RESERVED: readonly (readonly [first: string, second: string])[] = [
  ["10.0.0.0/15", "10.0.0.0/16"],
  ["172.16.0.0/12", "172.31.0.0/16"],
];

/** Whether AWS adds a range to a VPC with this one. */
const isAdded = (first: string, second: string): boolean =>
  within([SHARED_RANGE], second) ||
  (PRIVATE_RANGES.some(
    (range) => within([range], first) && within([range], second),
  ) &&
    !RESERVED.some(
      ([of, reserved]) => within([of], first) && overlaps(reserved, second),
    ));

const besideFirst: Rule<CreatedNetworkSettings> = ({
  network: { cidr, podCidr },
}) =>
  podCidr === undefined
    ? []
    : when(!isAdded(cidr, podCidr), () => ({
        path: "network.podCidr",
        given: `"${podCidr}", beside network.cidr ${cidr}`,
        allowed: `a range in ${SHARED_RANGE}, or a private one that AWS adds to such a VPC: of the same of ${PRIVATE_RANGES.join(", ")}, without 10.0.0.0/16 and 172.31.0.0/16`,
        fix: "choose one in 100.64.0.0/10, such as 100.64.0.0/16",
      }));

const apartFromOthers: Rule<CreatedNetworkSettings> = ({
  cluster,
  network,
}) => {
  const { cidr, podCidr, disjointFrom } = network;
  if (podCidr === undefined) return [];
  return [
    ...apart("network.podCidr", podCidr, cidr, "network.cidr"),
    ...apart(
      "network.podCidr",
      podCidr,
      cluster.serviceCidr,
      "cluster.serviceCidr",
    ),
    ...disjointFrom.flatMap((other, index) =>
      apart(
        "network.podCidr",
        podCidr,
        other,
        `network.disjointFrom[${index}]`,
      ),
    ),
  ];
};

/** `v1.20.4-eksbuild.1` is older than 1.22.1. */
const isOlder = (addOn: string, release: string): boolean =>
  lt(addOn.replace(/^v|-.*$/g, ""), release);

const cniOf = (settings: CreatedNetworkSettings): string | undefined =>
  settings.cluster.kind === "created"
    ? settings.cluster.addOns.vpcCni
    : undefined;

const newEnoughCni: Rule<CreatedNetworkSettings> = (settings) => {
  const { network } = settings;
  const vpcCni = cniOf(settings);
  return when(
    network.podCidr !== undefined &&
      vpcCni !== undefined &&
      isOlder(vpcCni, DISCOVERS_SUBNETS),
    () => ({
      path: "cluster.addOns.vpcCni",
      given: `"${vpcCni ?? ""}", with network.podCidr`,
      allowed: `v${DISCOVERS_SUBNETS} or later: older ones do not look for subnets of pods`,
      fix: "remove it, or name a later version",
    }),
  );
};

const someInFirstRange: Warning<CreatedNetworkSettings> = (settings) => {
  const { network } = settings;
  const vpcCni = cniOf(settings);
  return network.podCidr !== undefined &&
    vpcCni !== undefined &&
    isOlder(vpcCni, LEAVES_SUBNETS_OUT)
    ? [
        `cluster.addOns.vpcCni ${vpcCni}: before v${LEAVES_SUBNETS_OUT} the VPC CNI also gives pods addresses of network.cidr, not of network.podCidr alone.`,
      ]
    : [];
};

export const podRangeRules = [size, besideFirst, apartFromOthers, newEnoughCni];
export const podRangeWarnings = [someInFirstRange];
