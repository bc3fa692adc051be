import { ClusterRoleBindingV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-binding-v1";
import { ClusterRoleV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-v1";
import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import {
  RoleV1,
  type RoleV1Rule,
} from "@cdktf/provider-kubernetes/lib/role-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { type Construct } from "constructs";
import { type Dependencies } from "../kubernetes/create-all";
import { roleBindingOf } from "../kubernetes/role-binding";
import {
  DEPLOY_ACCOUNT,
  FLUX_NAMESPACE,
  RELEASES_ACCOUNT,
  labelsOf,
} from "./names";
import { type FluxSettings } from "./settings/schema";

/** Rules of one namespace, or of the whole cluster, and the accounts of `flux-system` that have them. */
export interface Grant {
  /** Name of the Role and of its binding. */
  readonly name: string;
  /** Unset: a ClusterRole. */
  readonly namespace?: string;
  readonly accounts: readonly string[];
  readonly rules: readonly RoleV1Rule[];
}

const READ = ["get", "list", "watch"];
const WRITE = [...READ, "create", "update", "patch", "delete"];
const KUSTOMIZE = "kustomize-controller";
const HELM = "helm-controller";

/** Kinds of Flux by API group (https://fluxcd.io/flux/components/); those of images with `imageAutomation` only. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  source: [
    ...["gitrepositories", "helmrepositories", "ocirepositories"],
    ...["helmcharts", "buckets"],
  ],
  kustomize: ["kustomizations"],
  helm: ["helmreleases"],
};
const IMAGE_KINDS = ["imagerepositories", "imagepolicies"];

const allow = (
  group: string,
  resources: readonly string[],
  verbs: readonly string[],
  resourceNames?: readonly string[],
): RoleV1Rule => ({
  apiGroups: [group],
  resources: [...resources],
  verbs: [...verbs],
  ...(resourceNames && { resourceNames: [...resourceNames] }),
});

/** All kinds of Flux, with these parts of them. */
function fluxKinds(flux: FluxSettings, parts: readonly string[]): RoleV1Rule[] {
  const image = [...IMAGE_KINDS, "imageupdateautomations"];
  return Object.entries({
    ...KINDS,
    ...(flux.imageAutomation && { image }),
  }).map(([group, kinds]) =>
    allow(
      `${group}.toolkit.fluxcd.io`,
      parts.flatMap((part) => kinds.map((kind) => `${kind}${part}`)),
      WRITE,
    ),
  );
}

/** Who takes the place of an account, and of no other one of the namespace. */
const impersonate = (account: string): RoleV1Rule =>
  allow("", ["serviceaccounts"], ["impersonate"], [account]);

/** The controllers that run; their accounts have the same names. */
export const controllersOf = ({ imageAutomation }: FluxSettings): string[] => [
  ...["source-controller", KUSTOMIZE, HELM],
  ...(imageAutomation
    ? ["image-reflector-controller", "image-automation-controller"]
    : []),
];

/**
 * What stands in for the chart's own permissions, which read every Secret of the cluster and take every account: objects of
 * Flux everywhere, all else only in the namespaces of the services, as their account `flux-deployer`.
 */
export function fluxGrants(
  flux: FluxSettings,
  namespaces: readonly string[],
): Grant[] {
  const controllers = controllersOf(flux);
  const read = allow("", ["secrets", "configmaps"], ["get"]);
  return [
    {
      name: "flux-crds",
      accounts: controllers,
      rules: [
        ...fluxKinds(flux, ["", "/status", "/finalizers"]),
        // Names: before anything is deleted it is asked whether its account is still there, by a list of all.
        allow("", ["namespaces", "serviceaccounts"], READ),
        allow("", ["events"], ["create", "patch"]),
      ],
    },
    {
      name: "flux-controllers",
      namespace: FLUX_NAMESPACE,
      accounts: controllers,
      rules: [read, allow("coordination.k8s.io", ["leases"], WRITE)],
    },
    {
      name: "flux-impersonation",
      namespace: FLUX_NAMESPACE,
      accounts: [KUSTOMIZE],
      rules: [impersonate(RELEASES_ACCOUNT)],
    },
    ...releasesImages(flux),
    ...namespaces.flatMap((namespace) => [
      {
        name: "flux-controllers",
        namespace,
        accounts: controllers,
        rules: [read],
      },
      {
        name: "flux-impersonation",
        namespace,
        accounts: [KUSTOMIZE, HELM],
        rules: [impersonate(DEPLOY_ACCOUNT)],
      },
      {
        name: RELEASES_ACCOUNT,
        namespace,
        accounts: [RELEASES_ACCOUNT],
        rules: [...fluxKinds(flux, [""]), allow("", ["configmaps"], WRITE)],
      },
    ]),
  ];
}

/** An automation knows the policies of its own namespace only, which is that of the source it writes to. */
const releasesImages = (flux: FluxSettings): Grant[] =>
  flux.imageAutomation
    ? [
        {
          name: RELEASES_ACCOUNT,
          namespace: FLUX_NAMESPACE,
          accounts: [RELEASES_ACCOUNT],
          rules: [allow("image.toolkit.fluxcd.io", IMAGE_KINDS, WRITE)],
        },
      ]
    : [];

/** Accounts that have the ClusterRole `admin` in a namespace: all of it but quotas and the namespace itself. */
export const fluxAdmins = (
  { rawManifests }: FluxSettings,
  namespace: string,
): { readonly name: string; readonly namespace: string }[] => [
  { name: DEPLOY_ACCOUNT, namespace },
  ...(rawManifests
    ? [{ name: RELEASES_ACCOUNT, namespace: FLUX_NAMESPACE }]
    : []),
];

/** Creates accounts and permissions; with `scope: cluster` the chart's stand, and only the accounts are made. */
export function createFluxPermissions(
  scope: Construct,
  flux: FluxSettings,
  namespaces: readonly string[],
  dependsOn: Dependencies,
): Dependencies {
  const grants = flux.scope === "cluster" ? [] : fluxGrants(flux, namespaces);
  const accounts = [
    ...(flux.scope === "cluster"
      ? []
      : [{ name: RELEASES_ACCOUNT, namespace: FLUX_NAMESPACE }]),
    ...namespaces.map((namespace) => ({ name: DEPLOY_ACCOUNT, namespace })),
  ];
  return [
    ...accounts.map(
      ({ name, namespace }) =>
        new ServiceAccountV1(scope, `account-${name}-${namespace}`, {
          metadata: { name, namespace, labels: labelsOf("flux") },
          automountServiceAccountToken: false,
          dependsOn: [...dependsOn],
        }),
    ),
    ...grants.flatMap((grant) => createGrant(scope, grant, dependsOn)),
    ...namespaces.map(
      (namespace) =>
        new RoleBindingV1(scope, `role-binding-admin-${namespace}`, {
          ...roleBindingOf(
            { name: "flux-admin", namespace, labels: labelsOf("flux") },
            "admin",
            fluxAdmins(flux, namespace).map((account) => ({
              kind: "ServiceAccount",
              ...account,
            })),
            "ClusterRole",
          ),
          dependsOn: [...dependsOn],
        }),
    ),
  ];
}

function createGrant(
  scope: Construct,
  { name, namespace, rules, accounts }: Grant,
  dependsOn: Dependencies,
): Dependencies {
  const labels = labelsOf("flux");
  const subject = accounts.map((account) => ({
    kind: "ServiceAccount",
    name: account,
    namespace: FLUX_NAMESPACE,
  }));
  if (namespace === undefined)
    return [
      new ClusterRoleV1(scope, `cluster-role-${name}`, {
        metadata: { name, labels },
        rule: [...rules],
      }),
      new ClusterRoleBindingV1(scope, `cluster-role-binding-${name}`, {
        ...roleBindingOf({ name, labels }, name, subject, "ClusterRole"),
        dependsOn: [...dependsOn],
      }),
    ];
  const metadata = { name, namespace, labels };
  return [
    new RoleV1(scope, `role-${name}-${namespace}`, {
      metadata,
      rule: [...rules],
      dependsOn: [...dependsOn],
    }),
    new RoleBindingV1(scope, `role-binding-${name}-${namespace}`, {
      ...roleBindingOf(metadata, name, subject),
      dependsOn: [...dependsOn],
    }),
  ];
}
