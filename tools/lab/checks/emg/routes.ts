import {
  INGRESS_CLASS,
  SERVICES,
  WORKERS_PATH,
} from "../../../../modules/emg/names";
import { type EmgSettings } from "../../../../modules/emg/settings/schema";
import {
  type Ingress,
  annotationsOf,
  hostnameOf,
} from "../../kube/load-balancer-controller/ingress";
import {
  type Request,
  answerTo,
  listenerRules,
} from "../../kube/load-balancer-controller/listener-rules";
import { type EmgCheck, checkSame, objectsIn } from "./check";

/** An address that no settings name. */
const STRANGER = "192.0.2.200";

/** What answers requests, each as `<host><path> from <address>: <Service or status>`. */
export function expectedAnswers({
  emg,
}: EmgSettings): readonly (Request & { readonly answer: string })[] {
  const { auth, ingress } = emg;
  const isProxied = auth.mode === "oauth2-proxy";
  const { host } = emg.prefect;
  const [range = "198.51.100.1/32"] = ingress.prefectCidrs;
  const from = range.replace(/\/\d+$/, "");
  const people = isProxied ? SERVICES.login.name : SERVICES.prefect.name;
  const workers = isProxied ? SERVICES.gateway.name : people;
  const prefect = [
    ...["/", "/api/health", "/oauth2/callback", "/runs/flow-run/1"].map(
      (path) => ({ path, answer: people }),
    ),
    { path: `${WORKERS_PATH}/health`, answer: workers },
  ].map((one) => ({ ...one, host, from }));
  const isOpen = ingress.prefectCidrs.length === 0;
  return [
    ...prefect,
    ...prefect.map((one) => ({
      ...one,
      from: STRANGER,
      answer: isOpen ? one.answer : "404",
    })),
    ...(emg.api
      ? ["/", emg.api.healthPath, "/admin/login/"].map((path) => ({
          ...{ host: emg.api?.host ?? "", path, from: STRANGER },
          answer: SERVICES.api.name,
        }))
      : []),
    { host: "other.example.com", path: "/", from, answer: "404" },
  ];
}

/** What the Ingresses of one load balancer answer, as its controller makes rules of them: in the order of their group. */
export function answersOf(
  ingresses: readonly Ingress[],
  requests: readonly Request[],
): string[] {
  const rules = [...ingresses]
    .sort((a, b) => orderOf(a) - orderOf(b))
    .flatMap(listenerRules);
  return requests.map((request) => answerTo(rules, request));
}

const orderOf = (ingress: Ingress): number =>
  Number(annotationsOf(ingress).get("group.order") ?? 0);

/** The Ingresses have one load balancer, which sends each request where it belongs. */
export async function checkRoutes(check: EmgCheck): Promise<void> {
  const ingresses = await objectsIn<Ingress>(
    check,
    "apis/networking.k8s.io/v1 ingresses",
  );
  const strangers = ingresses.filter(
    ({ spec }) => spec.ingressClassName !== INGRESS_CLASS,
  );
  const hosts = new Set(ingresses.map(hostnameOf));
  check.report.check(
    `${check.step}: ${ingresses.length} Ingresses of class ${INGRESS_CLASS} have one load balancer`,
    strangers.length === 0 && hosts.size === 1 && !hosts.has(undefined),
    [...hosts].join(", "),
  );
  const expected = expectedAnswers(check.settings);
  const answers = answersOf(ingresses, expected);
  const named = (list: readonly string[]): string[] =>
    expected.map(
      ({ host, path, from }, i) => `${host}${path} from ${from}: ${list[i]}`,
    );
  checkSame(
    check,
    "requests are answered by the Service that is theirs",
    named(answers),
    named(expected.map(({ answer }) => answer)),
  );
}
