import { inboundProblems } from "../../core/rules/load-balancer";
import { type WaveSettings } from "../settings/schema";
import { longestBuildSeconds, secondsOf } from "../config/timeouts";
import { releaseOf } from "../release/release";
import { type Rule, type Warning, eachOnce, when } from "../../settings/rule";
import { pairingRanges } from "../objects/ingress-routes";

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

const inboundRanges: Rule<WaveSettings> = ({ wave: { ingress } }) =>
  inboundProblems("wave.ingress", ingress.inboundCidrs);

/** Whoever reaches Wave may try its pages, and builds run what users write: the internet is let in on purpose or not at all. */
const openToTheInternet: Rule<WaveSettings> = ({ wave: { ingress } }) => {
  const { scheme, inboundCidrs, wafAclArn, acceptOpen } = ingress;
  const isOpen =
    scheme === "internet-facing" &&
    inboundCidrs.length === 0 &&
    wafAclArn === undefined;
  return when(isOpen && !acceptOpen, () => ({
    path: "wave.ingress.inboundCidrs",
    given: "no ranges and no web ACL, with scheme internet-facing",
    allowed: "inboundCidrs, wafAclArn or scheme: internal; or acceptOpen: true",
    fix: "add the ranges of Platform, of compute environments and of users to inboundCidrs; write wave.ingress.acceptOpen: true if the whole internet shall reach Wave",
  }));
};

/** Platform has few addresses; each pair of ranges is a rule of the load balancer, which takes 100. */
const MOST_PAIRING = 20;

const pairingCidrs: Rule<WaveSettings> = ({ wave: { platform } }) => {
  const path = "wave.platform.pairingCidrs";
  const ranges = platform.pairingCidrs ?? [];
  return [
    ...when(ranges.length > MOST_PAIRING, () => ({
      path,
      given: `${ranges.length} ranges`,
      allowed: `at most ${MOST_PAIRING}`,
      fix: "join neighbours to wider ranges: Platform alone belongs here, users and compute environments do not pair",
    })),
    ...when(ranges.includes("0.0.0.0/0"), () => ({
      path,
      given: '"0.0.0.0/0"',
      allowed: "the ranges that Platform comes from",
      fix: "write the addresses of Platform, such as 203.0.113.10/32: whoever pairs is sent the tokens of users",
    })),
    ...eachOnce(path, ranges),
  ];
};

/** A Wave that nobody can pair with serves anonymous requests only. */
const nobodyPairs: Warning<WaveSettings> = (settings) =>
  pairingRanges(settings)?.length === 0
    ? [
        "wave.platform.pairingCidrs is not set and the internet reaches the load balancer, so no Platform can pair with Wave: add the addresses that Platform comes from.",
      ]
    : [];

export const ingressRules = [
  loadBalancerName,
  idleCoversBuild,
  inboundRanges,
  openToTheInternet,
  pairingCidrs,
];
export const ingressWarnings = [nobodyPairs];
