import ipaddr from "ipaddr.js";

/** Ranges of one zone. */
export interface ZoneSubnets {
  /** Nodes, pods, stores: an eighth of the VPC. */
  readonly private: string;
  /** Load balancer and NAT gateway: a sixty-fourth of the VPC. */
  readonly public: string;
  /** Interface endpoints of a VPC without internet gateway: a sixty-fourth of the VPC. */
  readonly endpoints: string;
}

/**
 * Divides a VPC range among zones, by letter and not by position: adding or removing a zone moves no other subnet.
 * Eighths 0 to 5 are the private subnets of zones a to f; eighth 6 holds the public ones, eighth 7 those of endpoints.
 */
export function subnetsOf(
  vpcCidr: string,
  zones: readonly string[],
): Readonly<Record<string, ZoneSubnets>> {
  return Object.fromEntries(
    zones.map((zone) => {
      const slot = zone.charCodeAt(0) - "a".charCodeAt(0);
      return [
        zone,
        {
          private: part(vpcCidr, 3, slot),
          public: part(vpcCidr, 6, 6 * 8 + slot),
          endpoints: part(vpcCidr, 6, 7 * 8 + slot),
        },
      ];
    }),
  );
}

/** Divides a range for pods among zones in the same way: eighths 0 to 5 for zones a to f. */
export const podSubnetsOf = (
  podCidr: string,
  zones: readonly string[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(subnetsOf(podCidr, zones)).map(([zone, ranges]) => [
      zone,
      ranges.private,
    ]),
  );

/** The `index`-th of the 2^`newBits` equal parts of a range, as Terraform's `cidrsubnet` counts them. */
function part(range: string, newBits: number, index: number): string {
  const [address, prefix] = ipaddr.IPv4.parseCIDR(range);
  const [a = 0, b = 0, c = 0, d = 0] = address.octets;
  const base = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  const start = base + index * 2 ** (32 - prefix - newBits);
  const octets = [24, 16, 8, 0].map(
    (shift) => Math.floor(start / 2 ** shift) % 256,
  );
  return `${octets.join(".")}/${prefix + newBits}`;
}
