import { Resolver } from "node:dns/promises";
import { type RunVariables } from "../../../modules/settings/choose";

/** Who is asked for the name servers of a domain: `DNS_SERVERS` (`192.0.2.1,192.0.2.2:5353`), else those of this machine. */
export function resolverOf({
  DNS_SERVERS = "",
}: RunVariables): (domain: string) => Promise<string[]> {
  const resolver = new Resolver({ timeout: 2500, tries: 2 });
  if (DNS_SERVERS !== "") resolver.setServers(DNS_SERVERS.split(","));
  return (domain) => resolver.resolveNs(domain);
}
