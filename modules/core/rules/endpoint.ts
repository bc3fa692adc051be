import {
  PRIVATE_RANGES,
  SHARED_RANGE,
  prefixLength,
  within,
} from "../../lib/ip-range";
import { type Rule, type Warning, eachOnce, when } from "../../settings/rule";
import { workspaceName } from "../state/state-location";
import { type CreatedClusterSettings } from "../kinds";
import { networkFactsOf } from "../network-facts";

/** "View and manage Amazon EKS service quotas": public endpoint access CIDR ranges per cluster. It cannot be raised. */
const MOST_PUBLIC_RANGES = 40;

/** A security group takes 60 rules; some are left for the load-balancer controller, and for EKS. */
const MOST_PRIVATE_RULES = 50;

/** Range of the VPC without that of pods. */
const firstRange = (settings: CreatedClusterSettings): string =>
  networkFactsOf(settings).vpcCidrs[0] ?? "";

/** The API is never open to everybody. */
const publicNeedsRanges: Rule<CreatedClusterSettings> = ({
  cluster: { endpoint },
}) => [
  ...when(endpoint.public && endpoint.publicCidrs.length === 0, () => ({
    path: "cluster.endpoint.publicCidrs",
    given: "no range, with public: true",
    allowed: "the ranges that may reach the Kubernetes API, never 0.0.0.0/0",
    fix: "list your offices, VPN or CI runners, such as [203.0.113.0/24], or set public: false with privateCidrs",
  })),
  ...when(!endpoint.public && endpoint.publicCidrs.length > 0, () => ({
    path: "cluster.endpoint.publicCidrs",
    given: `[${endpoint.publicCidrs.join(", ")}], with public: false`,
    allowed: "no range while the public endpoint is off",
    fix: "set cluster.endpoint.public: true, or remove the ranges",
  })),
];

/** The group that EKS makes admits nodes and pods only: whoever deploys `workloads` would wait for a time-out. */
const privateNeedsRanges: Rule<CreatedClusterSettings> = (settings) => {
  const { endpoint } = settings.cluster;
  const isClosed =
    !endpoint.public &&
    endpoint.privateCidrs.length === 0 &&
    endpoint.privateSecurityGroups.length === 0;
  return when(isClosed, () => ({
    path: "cluster.endpoint.privateCidrs",
    given: "no range, with public: false and no privateSecurityGroups",
    allowed:
      "the private ranges that may reach the Kubernetes API: without one, nobody but nodes and pods does, and stack workloads cannot be deployed",
    fix: `list the ranges of your VPN, or of the runner that deploys; [${firstRange(settings)}] stands for everything in the VPC`,
  }));
};

/** Two halves of the internet are the internet: nothing wider than a /8. */
const noOpenRanges: Rule<CreatedClusterSettings> = ({
  cluster: { endpoint },
}) =>
  endpoint.publicCidrs.flatMap((range, index) => [
    ...when(prefixLength(range) < 8, () => ({
      path: `cluster.endpoint.publicCidrs[${index}]`,
      given: `"${range}"`,
      allowed: "ranges of /8 or smaller, never 0.0.0.0/0",
      fix: "list the ranges you connect from; curl https://checkip.amazonaws.com prints your address",
    })),
    ...when(within([...PRIVATE_RANGES, SHARED_RANGE], range), () => ({
      path: `cluster.endpoint.publicCidrs[${index}]`,
      given: `"${range}", private addresses`,
      allowed: "public addresses: the endpoint sees those of your NAT or VPN",
      fix: "write it to cluster.endpoint.privateCidrs, which is for the private endpoint, and your public range here",
    })),
  ]);

const noOpenPrivateRanges: Rule<CreatedClusterSettings> = (settings) =>
  settings.cluster.endpoint.privateCidrs.flatMap((range, index) =>
    when(prefixLength(range) < 8, () => ({
      path: `cluster.endpoint.privateCidrs[${index}]`,
      given: `"${range}"`,
      allowed: "ranges of /8 or smaller, never 0.0.0.0/0",
      fix: `list the ranges of your VPN or runner; ${firstRange(settings)} stands for everything in the VPC`,
    })),
  );

/** AWS refuses a second rule for the same source, and a list that is longer than its quotas. */
const listsFitQuotas: Rule<CreatedClusterSettings> = ({
  cluster: { endpoint },
}) => {
  const { publicCidrs, privateCidrs, privateSecurityGroups } = endpoint;
  return [
    ...eachOnce("cluster.endpoint.publicCidrs", publicCidrs),
    ...eachOnce("cluster.endpoint.privateCidrs", privateCidrs),
    ...eachOnce(
      "cluster.endpoint.privateSecurityGroups",
      privateSecurityGroups,
    ),
    ...when(publicCidrs.length > MOST_PUBLIC_RANGES, () => ({
      path: "cluster.endpoint.publicCidrs",
      given: `${publicCidrs.length} ranges`,
      allowed: `at most ${MOST_PUBLIC_RANGES}, a quota of EKS that cannot be raised`,
      fix: "join neighbours to wider ranges, or connect over a VPN",
    })),
    ...when(
      privateCidrs.length + privateSecurityGroups.length > MOST_PRIVATE_RULES,
      () => ({
        path: "cluster.endpoint.privateCidrs",
        given: `${privateCidrs.length} ranges and ${privateSecurityGroups.length} security groups`,
        allowed: `${MOST_PRIVATE_RULES} together: each is a rule of the cluster's security group, which takes 60`,
        fix: "join neighbours to wider ranges",
      }),
    ),
  ];
};

/** HashiCorp publishes no ranges of hosted runs ("HCP Terraform IP Ranges" names the others), so no list can have them. */
const cloudRuns: Warning<CreatedClusterSettings> = (settings) =>
  settings.backend.kind === "cloud"
    ? [
        `Hosted runs of Terraform Cloud do not reach the Kubernetes API: their addresses are not published, and cluster.endpoint cannot list them. Run workspace ${workspaceName(settings, "workloads")} in an agent pool whose agents reach the endpoint, or with local execution; the other three need neither.`,
      ]
    : [];

/** Reported before a deploy of the workloads times out. */
const privateOnly: Warning<CreatedClusterSettings> = ({ cluster }) =>
  cluster.endpoint.public
    ? []
    : [
        `The Kubernetes API has only its private endpoint: stack workloads deploys from ${from(cluster.endpoint)} only. For a laptop elsewhere set cluster.endpoint.public with your ranges.`,
      ];

/** The private endpoint sees addresses of the VPC and of networks that are joined to it. */
const publicAddresses: Warning<CreatedClusterSettings> = ({
  cluster: { endpoint },
}) => {
  const outside = endpoint.privateCidrs.filter(
    (range) => !within([...PRIVATE_RANGES, SHARED_RANGE], range),
  );
  return outside.length === 0
    ? []
    : [
        `cluster.endpoint.privateCidrs has public addresses (${outside.join(", ")}): the private endpoint sees them only where your own network uses them inside. The address that the internet sees belongs in publicCidrs.`,
      ];
};

const from = ({
  privateCidrs,
  privateSecurityGroups,
}: CreatedClusterSettings["cluster"]["endpoint"]): string =>
  [...privateCidrs, ...privateSecurityGroups].join(", ");

export const endpointRules = [
  publicNeedsRanges,
  privateNeedsRanges,
  noOpenRanges,
  noOpenPrivateRanges,
  listsFitQuotas,
];
export const endpointWarnings = [privateOnly, publicAddresses, cloudRuns];
