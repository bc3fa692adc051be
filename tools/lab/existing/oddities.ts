import { type Aws, iamCall, restCall } from "../aws/client";
import { STATUS_TAG } from "../aws/services/eks/clusters";
import { type ForeignIds } from "./foreign";

/** A cluster that no settings file should name, beside the one of somebody else. */
export interface OddCluster {
  readonly name: string;
  /** What of it is odd, as `CreateCluster` takes it. */
  readonly change: object;
  /** Audiences of its OIDC provider; without any it has none. */
  readonly audiences: readonly string[];
}

/** Nothing of it is as the settings need it. */
export const ODD: OddCluster = {
  name: "odd",
  change: {
    version: "1.33",
    kubernetesNetworkConfig: { ipFamily: "ipv6" },
    accessConfig: { authenticationMode: "CONFIG_MAP" },
    computeConfig: { enabled: true, nodePools: ["general-purpose"] },
    tags: { [STATUS_TAG]: "UPDATING" },
  },
  audiences: ["sts.amazonaws.com"],
};

/** The right one, in which the deployer has no access entry, and whose tokens IAM knows for another audience. */
export const CLOSED: OddCluster = {
  name: "closed",
  change: {},
  audiences: ["sts.amazonaws.com.cn"],
};

/** The right one, whose tokens IAM does not know at all. */
export const NAMELESS: OddCluster = {
  name: "nameless",
  change: {},
  audiences: [],
};

/** Makes one in the subnets of the other, with all that is not odd like it. */
export async function makeOdd(
  aws: Aws,
  { name, change, audiences }: OddCluster,
  like: { readonly name: string; readonly ids: ForeignIds },
): Promise<void> {
  const { cluster } = await describe(aws, like.name);
  await restCall(aws, "eks", "POST", "/clusters", {
    roleArn: cluster.roleArn,
    version: cluster.version,
    resourcesVpcConfig: { subnetIds: Object.values(like.ids.private) },
    kubernetesNetworkConfig: {
      serviceIpv4Cidr: cluster.kubernetesNetworkConfig.serviceIpv4Cidr,
    },
    accessConfig: {
      authenticationMode: "API",
      bootstrapClusterCreatorAdminPermissions: false,
    },
    ...change,
    name,
  });
  if (audiences.length === 0) return;
  const odd = await describe(aws, name);
  await iamCall(aws, "CreateOpenIDConnectProvider", {
    Url: odd.cluster.identity.oidc.issuer,
    "ThumbprintList.member.1": "9e99a48a9960b14926bb7f3b02e22da2b0ab7280",
    ...Object.fromEntries(
      audiences.map((one, i) => [`ClientIDList.member.${i + 1}`, one]),
    ),
  });
}

/** Takes it away again, with its OIDC provider. */
export async function endOdd(
  aws: Aws,
  { name, audiences }: OddCluster,
): Promise<void> {
  const { cluster } = await describe(aws, name);
  const host = cluster.identity.oidc.issuer.replace("https://", "");
  if (audiences.length > 0)
    await iamCall(aws, "DeleteOpenIDConnectProvider", {
      OpenIDConnectProviderArn: `arn:aws:iam::${aws.accountId}:oidc-provider/${host}`,
    });
  await restCall(aws, "eks", "DELETE", `/clusters/${name}`);
}

interface Described {
  readonly cluster: {
    readonly roleArn: string;
    readonly version: string;
    readonly kubernetesNetworkConfig: { readonly serviceIpv4Cidr: string };
    readonly identity: { readonly oidc: { readonly issuer: string } };
  };
}

const describe = async (aws: Aws, name: string): Promise<Described> =>
  (await restCall(aws, "eks", "GET", `/clusters/${name}`)) as Described;
