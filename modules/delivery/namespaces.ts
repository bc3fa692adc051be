import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { DefaultServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/default-service-account-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import {
  RoleV1,
  type RoleV1Rule,
} from "@cdktf/provider-kubernetes/lib/role-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { type Construct } from "constructs";
import { stringify } from "yaml";
import { ROLE_ANNOTATION } from "../aws/iam/role-trust";
import {
  REGISTRY_LOGINS,
  type RegistryLogin,
  createPullSecret,
} from "../core/registries";
import { type Dependencies, createAll } from "../kubernetes/create-all";
import { namespaceOf } from "../kubernetes/namespace";
import { roleBindingOf } from "../kubernetes/role-binding";
import { escapeTemplate } from "../lib/terraform-escape";
import {
  ACCOUNT_CONFIG,
  DELIVERY_LABEL,
  POD_ACCOUNT,
  ingressClassOf,
  labelsOf,
} from "./names";
import { networkPolicies } from "./network-policies";
import { type DeliverySettings, type ServiceSettings } from "./settings/schema";

/** What the namespaces of services are made of. */
export interface NamespacesInputs {
  readonly settings: DeliverySettings;
  /** Role of the pods of each service that has one. */
  readonly roleArns: Readonly<Record<string, string>>;
  /** Certificate of the domain; undefined where ACM has none. */
  readonly certificateArn: string | undefined;
  readonly registryLogins: readonly RegistryLogin[];
  /** What pods and Ingresses need to their end: permissions of roles, and the class. */
  readonly dependsOn: Dependencies;
}

/** Creates the namespaces of all services, each with what stands in it before the first release. */
export const createNamespaces = (
  scope: Construct,
  inputs: NamespacesInputs,
): Dependencies =>
  inputs.settings.delivery.services.flatMap((service) =>
    service.namespaces.flatMap((name) =>
      createNamespace(scope, inputs, service, name),
    ),
  );

function createNamespace(
  scope: Construct,
  inputs: NamespacesInputs,
  service: ServiceSettings,
  name: string,
): Dependencies {
  const { settings, roleArns, registryLogins } = inputs;
  const labels = labelsOf(service.name);
  const namespace = new NamespaceV1(scope, `namespace-${name}`, {
    ...namespaceOf({
      name,
      labels: {
        ...labels,
        ...DELIVERY_LABEL,
        "delivery/service": service.name,
      },
      podSecurity: { enforce: service.podSecurity, report: "restricted" },
      retain: settings.retain,
    }),
    dependsOn: [...inputs.dependsOn],
  });
  const dependsOn = [namespace];
  const pullSecret = createPullSecret(
    scope,
    `registry-logins-${name}`,
    registryLogins,
    { namespace: name, labels, dependsOn },
  );
  const account = {
    automountServiceAccountToken: false,
    imagePullSecret: pullSecret && [{ name: REGISTRY_LOGINS }],
    dependsOn,
  };
  const roleArn = roleArns[service.name];
  return [
    namespace,
    ...(pullSecret ? [pullSecret.resource] : []),
    // No token, so that it is worth nothing.
    new DefaultServiceAccountV1(scope, `default-account-${name}`, {
      metadata: { name: "default", namespace: name },
      ...account,
    }),
    new ServiceAccountV1(scope, `pod-account-${name}`, {
      metadata: {
        name: POD_ACCOUNT,
        namespace: name,
        labels,
        annotations: roleArn ? { [ROLE_ANNOTATION]: roleArn } : undefined,
      },
      ...account,
    }),
    createAccountConfig(scope, inputs, name, dependsOn),
    ...createAll(
      scope,
      `network-policy-${name}`,
      NetworkPolicyV1,
      networkPolicies(settings, service, name),
      () => dependsOn,
    ),
    ...createPortForward(scope, settings, name, dependsOn),
  ];
}

/** Facts of the account, which releases read by `valuesFrom`. Charts compare texts: booleans are strings. */
export const accountConfig = (
  { delivery, region, accountId }: DeliverySettings,
  certificateArn: string | undefined,
): Record<string, string> => ({
  domainName: delivery.domain,
  region,
  accountId,
  publicFacing: String(delivery.ingress.scheme === "internet-facing"),
  ingressClassName: ingressClassOf(delivery.ingress),
  ...(certificateArn && { acmCertificate: certificateArn }),
  selfSignedCertificate: "false",
  ...Object.fromEntries(
    Object.entries(delivery.accountConfig).map(([key, value]) => [
      key,
      escapeTemplate(value),
    ]),
  ),
});

/** Creates the ConfigMap `account-config` in a namespace. */
export const createAccountConfig = (
  scope: Construct,
  {
    settings,
    certificateArn,
  }: Pick<NamespacesInputs, "settings" | "certificateArn">,
  namespace: string,
  dependsOn: Dependencies,
): ConfigMapV1 =>
  new ConfigMapV1(scope, `account-config-${namespace}`, {
    metadata: {
      name: ACCOUNT_CONFIG,
      namespace,
      labels: labelsOf(ACCOUNT_CONFIG),
    },
    data: {
      // In quotes: readers of an older YAML take yes and on for booleans.
      [`${ACCOUNT_CONFIG}.yaml`]: stringify(
        { myAccount: accountConfig(settings, certificateArn) },
        {
          defaultStringType: "QUOTE_DOUBLE",
          defaultKeyType: "PLAIN",
          lineWidth: 0,
        },
      ),
    },
    dependsOn: [...dependsOn],
  });

/** What the group of `portForward` may do: find a pod, and open one of its ports. */
export const PORT_FORWARD_RULES: RoleV1Rule[] = [
  { apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] },
  { apiGroups: [""], resources: ["pods/portforward"], verbs: ["create"] },
];

function createPortForward(
  scope: Construct,
  { delivery: { portForward } }: DeliverySettings,
  namespace: string,
  dependsOn: Dependencies,
): Dependencies {
  if (!portForward?.namespaces.includes(namespace)) return [];
  const name = "port-forward";
  const metadata = { name, namespace, labels: labelsOf(name) };
  const subject = [
    {
      kind: "Group",
      name: portForward.group,
      apiGroup: "rbac.authorization.k8s.io",
    },
  ];
  return [
    new RoleV1(scope, `${name}-role-${namespace}`, {
      metadata,
      rule: PORT_FORWARD_RULES,
      dependsOn: [...dependsOn],
    }),
    new RoleBindingV1(scope, `${name}-binding-${namespace}`, {
      ...roleBindingOf(metadata, name, subject),
      dependsOn: [...dependsOn],
    }),
  ];
}
