import ipaddr from "ipaddr.js";

/** Addresses that no host on the internet has (RFC 1918). */
export const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Shared address space (RFC 6598): a VPC may use it, Kubernetes services on EKS may not. */
export const SHARED_RANGE = "100.64.0.0/10";

/** True for an IPv4 range that starts at its first address: `10.40.0.0/16`, not `10.40.0.1/16` or `300.0.0.0/8`. */
export function isRange(text: string): boolean {
  return rangeAround(text) === text;
}

/** The range that an address with a prefix lies in: `10.40.0.1/16` → `10.40.0.0/16`. Undefined for anything else. */
export function rangeAround(text: string): string | undefined {
  if (!ipaddr.IPv4.isValidCIDR(text)) return undefined;
  const first = ipaddr.IPv4.networkAddressFromCIDR(text);
  return `${first.toString()}/${prefixLength(text)}`;
}

/** Length of the prefix: 16 for `10.40.0.0/16`. */
export function prefixLength(range: string): number {
  return ipaddr.IPv4.parseCIDR(range)[1];
}

/** True when two ranges share an address: the shorter prefix then matches both. */
export function overlaps(a: string, b: string): boolean {
  const [addressA, lengthA] = ipaddr.IPv4.parseCIDR(a);
  const [addressB, lengthB] = ipaddr.IPv4.parseCIDR(b);
  return addressA.match(addressB, Math.min(lengthA, lengthB));
}

/** True when `inner` lies in `outer` with every address. */
export function contains(outer: string, inner: string): boolean {
  return prefixLength(outer) <= prefixLength(inner) && overlaps(outer, inner);
}

/** True when `range` lies in one of the ranges with every address. */
export function within(ranges: readonly string[], range: string): boolean {
  return ranges.some((outer) => contains(outer, range));
}
