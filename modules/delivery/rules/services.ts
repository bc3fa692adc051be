import { type Problem } from "../../lib/problem";
import { type Rule, eachOnce, when } from "../../settings/rule";
import { ownNamespaces, servicesNamespaces } from "../facts";
import { repositoryNameOf, serviceNamespaces } from "../names";
import {
  type DeliverySettings,
  type ServiceSettings as Service,
} from "../settings/schema";
import { missing } from "./stores";

type DeliveryRule = Rule<DeliverySettings>;

const PATH = "delivery.services";

/** A rule over each service. */
const each =
  (
    rule: (
      service: Service,
      path: string,
      settings: DeliverySettings,
    ) => Problem[],
  ): DeliveryRule =>
  (settings) =>
    settings.delivery.services.flatMap((service, index) =>
      rule(service, `${PATH}[${index}]`, settings),
    );

const once: DeliveryRule = ({ delivery: { services } }) => [
  ...eachOnce(
    PATH,
    services.map(({ name }) => name),
    ".name",
  ),
  ...eachOnce(PATH, services.map(repositoryNameOf), ".repository"),
  ...eachOnce(
    PATH,
    services.map(({ role }) => role?.physicalName),
    ".role.physicalName",
  ),
];

/** Namespaces of Kubernetes, and one that everything lands in by mistake. */
const RESERVED = /^(kube-.*|default)$/;

const namespaces: DeliveryRule = (settings) => {
  const all = [...ownNamespaces(settings), ...servicesNamespaces(settings)];
  return servicesNamespaces(settings).flatMap(({ path, name }) => {
    const first = all.find((other) => other.name === name);
    return when(RESERVED.test(name) || first?.path !== path, () => ({
      path,
      given: `"${name}"${RESERVED.test(name) ? "" : `, the namespace of ${first?.path ?? ""} too`}`,
      allowed: "a namespace of its own, not default or kube-…",
      fix: "write another one, such as the service's name and -default",
    }));
  });
};

/** "CreateRepository" of ECR. */
const ECR_NAME = /^(?=.{2,256}$)[a-z0-9]+([._-][a-z0-9]+)*$/;

const repositoryName = each((service, path) =>
  when(!ECR_NAME.test(repositoryNameOf(service)), () => ({
    path: `${path}.repository`,
    given: `"${service.repository}"`,
    allowed:
      "a name that ECR takes too: 2 or more of lower case and digits, with . _ or - between them",
    fix: "rename the repository on GitHub, which redirects from the old name",
  })),
);

const subjects = each(({ namespaces: own, role }, path, settings) => {
  if (role === undefined) return [];
  if (role.subjects === "namespaces")
    return when(own.length === 0, () => ({
      path: `${path}.role`,
      given: "a role for the accounts of namespaces, of which there are none",
      allowed: "a role for somebody",
      fix: `add ${path}.namespaces, or subjects: {namespacePattern: …}`,
    }));
  const { namespacePattern } = role.subjects;
  const begins = namespacePattern.slice(0, -1);
  const others = [
    ...["kube-system", "kube-public", "kube-node-lease", "default"].map(
      (name) => ({ path: "Kubernetes", name }),
    ),
    ...ownNamespaces(settings),
    ...servicesNamespaces(settings).filter(
      (one) => !one.path.startsWith(`${path}.`),
    ),
  ];
  return [
    ...patternProblems(`${path}.role`, namespacePattern, others),
    ...own.flatMap((name, index) =>
      when(!name.startsWith(begins), () => ({
        path: `${path}.namespaces[${index}]`,
        given: `"${name}", which role.subjects.namespacePattern ${namespacePattern} does not match`,
        allowed: `namespaces that begin with ${begins}: pods of others do not get the role`,
        fix: "rename it, or change the pattern",
      })),
    ),
  ];
});

/** Namespaces that a pattern must not match: whoever may start pods there would have the role. */
export const patternProblems = (
  rolePath: string,
  pattern: string,
  others: readonly { readonly path: string; readonly name: string }[],
): Problem[] =>
  others
    .filter(({ name }) => name.startsWith(pattern.slice(0, -1)))
    .slice(0, 1)
    .map(({ path, name }) => ({
      path: `${rolePath}.subjects.namespacePattern`,
      given: `"${pattern}", which matches ${name} of ${path}`,
      allowed: "a pattern that matches namespaces of this service only",
      fix: "write a longer beginning, such as the service's name",
    }));

const workflows = each(({ ci, repositoryId }, path, { delivery }) => {
  const { organizationId } = delivery.github;
  return [
    ...when(
      ci !== undefined && ci.branches.length + ci.environments.length === 0,
      () => ({
        path: `${path}.ci`,
        given: "neither branches nor environments",
        allowed: "one of them: a role that no workflow may take does nothing",
        fix: "add branches: [main], or remove ci",
      }),
    ),
    ...when(repositoryId !== undefined && organizationId === undefined, () => ({
      path: `${path}.repositoryId`,
      given: `"${repositoryId ?? ""}", without delivery.github.organizationId`,
      allowed: "both, or none: tokens of GitHub name both",
      fix: "add delivery.github.organizationId, or remove it",
    })),
    ...when(
      ci !== undefined &&
        repositoryId === undefined &&
        organizationId !== undefined,
      () => ({
        path: `${path}.repositoryId`,
        given: "nothing, with delivery.github.organizationId",
        allowed: "both, or none: tokens of GitHub name both",
        fix: "add it: gh api repos/<organization>/<repository> --jq .id",
      }),
    ),
  ];
});

const portForward: DeliveryRule = (settings) => {
  const known = serviceNamespaces(settings);
  return (settings.delivery.portForward?.namespaces ?? []).flatMap(
    (name, index) =>
      known.includes(name)
        ? []
        : [
            missing(
              `delivery.portForward.namespaces[${index}]`,
              name,
              known,
              `${PATH}[].namespaces`,
            ),
          ],
  );
};

/** Keys that are written here, and names of what no ConfigMap holds. */
const OF_ACCOUNT = [
  "domainName",
  "region",
  "accountId",
  "publicFacing",
  "ingressClassName",
  "acmCertificate",
  "selfSignedCertificate",
];

const accountConfig: DeliveryRule = ({ delivery: { accountConfig: given } }) =>
  Object.keys(given).flatMap((key) => {
    const isSecret = /key|token|secret|password/i.test(key);
    return when(isSecret || OF_ACCOUNT.includes(key), () => ({
      path: `delivery.accountConfig.${key}`,
      given: isSecret ? "the name of a secret" : "a name that is written here",
      allowed: `no secrets, and none of ${OF_ACCOUNT.join(", ")}`,
      fix: isSecret
        ? "remove it: charts take secrets from Secrets of Kubernetes"
        : "remove it, or choose another name",
    }));
  });

export const serviceRules = [
  once,
  namespaces,
  repositoryName,
  subjects,
  workflows,
  portForward,
  accountConfig,
];
