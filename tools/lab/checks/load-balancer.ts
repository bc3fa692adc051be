import { clusterNameOf } from "../../../modules/core/cluster/cluster";
import { zonesOf } from "../../../modules/core/network-facts";
import { smokeTest } from "../../../modules/wave/smoke-test/checks";
import { type WaveSettings as Settings } from "../../../modules/wave/settings/schema";
import { type Aws, awsRequest } from "../aws/client";
import { xmlTexts } from "../aws/xml";
import { Balancers } from "../kube/load-balancer-controller/balancers";
import {
  type Ingress,
  hostnameOf,
} from "../kube/load-balancer-controller/ingress";
import {
  answerTo,
  listenerRules,
} from "../kube/load-balancer-controller/listener-rules";
import { type Balancer, groupOf } from "../kube/load-balancer-controller/model";
import { sleep } from "../system/process";
import { type ClusterCheck } from "./cluster-check";

/** Seconds that the controller gets for a change of an Ingress: nobody waits for it when the Ingress is not a new one. */
const PATIENCE = 20;

/** The load balancer that stands is the one of the settings, also after a change that its controller could have ignored. */
export async function checkLoadBalancer(check: ClusterCheck): Promise<void> {
  const { report, step } = check;
  await checkStranger(check);
  let problems = await problemsOf(check);
  for (let waited = 0; problems.length > 0 && waited < PATIENCE; waited += 1) {
    await sleep(1000);
    problems = await problemsOf(check);
  }
  report.check(
    `${step}: the load balancer is that of the settings, and Ingress and alias lead to it`,
    problems.length === 0,
    problems.join("; ") || undefined,
  );
}

/** An address that no settings name. */
const STRANGER = "198.51.100.200";

/** The Ingress in the cluster, as its controller makes rules of it, answers a stranger as the smoke test expects. */
async function checkStranger(check: ClusterCheck): Promise<void> {
  const { report, settings, step } = check;
  const rules = listenerRules(await ingressOf(check));
  const host = settings.wave.hostname;
  const wrong = smokeTest(settings)
    .filter(({ scheme }) => scheme === "https")
    .flatMap(({ path, byLoadBalancer }) => {
      const [bare = ""] = path.split("?");
      const answer = answerTo(rules, { host, path: bare, from: STRANGER });
      const expected = byLoadBalancer === true ? "404" : "wave";
      return answer === expected ? [] : [`${bare}: ${answer}`];
    });
  report.check(
    `${step}: the load balancer's rules close to a stranger what the smoke test asks for, and nothing else of it`,
    wrong.length === 0,
    wrong.join("; ") || undefined,
  );
}

const ingressOf = async ({ api, settings }: ClusterCheck): Promise<Ingress> =>
  (await api.call(
    "GET",
    `/apis/networking.k8s.io/v1/namespaces/${settings.wave.namespace}/ingresses/wave-ingress`,
  )) as Ingress;

async function problemsOf(check: ClusterCheck): Promise<string[]> {
  const { aws, settings, translated } = check;
  const ingress = await ingressOf(check);
  const balancers = new Balancers(aws, clusterNameOf(settings));
  const [balancer] = await balancers.ofGroup(groupOf(ingress));
  return balancer === undefined
    ? ["there is none"]
    : differencesOf(settings, balancer, {
        ingress: hostnameOf(ingress),
        // The record is made by Terraform.
        alias: translated ? undefined : await aliasOf(aws, settings),
      });
}

/** Host names that lead to the load balancer; unset: none was made. */
interface Hosts {
  readonly ingress: string | undefined;
  readonly alias: string | undefined;
}

/** What of a load balancer is otherwise than the settings have it. */
export function differencesOf(
  settings: Settings,
  balancer: Balancer,
  hosts: Hosts,
): string[] {
  const { ingress } = settings.wave;
  const pairs: Record<string, [found: unknown, wanted: unknown]> = {
    scheme: [balancer.scheme, ingress.scheme],
    zones: [balancer.subnets.length, zonesOf(settings).length],
    subnets: [givenOf(settings, balancer.subnets), subnetsOf(settings)],
    "access logs": [
      balancer.attributes["access_logs.s3.enabled"] ?? "false",
      String(ingress.accessLogs),
    ],
    "HTTP/2": [
      balancer.attributes["routing.http2.enabled"],
      String(ingress.http2),
    ],
    "web ACL": [balancer.webAcl, ingress.wafAclArn],
    "host of the Ingress": [hosts.ingress, balancer.hostname],
    "target of the alias": [
      hosts.alias ?? balancer.hostname,
      balancer.hostname,
    ],
  };
  return Object.entries(pairs)
    .filter(([, [found, wanted]]) => found !== wanted)
    .map(
      ([what, [found, wanted]]) =>
        `${what}: ${String(found)} instead of ${String(wanted)}`,
    );
}

/** Ids of the subnets that the settings give it, sorted; none where they are made here. */
function subnetsOf({ network, wave }: Settings): string {
  if (network.kind !== "existing") return "";
  const kind = wave.ingress.scheme === "internal" ? "private" : "public";
  const ids = Object.values(network.subnets[kind]).map(({ id }) => id);
  return ids.sort().join();
}

const givenOf = (settings: Settings, found: readonly string[]): string =>
  settings.network.kind === "existing" ? [...found].sort().join() : "";

/** Where the alias record leads to, without the dot at its end. */
async function aliasOf(
  aws: Aws,
  { dns, wave }: Settings,
): Promise<string | undefined> {
  if (dns.hostedZoneId === undefined || dns.existingAlias) return undefined;
  const path = `/2013-04-01/hostedzone/${dns.hostedZoneId}/rrset?name=${wave.hostname}&type=A`;
  const xml = await awsRequest(aws, "route53", { method: "GET", path });
  return (xmlTexts(xml, "DNSName")[0] ?? "no record").replace(/\.$/, "");
}
