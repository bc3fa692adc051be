import {
  DEPLOY_ACCOUNT,
  FLUX_NAMESPACE,
  POD_ACCOUNT,
  RELEASES_ACCOUNT,
  serviceNamespaces,
} from "../../../../modules/delivery/names";
import { type DeliverySettings } from "../../../../modules/delivery/settings/schema";
import {
  type Answered,
  type Question,
  accountOf,
  wrongAnswers,
} from "../review";
import { type DeliveryCheck } from "./check";

/** Verbs on kinds, `get|list secrets|configmaps`, each with each. `name` after a colon: of that object. */
const each = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => {
    const [verbs = "", kinds = ""] = text.split(" ");
    return verbs
      .split("|")
      .flatMap((verb) => kinds.split("|").map((kind) => `${verb} ${kind}`));
  });

/** Kinds of Flux by their group. */
const KINDS = {
  source: ["gitrepositories", "helmcharts"],
  kustomize: ["kustomizations"],
  helm: ["helmreleases"],
};

/** Verbs on the kinds of groups of Flux, or on a part of them. */
const kinds = (
  verbs: string,
  groups: readonly (keyof typeof KINDS)[],
  part = "",
): string[] =>
  groups.flatMap((group) =>
    KINDS[group].flatMap((kind) =>
      each([`${verbs} ${kind}.${group}.toolkit.fluxcd.io${part}`]),
    ),
  );

const WRITE = "get|list|watch|create|update|patch|delete";

const impersonates = (account: string): string =>
  `impersonate serviceaccounts:${account}`;

const READ = "get|list|watch";
const ALL = ["source", "kustomize", "helm"] as const;

/** What a controller may do everywhere with objects of its own; Secrets are not among it. */
const keeps = (group: keyof typeof KINDS): string[] => [
  ...kinds(`${READ}|update|patch`, [group]),
  ...kinds("patch", [group], "/status"),
  "create events",
];

/** What who applies sees everywhere besides. */
const SEES = [...kinds(READ, ["source"]), ...each([`${READ} serviceaccounts`])];

/** In all namespaces, by controller. */
const EVERYWHERE = {
  "source-controller": keeps("source"),
  "kustomize-controller": [...keeps("kustomize"), ...SEES],
  "helm-controller": [
    ...[...keeps("helm"), ...SEES],
    ...each([`${WRITE} helmcharts.source.toolkit.fluxcd.io`]),
  ],
};

/** ClusterRole `admin` of Kubernetes, as far as it is asked. */
const ADMIN = each([
  `${WRITE} secrets|configmaps|serviceaccounts|pods`,
  "create|delete deployments.apps|ingresses.networking.k8s.io|networkpolicies.networking.k8s.io|leases.coordination.k8s.io",
  "create roles.rbac.authorization.k8s.io|rolebindings.rbac.authorization.k8s.io",
  "create serviceaccounts/token|pods/exec|pods/portforward|events",
  "impersonate serviceaccounts",
  ...[DEPLOY_ACCOUNT, RELEASES_ACCOUNT, POD_ACCOUNT].map(impersonates),
  "list|watch namespaces",
]);

/** What nobody of them may do anywhere. */
const NOBODY = each([
  "create|update|delete namespaces",
  "update|delete resourcequotas|limitranges",
  "create clusterroles.rbac.authorization.k8s.io|clusterrolebindings.rbac.authorization.k8s.io",
  "create customresourcedefinitions.apiextensions.k8s.io",
  "create validatingwebhookconfigurations.admissionregistration.k8s.io",
  "impersonate users|groups",
  "list nodes|persistentvolumes",
]);

/** Everything that everybody is asked in every namespace. */
const ASKED = [
  ...new Set([
    ...kinds(WRITE, ALL),
    ...Object.values(EVERYWHERE).flat(),
    ...[...ADMIN, ...NOBODY],
  ]),
];

/** An account, and what of it it may do in a namespace; all else that is asked it may not. */
interface Asker extends Pick<Question, "user" | "groups"> {
  readonly name: string;
  readonly may: (namespace: string) => readonly string[];
}

/** What each account of Flux may do with `scope: namespaces`, and so may who belongs to a service. */
export function askersOf(settings: DeliverySettings): Asker[] {
  const services = serviceNamespaces(settings);
  const [first = ""] = services;
  const at = (place: readonly string[], may: readonly string[]) => {
    const all = each(may);
    return (namespace: string) => (place.includes(namespace) ? all : []);
  };
  const flux = (name: string, ...may: Asker["may"][]): Asker => ({
    ...{ ...accountOf(FLUX_NAMESPACE, name), name },
    may: (namespace) => may.flatMap((one) => one(namespace)),
  });
  const own = [FLUX_NAMESPACE];
  const controller = (
    name: keyof typeof EVERYWHERE,
    ...may: Asker["may"][]
  ): Asker =>
    flux(
      name,
      () => EVERYWHERE[name],
      at([...own, ...services], ["get secrets|configmaps"]),
      at(own, ["create leases.coordination.k8s.io"]),
      ...may,
    );
  const deploys = at(services, [impersonates(DEPLOY_ACCOUNT)]);
  const { group = "port-forward", namespaces = [] } =
    settings.delivery.portForward ?? {};
  return [
    controller("source-controller"),
    controller(
      "kustomize-controller",
      at(own, [impersonates(RELEASES_ACCOUNT)]),
      deploys,
    ),
    controller("helm-controller", deploys),
    flux(RELEASES_ACCOUNT, (namespace) =>
      services.includes(namespace)
        ? [...kinds(WRITE, ALL), ...each([`${WRITE} configmaps`])]
        : // Whether something that it made is still there.
          kinds("get", ALL),
    ),
    {
      ...accountOf(first, DEPLOY_ACCOUNT),
      name: DEPLOY_ACCOUNT,
      may: (namespace) => (namespace === first ? ADMIN : []),
    },
    ...[POD_ACCOUNT, "default"].map((name) => ({
      ...{ ...accountOf(first, name), name, may: () => [] },
    })),
    {
      name: `group ${group}`,
      user: "lab",
      groups: ["system:authenticated", group],
      may: at(namespaces, ["get|list pods", "create pods/portforward"]),
    },
  ];
}

/** Every question of the table, with its answer. */
export const questionsOf = (settings: DeliverySettings): Answered[] =>
  askersOf(settings).flatMap(({ may, ...asker }) =>
    [
      ...[FLUX_NAMESPACE, ...serviceNamespaces(settings)],
      ...["wave", "kube-system", "default", ""],
    ].flatMap((namespace) => {
      const allowed = new Set(may(namespace));
      return ASKED.map((text) => {
        const [verb = "", resource = ""] = text.split(" ");
        return {
          ...{ ...asker, verb, resource, namespace },
          allowed: allowed.has(text),
        };
      });
    }),
  );

/** `kubectl auth can-i`, for every account, in every kind of namespace and both ways. */
export async function checkFluxRights({
  api,
  settings,
  report,
  step,
}: DeliveryCheck): Promise<void> {
  const questions = questionsOf(settings);
  const wrong = await wrongAnswers(api, questions);
  const yes = questions.filter(({ allowed }) => allowed).length;
  report.check(
    `${step}: ${yes} rights of the accounts of Flux and of services, and ${questions.length - yes} that they do not have`,
    wrong.length === 0,
    wrong.join("; ") || undefined,
  );
}
