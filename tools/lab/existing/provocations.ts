import { type Patch } from "../settings";
import { type ForeignIds, type ForeignInput } from "./foreign";
import { CLOSED, NAMELESS, ODD } from "./oddities";

/** Settings that say of the VPC or the cluster what is not so, and what Terraform answers before anything is made. */
export interface Provocation {
  readonly name: string;
  /** Written over the settings that are right. */
  readonly patch: Patch;
  /** Parts of the messages: each is expected. */
  readonly expected: readonly RegExp[];
  /** Whether it is worth a warning only. @default false */
  readonly warning?: boolean;
}

/** Which of the messages a text lacks, as one line; undefined when it has them all. */
export function missingFrom(
  text: string,
  { expected }: Pick<Provocation, "expected">,
): string | undefined {
  const missing = expected.filter((message) => !message.test(text));
  return missing.length === 0
    ? undefined
    : `nothing says ${missing.map(String).join(" or ")}`;
}

/** Half of a range, from its start. */
const halfOf = (cidr: string): string => {
  const [address = "", length] = cidr.split("/");
  return `${address}/${Number(length) + 1}`;
};

/** Each condition of `network` on what exists fails once. */
export const provocations = (
  input: ForeignInput,
  ids: ForeignIds,
): Provocation[] => [
  unknown,
  otherVpc(ids),
  otherLiterals(input, ids),
  oddCluster,
  closedCluster,
  {
    name: "no OIDC provider",
    patch: { cluster: { name: NAMELESS.name } },
    expected: [/cluster-oidc-provider/],
  },
  poorSubnets(ids),
];

const unknown: Provocation = {
  name: "a VPC and a cluster that nobody has",
  patch: {
    network: { vpcId: "vpc-0123456789abcdef0" },
    cluster: { name: "nobody" },
  },
  expected: [/network-vpc-id/, /cluster-name/],
};

const otherVpc = ({ odd }: ForeignIds): Provocation => ({
  name: "another VPC",
  patch: { network: { vpcId: odd.vpcId } },
  expected: [
    /attribute enableDnsSupport is off/,
    /attribute enableDnsHostnames is off/,
    /network\.subnets\.private\.a\.id is subnet-\w+, a subnet of vpc-/,
    /network\.subnets\.public\.a\.id is subnet-\w+, a subnet of vpc-/,
    /cluster\.name is [\w-]+, a cluster of vpc-/,
    /cluster\.clientSecurityGroupIds\[0\] is sg-\w+, a group of vpc-/,
  ],
});

/** The public subnets change their letters. */
function otherLiterals(input: ForeignInput, ids: ForeignIds): Provocation {
  const [one = "", other = ""] = Object.keys(input.public);
  const swapped = (from: string) => ({
    id: ids.public[from] ?? "",
    cidr: input.public[from] ?? "",
  });
  return {
    name: "literals that differ",
    patch: {
      network: {
        cidrs: [...input.vpc_cidrs, "10.254.0.0/16"],
        subnets: {
          private: { a: { cidr: halfOf(input.private.a ?? "") } },
          public: { [one]: swapped(other), [other]: swapped(one) },
        },
      },
      cluster: { version: "1.34", serviceCidr: "192.168.0.0/16" },
    },
    expected: [
      /network\.cidrs\[\d\] is 10\.254\.0\.0\/16/,
      /network\.subnets\.private\.a\.cidr is /,
      /network\.subnets\.public\.\w\.id is subnet-\w+, which lies in /,
      /cluster\.version is 1\.34/,
      /cluster\.serviceCidr is 192\.168\.0\.0\/16/,
    ],
  };
}

const oddCluster: Provocation = {
  name: "a cluster that is otherwise",
  patch: { cluster: { name: ODD.name } },
  expected: [
    /that cluster is UPDATING/,
    /runs 1\.33/,
    /addresses of ipv6/,
    /authentication mode is CONFIG_MAP/,
    /is a cluster of EKS Auto Mode/,
    /nodeSelectors\.build may choose nodes of EKS Auto Mode/,
  ],
};

const closedCluster: Provocation = {
  name: "a cluster without an entry of the deployer",
  patch: { cluster: { name: CLOSED.name } },
  expected: [
    /access-deployer-needs-an-access-entry/,
    /has the audiences sts\.amazonaws\.com\.cn/,
  ],
};

const poorSubnets = ({ odd }: ForeignIds): Provocation => ({
  name: "subnets that are small, full or closed",
  warning: true,
  patch: {
    network: {
      subnets: { private: { a: odd.small }, public: { a: odd.full } },
    },
  },
  expected: [
    /network\.subnets\.private\.a\.id is subnet-\w+, which has \d+ free addresses: at least 64/,
    /network\.subnets\.private\.a\.id is subnet-\w+, which gives a public address/,
    /network\.subnets\.public\.a\.id is subnet-\w+, which has \d+ free addresses: at least 8/,
    /has no route to 0\.0\.0\.0\/0/,
  ],
});
