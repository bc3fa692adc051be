import { networkFactsOf } from "../../../../modules/core/network-facts";
import { APPS, EMG_LABEL, SERVICES } from "../../../../modules/emg/names";
import { type EmgSettings } from "../../../../modules/emg/settings/schema";
import { type EmgCheck, checkSame, objectsIn } from "./check";
import { type End, type NetworkPolicy, mayConnect } from "./reach";

type App = keyof typeof APPS;

/** Somebody who wants to connect, or what somebody wants to connect to. */
interface Named {
  readonly name: string;
  readonly end: End;
}

/** Labels of a pod of each program that is there, as the API server has them. */
export type LivingPods = Readonly<Partial<Record<App, Record<string, string>>>>;

/** Which of the ways between pods, load balancer, database and the world are open, as `prefect → database:5432`. */
export const expectedWays = (
  { emg }: EmgSettings,
  pods: LivingPods,
): string[] => {
  const isProxied = emg.auth.mode === "oauth2-proxy";
  const stores = ["dns:53", "database:5432"];
  const way: Readonly<Record<App, readonly string[]>> = {
    api: [...stores, "prefect:4200", "web:443"],
    tasks: [...stores, "prefect:4200", "web:443"],
    prefect: [
      ...stores,
      ...(emg.prefect.extraPipPackages.length > 0 ? ["web:443"] : []),
    ],
    login: ["dns:53", "prefect:4200", "web:443"],
    gateway: ["dns:53", "prefect:4200"],
    jobs: stores,
  };
  const balanced: readonly App[] = isProxied
    ? ["api", "login", "gateway"]
    : ["api", "prefect"];
  const there = (app: string) => app in pods;
  return [
    ...Object.entries(way)
      .filter(([app]) => there(app))
      .flatMap(([app, ports]) => ports.map((port) => `${app} → ${port}`)),
    ...balanced
      .filter(there)
      .map((app) => `load balancer → ${app}:${portOf(app)}`),
  ].sort();
};

/** The ways that policies leave open, of all that are asked for. */
export function openWays(
  settings: EmgSettings,
  pods: LivingPods,
  policies: readonly NetworkPolicy[],
): string[] {
  const ports = Object.values(SERVICES).map(({ port }) => port);
  const own = inside(settings, pods).map((one) => ({ ...one, ports }));
  const asked = [
    ...own.map((from) => ({ from, to: [...own, ...targetsOf(settings)] })),
    // What others reach elsewhere is theirs.
    ...outside(settings).map((from) => ({ from, to: own })),
  ];
  return asked
    .flatMap(({ from, to: targets }) =>
      targets
        .filter(({ name }) => name !== from.name)
        .flatMap((to) =>
          to.ports.map((port) => ({
            way: `${from.name} → ${to.name}:${port}`,
            isOpen: mayConnect(policies, {
              ...{ from: from.end, to: to.end, port },
              protocol: port === 53 ? "UDP" : "TCP",
            }),
          })),
        ),
    )
    .filter(({ isOpen }) => isOpen)
    .map(({ way }) => way)
    .sort();
}

const inside = ({ emg }: EmgSettings, pods: LivingPods): Named[] =>
  Object.entries(pods).map(([name, labels]) => ({
    name,
    end: { namespace: emg.namespace, labels, namespaceLabels: EMG_LABEL },
  }));

/** Who has no business here, and the load balancer. */
function outside(settings: EmgSettings): Named[] {
  const { privateCidrs, publicCidrs } = networkFactsOf(settings);
  const isInternal = settings.emg.ingress.scheme === "internal";
  const [range = ""] = Object.values(isInternal ? privateCidrs : publicCidrs);
  return [
    { name: "load balancer", end: { address: hostIn(range) } },
    { name: "the internet", end: { address: "203.0.113.7" } },
    {
      name: "another namespace",
      end: {
        namespace: "lab-other",
        labels: { app: APPS.login },
        namespaceLabels: EMG_LABEL,
      },
    },
  ];
}

const hostIn = (range: string): string => range.replace(/\d+\/\d+$/, "77");

const portOf = (app: App): number =>
  app in SERVICES ? SERVICES[app as keyof typeof SERVICES].port : 8000;

/** What is not in the namespace. */
function targetsOf(
  settings: EmgSettings,
): (Named & { readonly ports: readonly number[] })[] {
  const [range = ""] = Object.values(networkFactsOf(settings).privateCidrs);
  return [
    { name: "database", end: { address: hostIn(range) }, ports: [5432] },
    { name: "web", end: { address: "140.82.121.4" }, ports: [22, 80, 443] },
    { name: "node", end: { address: "169.254.169.254" }, ports: [80, 443] },
    {
      name: "dns",
      end: {
        namespace: "kube-system",
        labels: { "k8s-app": "kube-dns" },
        namespaceLabels: { "kubernetes.io/metadata.name": "kube-system" },
      },
      ports: [53],
    },
    {
      name: "another pod",
      end: {
        namespace: "lab-other",
        labels: { app: APPS.prefect },
        namespaceLabels: { "kubernetes.io/metadata.name": "lab-other" },
      },
      ports: [5432, 8080],
    },
  ];
}

/** The API server took the policies; read as Kubernetes defines them, they select the pods that exist and open what is said. */
export async function checkPolicies(check: EmgCheck): Promise<void> {
  const { settings } = check;
  const policies = await objectsIn<NetworkPolicy>(
    check,
    "apis/networking.k8s.io/v1 networkpolicies",
  );
  const pods = await livingPods(check);
  checkSame(
    check,
    `${policies.length} NetworkPolicies open these ways and no other`,
    openWays(settings, pods, policies),
    expectedWays(settings, pods),
  );
}

interface Pod {
  readonly metadata: { readonly labels?: Record<string, string> };
}

/** By program; its label names it. */
async function livingPods(check: EmgCheck): Promise<LivingPods> {
  const pods = await objectsIn<Pod>(check, "api/v1 pods");
  return Object.fromEntries(
    Object.entries(APPS).flatMap(([app, label]) => {
      const found = pods.find(({ metadata }) => metadata.labels?.app === label);
      return found?.metadata.labels ? [[app, found.metadata.labels]] : [];
    }),
  );
}
