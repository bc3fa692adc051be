import { type WaveSettings } from "../settings/schema";
import { longestBuildSeconds, secondsOf } from "../config/timeouts";
import { releaseOf } from "../release/release";
import { type Rule, eachOnce, when } from "../../settings/rule";

/** What an Application Load Balancer takes. */
const LONGEST_NAME = 32;
const LONGEST_IDLE_SECONDS = 4000;
/** Seconds the load balancer waits longer than the longest build. */
const IDLE_MARGIN_SECONDS = 10;

/** The default is cut to the limit, so only a name of the operator's can be wrong. */
const loadBalancerName: Rule<WaveSettings> = ({ wave: { ingress } }) => {
  const name = ingress.loadBalancerName ?? "";
  return [
    ...when(name.length > LONGEST_NAME, () => ({
      path: "wave.ingress.loadBalancerName",
      given: `"${name}", ${name.length} characters`,
      allowed: `at most ${LONGEST_NAME} characters`,
      fix: "write a shorter name that is unique in the account and region",
    })),
    ...when(name.startsWith("internal-"), () => ({
      path: "wave.ingress.loadBalancerName",
      given: `"${name}"`,
      allowed: "a name that does not start with internal-",
      fix: "write another name: AWS keeps this beginning for itself",
    })),
  ];
};

/** Wave holds a pull open until the build ends. */
const idleCoversBuild: Rule<WaveSettings> = (settings) => {
  const { wave } = settings;
  const { build, ingress, version } = wave;
  const release = releaseOf(version);
  const seconds = longestBuildSeconds({ wave, release });
  const key = seconds > secondsOf(build.timeout) ? "trustedTimeout" : "timeout";
  const idle = ingress.idleTimeoutSeconds;
  if (idle !== undefined)
    return when(idle < seconds, () => ({
      path: "wave.ingress.idleTimeoutSeconds",
      given: `${idle}, below wave.build.${key} ${build[key]} (${seconds} s)`,
      allowed: `${seconds} to ${LONGEST_IDLE_SECONDS}`,
      fix: "raise it, lower the build timeout, or remove the key: the default is the build timeout and 10 s",
    }));
  return when(seconds + IDLE_MARGIN_SECONDS > LONGEST_IDLE_SECONDS, () => ({
    path: `wave.build.${key}`,
    given: `"${build[key]}" (${seconds} s)`,
    allowed: `at most ${LONGEST_IDLE_SECONDS - IDLE_MARGIN_SECONDS} s`,
    fix: `lower it: a load balancer waits ${LONGEST_IDLE_SECONDS} s at most, and Wave holds a pull until the build ends`,
  }));
};

/** Default quota "Inbound or outbound rules per security group"; the controller makes a rule for each range and port. */
const MOST_RULES = 60;
/** HTTP, which only redirects, and HTTPS. */
const PORTS = 2;

const inboundRanges: Rule<WaveSettings> = ({ wave: { ingress } }) => {
  const { inboundCidrs } = ingress;
  const most = MOST_RULES / PORTS;
  return [
    ...when(inboundCidrs.length > most, () => ({
      path: "wave.ingress.inboundCidrs",
      given: `${inboundCidrs.length} ranges`,
      allowed: `at most ${most}: each is a rule for port 80 and one for 443, and a security group takes ${MOST_RULES} (quota "Inbound or outbound rules per security group")`,
      fix: "join neighbours to wider ranges, or put a web ACL in front: wave.ingress.wafAclArn",
    })),
    ...eachOnce("wave.ingress.inboundCidrs", inboundCidrs),
  ];
};

export const ingressRules = [loadBalancerName, idleCoversBuild, inboundRanges];
