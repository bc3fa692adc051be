import { type Problem } from "../../lib/problem";
import { eachOnce, when } from "../../settings/rule";
import { controllersOf } from "../controllers/given";
import { publicZonesOf } from "../network-facts";
import { type CoreSettings } from "../settings/schema";

/** Default quota "Inbound or outbound rules per security group"; the controller makes a rule for each range and port. */
const MOST_RULES = 60;
/** HTTP, which only redirects, and HTTPS. */
const PORTS = 2;

/** Nobody on the internet can connect to it. */
export function schemeProblems(
  settings: CoreSettings,
  path: string,
  scheme: "internal" | "internet-facing",
): Problem[] {
  const isGiven = settings.network.kind === "existing";
  return when(
    publicZonesOf(settings).length === 0 && scheme !== "internal",
    () => ({
      path,
      given: `"${scheme}", ${isGiven ? "without network.subnets.public" : "with network.internet: false"}`,
      allowed: "internal: there is no public subnet for the load balancer",
      fix: isGiven
        ? "write internal, or add network.subnets.public in two zones or more"
        : "write internal, or network.internet: true",
    }),
  );
}

/** The controller's guide has its support for AWS WAF switched off in a VPC without internet. */
export function webAclProblems(
  settings: CoreSettings,
  path: string,
  wafAclArn: string | undefined,
): Problem[] {
  // What another's controller reaches only its owner knows.
  const isOurs = controllersOf(settings).loadBalancerController === "ours";
  return when(
    !settings.network.internet && isOurs && wafAclArn !== undefined,
    () => ({
      path,
      given: `"${wafAclArn ?? ""}", with network.internet: false`,
      allowed:
        "no web ACL: the load-balancer controller does not reach AWS WAF from there",
      fix: "remove it; after the first deployment `aws wafv2 associate-web-acl` attaches it from outside, and the controller leaves it alone",
    }),
  );
}

/** Ranges that may connect: no more than a security group takes, and each once. */
export function inboundProblems(
  section: string,
  inboundCidrs: readonly string[],
): Problem[] {
  const most = MOST_RULES / PORTS;
  return [
    ...when(inboundCidrs.length > most, () => ({
      path: `${section}.inboundCidrs`,
      given: `${inboundCidrs.length} ranges`,
      allowed: `at most ${most}: each is a rule for port 80 and one for 443, and a security group takes ${MOST_RULES} (quota "Inbound or outbound rules per security group")`,
      fix: `join neighbours to wider ranges, or put a web ACL in front: ${section}.wafAclArn`,
    })),
    ...eachOnce(`${section}.inboundCidrs`, inboundCidrs),
  ];
}
