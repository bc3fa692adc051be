import ipaddr from "ipaddr.js";

/**
 * Value of Java's `http.nonProxyHosts` ("Java Networking and Proxies"): names with a `*` at the start or end, so that a range is
 * written by its full octets: `10.40.0.0/16` → `10.40.*`, `10.60.0.0/23` → `10.60.0.*` and `10.60.1.*`.
 */
export function javaNonProxyHosts(noProxy: readonly string[]): string {
  return noProxy.flatMap(patternsOf).join("|");
}

function patternsOf(entry: string): string[] {
  if (ipaddr.IPv4.isValidCIDR(entry)) return octetsOf(entry);
  return entry.startsWith(".") ? [`*${entry}`] : [entry];
}

function octetsOf(range: string): string[] {
  const [first, length] = ipaddr.IPv4.parseCIDR(range);
  const octets = Math.max(1, Math.ceil(length / 8));
  const fixed = first.octets.slice(0, octets);
  const last = fixed.pop() ?? 0;
  return Array.from({ length: 2 ** (octets * 8 - length) }, (_, step) => {
    const name = [...fixed, last + step].join(".");
    return octets === 4 ? name : `${name}.*`;
  });
}
