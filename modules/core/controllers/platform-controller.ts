import { type Release } from "@cdktf/provider-helm/lib/release";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import {
  NetworkPolicyV1,
  type NetworkPolicyV1Spec,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { type Construct } from "constructs";
import { IrsaRole } from "../../aws/iam/irsa-role";
import { type IdentityOutputs } from "../../contracts/identity";
import { type NetworkOutputs } from "../../contracts/network";
import { systemNodes } from "../cluster/node-labels";
import { proxyPorts } from "../proxy";
import {
  REGISTRY_LOGINS,
  type RegistryLogin,
  createPullSecret,
} from "../registries";
import { providerOf, roleDefaults } from "../service-account-roles";
import { type Dependencies } from "../../kubernetes/create-all";
import { createRelease } from "../../kubernetes/helm-release";
import { objectLabels } from "../../kubernetes/labels";
import { namespaceOf } from "../../kubernetes/namespace";
import {
  denyAll,
  namesEgress,
  webEgress,
} from "../../kubernetes/network-policy";
import { type PolicyDocument } from "../../lib/policy";
import { type PlaceholderValues, fillSections } from "../../lib/template";
import { type CoreSettings } from "../settings/schema";

/** Properties of `createClosedNamespace`. */
export interface ClosedNamespaceProps {
  readonly name: string;
  /** The platform whose it is: `delivery`. */
  readonly partOf: string;
  /** More labels of the namespace. */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Pods beyond this level are refused; those beyond `restricted` are warned of in any case.
   * @default restricted
   */
  readonly podSecurity?: "restricted" | "baseline";
  /** What its pods take and reach; unset: there are none. */
  readonly traffic?: Pick<NetworkPolicyV1Spec, "ingress" | "egress">;
  /** Logins that its images are pulled with. */
  readonly registryLogins: readonly RegistryLogin[];
  /** Refuse a destroy of the stack. */
  readonly retain: boolean;
}

/** The namespace, and what holds in it. */
export type ClosedNamespace = readonly [NamespaceV1, ...Dependencies];

/** A namespace, closed but for what is named: what stands in it waits for all of this. */
export function createClosedNamespace(
  scope: Construct,
  id: string,
  {
    name,
    partOf,
    labels,
    podSecurity = "restricted",
    traffic,
    registryLogins,
    retain,
  }: ClosedNamespaceProps,
): ClosedNamespace {
  const own = objectLabels({ app: id, component: id, partOf });
  const namespace = new NamespaceV1(
    scope,
    `${id}-namespace`,
    namespaceOf({
      name,
      labels: { ...own, ...labels },
      podSecurity: { enforce: podSecurity, report: "restricted" },
      retain,
    }),
  );
  const dependsOn = [namespace];
  const pullSecret = createPullSecret(
    scope,
    `${id}-registry-logins`,
    registryLogins,
    {
      namespace: name,
      labels: own,
      dependsOn,
    },
  );
  return [
    namespace,
    new NetworkPolicyV1(scope, `${id}-default-deny`, {
      ...denyAll("default-deny", name),
      dependsOn,
    }),
    ...(traffic === undefined
      ? []
      : [
          new NetworkPolicyV1(scope, `${id}-traffic`, {
            metadata: { name: id, namespace: name, labels: own },
            spec: {
              podSelector: {},
              policyTypes: ["Ingress", "Egress"],
              ...traffic,
            },
            dependsOn,
          }),
        ]),
    ...(pullSecret ? [pullSecret.resource] : []),
  ];
}

/** What a controller takes from the environment. */
export interface PlatformControllerInputs {
  readonly settings: CoreSettings;
  readonly network: Pick<NetworkOutputs, "oidcIssuer">;
  readonly identity: Pick<IdentityOutputs, "oidcProviderArn">;
  /** Logins that its images are pulled with. */
  readonly registryLogins: readonly RegistryLogin[];
  readonly dependsOn: Dependencies;
}

/** Properties of `createPlatformController`. */
export interface PlatformControllerProps {
  /** The platform whose it is: `delivery`. */
  readonly partOf: string;
  /** Name of chart, namespace, service account and role, and of the values in `manifests/helm`. */
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  /** Of its role. */
  readonly description: string;
  readonly policy: PolicyDocument;
  /** What its values have beside those that every controller has. */
  readonly values: PlaceholderValues;
  /** What its pods take. */
  readonly ingress?: NetworkPolicyV1Spec["ingress"];
}

/** Installs a controller that works in AWS by a role of its own. It reaches names, AWS, the Kubernetes API and the web. */
export function createPlatformController(
  scope: Construct,
  inputs: PlatformControllerInputs,
  {
    name,
    partOf,
    version,
    repository,
    description,
    policy,
    values,
    ingress,
  }: PlatformControllerProps,
): Release {
  const { settings, network, identity, registryLogins, dependsOn } = inputs;
  const role = new IrsaRole(scope, `${name}-role`, {
    description,
    policy,
    trust: { kind: "service-account", namespace: name, serviceAccount: name },
    ...roleDefaults(settings, name),
    provider: providerOf(identity, network),
  });
  const namespace = createClosedNamespace(scope, name, {
    name,
    partOf,
    traffic: {
      ingress,
      egress: [
        ...namesEgress(settings.cluster.serviceCidr),
        webEgress([443, ...proxyPorts(settings)]),
      ],
    },
    registryLogins,
    retain: false,
  });
  return createRelease(scope, name, {
    namespace: name,
    chart: name,
    version,
    repository,
    values: fillSections(`manifests/helm/${name}.yaml`, {
      ...values,
      SERVICE_ACCOUNT: name,
      ROLE_ARN: role.arn,
      PULL_SECRETS:
        registryLogins.length > 0 ? [{ name: REGISTRY_LOGINS }] : [],
      SYSTEM_NODES: systemNodes(settings),
    }),
    dependsOn: [...dependsOn, ...namespace, ...role.permissions],
  });
}
