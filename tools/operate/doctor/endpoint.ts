import { DescribeClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import ipaddr from "ipaddr.js";
import { clusterNameOf } from "../../../modules/core/cluster/cluster";
import { isCreatedCluster } from "../../../modules/core/kinds";
import { errorName, sentenceOf } from "../aws/errors";
import { askCluster } from "../kubernetes/cluster";
import { type Check, type Finding, NotAsked } from "./check";
import { type Examined } from "./examined";

/** Where AWS tells an address how the internet sees it. */
const ECHO = "https://checkip.amazonaws.com";

/** The runner reaches the Kubernetes API: by its address before there is a cluster, by a connection afterwards. */
export const endpointChecks = (examined: Examined): Check[] => [
  { about: "runner → Kubernetes API", ask: () => reach(examined) },
];

async function reach(examined: Examined): Promise<Finding[]> {
  const { aws, settings } = examined;
  const name = clusterNameOf(settings);
  const cluster = await aws
    .client(EKSClient)
    .send(new DescribeClusterCommand({ name }))
    .then((answer) => answer.cluster)
    .catch((error: unknown) => {
      if (errorName(error) === "ResourceNotFoundException") return undefined;
      throw error;
    });
  if (cluster?.endpoint === undefined) return beforeCluster(examined);
  const ca = cluster.certificateAuthority?.data ?? "";
  try {
    await askCluster(
      {
        name,
        endpoint: cluster.endpoint,
        certificateAuthority: Buffer.from(ca, "base64").toString(),
        token: "",
      },
      "/version",
      { timeoutMs: 8000 },
    );
    return [];
  } catch (error) {
    return [
      {
        path: "cluster.endpoint",
        found: `${cluster.endpoint} does not answer from here: ${sentenceOf(error)}${await whyNot(examined)}`,
        fix: wayIn(examined),
        severity: "stops",
      },
    ];
  }
}

/** Where the endpoint will be public, this machine has to be in its ranges; into a private one nobody can look yet. */
async function beforeCluster(examined: Examined): Promise<Finding[]> {
  const { settings } = examined;
  if (!isCreatedCluster(settings)) return [];
  const { endpoint } = settings.cluster;
  if (!endpoint.public)
    throw new NotAsked(
      "there is no cluster yet, and its endpoint will be private: deploy from a place that reaches the VPC",
    );
  const address = await addressOf(examined);
  if (address === undefined)
    throw new NotAsked(
      `there is no cluster yet, and ${ECHO} does not say which address this machine has: RUNNER_ADDRESS names it`,
    );
  return isAdmitted(address, endpoint.publicCidrs)
    ? []
    : [
        {
          path: "cluster.endpoint.publicCidrs",
          found: `${endpoint.publicCidrs.join(", ")}, and this machine comes from ${address}: workloads could not be deployed from here`,
          fix: `add ${address}/32, or deploy from a place that is admitted (RUNNER_ADDRESS names its address)`,
          severity: "stops",
        },
      ];
}

async function whyNot(examined: Examined): Promise<string> {
  const { settings } = examined;
  if (!isCreatedCluster(settings)) return "";
  const { endpoint } = settings.cluster;
  if (!endpoint.public) return "; it is private";
  const address = await addressOf(examined);
  if (address === undefined) return "";
  return isAdmitted(address, endpoint.publicCidrs)
    ? `; cluster.endpoint.publicCidrs admits ${address}`
    : `; cluster.endpoint.publicCidrs does not admit ${address}`;
}

const wayIn = ({ settings: { cluster } }: Examined): string =>
  cluster.kind === "created" && cluster.endpoint.public
    ? "add the address of this machine to cluster.endpoint.publicCidrs and deploy network, or run from a place that is admitted; behind a proxy look at NO_PROXY"
    : "run from a place that reaches the VPC, and that cluster.endpoint.privateCidrs or privateSecurityGroups admits";

async function addressOf({ variables }: Examined): Promise<string | undefined> {
  const given = variables.RUNNER_ADDRESS;
  if (given) return given;
  const answer = await fetch(ECHO, { signal: AbortSignal.timeout(4000) })
    .then((response) => response.text())
    .catch(() => "");
  const address = answer.trim();
  return ipaddr.isValid(address) ? address : undefined;
}

const isAdmitted = (address: string, cidrs: readonly string[]): boolean =>
  cidrs.some((cidr) => {
    const [one, range] = [ipaddr.parse(address), ipaddr.parseCIDR(cidr)];
    return one.kind() === range[0].kind() && one.match(range);
  });
