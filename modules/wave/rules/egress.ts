import { networkFactsOf } from "../../core/network-facts";
import { prefixLength, rangeAround, within } from "../../lib/ip-range";
import { type Rule, eachOnce, when } from "../../settings/rule";
import { type WaveSettings } from "../settings/schema";

/** Ports on which stores and nodes answer: with one of them, an address in the VPC could be theirs. */
const CLOSED: Readonly<Record<number, string>> = {
  53: "DNS, which builds reach anyway",
  2049: "EFS, which the nodes mount",
  5432: "PostgreSQL, which Wave reaches anyway",
  6379: "Redis, which Wave reaches anyway",
  8000: "SurrealDB, which Wave reaches anyway",
  9090: "Wave",
  10250: "the kubelet of nodes",
};

/** Largest range of addresses in the VPC that is opened. */
const SMALLEST_PREFIX = 28;

const portsOfRegistries: Rule<WaveSettings> = ({ wave: { egress } }) =>
  egress.ports.flatMap((port, index) => {
    const path = `wave.egress.ports[${index}]`;
    const what = CLOSED[port];
    if (egress.ports.indexOf(port) < index)
      return [
        {
          path,
          given: `${port}, a second time`,
          allowed: "every entry once",
          fix: "remove it",
        },
      ];
    if (port === 80 || port === 443)
      return [
        {
          path,
          given: String(port),
          allowed: "ports other than 80 and 443, which are open anyway",
          fix: "remove it",
        },
      ];
    return when(what !== undefined, () => ({
      path,
      given: `${port}, the port of ${what ?? ""}`,
      allowed: `ports other than ${Object.keys(CLOSED).join(", ")}: builds reach neither stores nor nodes`,
      fix: "remove it, and let the registry answer on another port",
    }));
  });

const cidrsInVpc: Rule<WaveSettings> = (settings) => {
  const { vpcCidrs } = networkFactsOf(settings);
  const { cidrs } = settings.wave.egress;
  return [
    ...cidrs.flatMap((cidr, index) => {
      const path = `wave.egress.cidrs[${index}]`;
      if (!within(vpcCidrs, cidr))
        return [
          {
            path,
            given: `"${cidr}", outside of the VPC (${vpcCidrs.join(", ")})`,
            allowed: "addresses inside the VPC",
            fix: "remove it: outside of the VPC builds reach every address on ports 80, 443 and wave.egress.ports",
          },
        ];
      return when(prefixLength(cidr) < SMALLEST_PREFIX, () => ({
        path,
        given: `"${cidr}", ${2 ** (32 - prefixLength(cidr))} addresses`,
        allowed: `a /${SMALLEST_PREFIX} to a /32: the addresses of a registry, and not those of nodes and stores`,
        fix: `write the addresses alone, such as ${rangeAround(cidr.replace(/\/.*/, "/32")) ?? ""}`,
      }));
    }),
    ...eachOnce("wave.egress.cidrs", cidrs),
  ];
};

export const egressRules = [portsOfRegistries, cidrsInVpc];
