import { dnsSuffixOf } from "../lib/aws-partition";
import { networkFactsOf } from "./network-facts";
import { type CoreSettings } from "./settings/schema";

/** The company's proxy, as everybody gets it who goes through it. */
export interface Proxy {
  /** `http://proxy.example.com:3128`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Hosts, domains that begin with a dot, and ranges that are reached without it. */
  readonly noProxy: readonly string[];
}

/** The node itself: loopback, instance metadata, Pod Identity. */
const NODE = ["localhost", "127.0.0.1", "169.254.169.254", "169.254.170.23"];

/** Names inside of a VPC, and inside of the cluster. */
const INSIDE = [".internal", ".svc", ".cluster.local"];

/** What `network.proxy` means; undefined without it. */
export function proxyOf(settings: CoreSettings): Proxy | undefined {
  const { proxy } = settings.network;
  if (proxy === undefined) return undefined;
  const { hostname, port } = new URL(proxy.url);
  const { vpcCidrs, serviceCidr } = networkFactsOf(settings);
  return {
    url: proxy.url,
    host: hostname,
    // That of http:// is written as none.
    port: port === "" ? 80 : Number(port),
    noProxy: [
      ...new Set([
        ...NODE,
        ...vpcCidrs,
        serviceCidr,
        ...INSIDE,
        ...awsHosts(settings),
        ...proxy.noProxy,
      ]),
    ],
  };
}

/** AWS inside of the VPC: the cluster's private endpoint, S3 by its gateway endpoint, and the interface endpoints. */
function awsHosts({ network, region }: CoreSettings): string[] {
  const suffix = dnsSuffixOf(region);
  // Every service that is used has an endpoint there (`endpointServices`).
  if (!network.internet)
    return [`.eks.${suffix}`, `.${region}.${suffix}`, `.${region}.api.aws`];
  // Of a VPC that exists nobody here knows which: its owner lists them in network.proxy.noProxy.
  if (network.kind === "existing") return [`.eks.${suffix}`];
  const s3 = `s3.${region}.${suffix}`;
  const special: Readonly<Record<string, string>> = {
    "ecr.api": `api.ecr.${region}.${suffix}`,
    "ecr.dkr": `.dkr.ecr.${region}.${suffix}`,
    "eks-auth": `eks-auth.${region}.api.aws`,
  };
  return [
    `.eks.${suffix}`,
    s3,
    `.${s3}`,
    ...network.interfaceEndpoints.map(
      (service) => special[service] ?? `${service}.${region}.${suffix}`,
    ),
  ];
}

/** Variables by which most programs learn of the proxy; none without it. */
export function proxyVariables(settings: CoreSettings): Record<string, string> {
  const proxy = proxyOf(settings);
  if (proxy === undefined) return {};
  return {
    HTTP_PROXY: proxy.url,
    HTTPS_PROXY: proxy.url,
    NO_PROXY: proxy.noProxy.join(","),
  };
}

/** The same, in both spellings: some programs read one of them only. */
export const proxyEnvironment = (
  settings: CoreSettings,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(proxyVariables(settings)).flatMap(([name, value]) => [
      [name, value],
      [name.toLowerCase(), value],
    ]),
  );

/** Port that who goes through the proxy has to reach, as a list; empty without it. */
export const proxyPorts = (settings: CoreSettings): number[] =>
  settings.network.proxy === undefined ? [] : [proxyOf(settings)?.port ?? 80];
