import { ClusterRoleBindingV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-binding-v1";
import { ClusterRoleV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-v1";
import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import {
  RoleV1,
  type RoleV1Rule,
} from "@cdktf/provider-kubernetes/lib/role-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { type ITerraformDependable } from "cdktf";
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

/** Who may do what, and where. */
export interface Grant {
  /** Name of the Role, and of its binding. */
  readonly name: string;
  /** Unset: the whole cluster. */
  readonly namespace?: string;
  readonly accounts: readonly Account[];
  /** Unset: those of the ClusterRole `admin`. */
  readonly rules?: readonly RoleV1Rule[];
}

interface Account {
  readonly name: string;
  readonly namespace: string;
}

const READ = ["get", "list", "watch"];
const WRITE = [...READ, "create", "update", "patch", "delete"];

/** Kinds of Flux by API group (https://fluxcd.io/flux/components/), without those of images. */
const KINDS = {
  source: [
    ...["gitrepositories", "helmrepositories", "ocirepositories"],
    ...["helmcharts", "buckets"],
  ],
  kustomize: ["kustomizations"],
  helm: ["helmreleases"],
};
const IMAGES = ["imagerepositories", "imagepolicies"];
const ALL_IMAGES = [...IMAGES, "imageupdateautomations"];

const allow = (
  apiGroup: string,
  resources: readonly string[],
  verbs: readonly string[],
): RoleV1Rule => ({
  apiGroups: [apiGroup],
  resources: [...resources],
  verbs: [...verbs],
});

/** Objects of Flux, or these parts of them. */
const fluxKinds = (
  kinds: Readonly<Record<string, readonly string[]>>,
  parts: readonly string[] = [""],
): RoleV1Rule[] =>
  Object.entries(kinds).map(([group, names]) =>
    allow(
      `${group}.toolkit.fluxcd.io`,
      names.flatMap((name) => parts.map((part) => `${name}${part}`)),
      WRITE,
    ),
  );

/** To take the place of one account of the namespace. */
const impersonate = (account: string): RoleV1Rule => ({
  ...allow("", ["serviceaccounts"], ["impersonate"]),
  resourceNames: [account],
});

const inFlux = (...names: readonly string[]): Account[] =>
  names.map((name) => ({ name, namespace: FLUX_NAMESPACE }));

/**
 * In place of the chart's permissions, which read every Secret of the cluster and take every account: objects of Flux
 * everywhere, and all else only in the namespaces of the services, as their account `flux-deployer`. With `scope: cluster`
 * the chart's stand.
 */
export function fluxGrants(
  { scope, imageAutomation, rawManifests }: FluxSettings,
  namespaces: readonly string[],
): Grant[] {
  const deployers = namespaces.map((namespace) => ({
    name: "flux-admin",
    namespace,
    accounts: [
      { name: DEPLOY_ACCOUNT, namespace },
      ...(rawManifests ? inFlux(RELEASES_ACCOUNT) : []),
    ],
  }));
  if (scope === "cluster") return deployers;
  const kinds = { ...KINDS, ...(imageAutomation && { image: ALL_IMAGES }) };
  // Their accounts have the names of the controllers.
  const appliers = inFlux("kustomize-controller", "helm-controller");
  const controllers = [
    ...appliers,
    ...inFlux("source-controller"),
    ...(imageAutomation
      ? inFlux("image-reflector-controller", "image-automation-controller")
      : []),
  ];
  const read = allow("", ["secrets", "configmaps"], ["get"]);
  return [
    ...deployers,
    {
      name: "flux-crds",
      accounts: controllers,
      rules: [
        ...fluxKinds(kinds, ["", "/status", "/finalizers"]),
        // Names: whether an account is still there is asked before anything is deleted, of a list of all.
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
      accounts: inFlux("kustomize-controller"),
      rules: [impersonate(RELEASES_ACCOUNT)],
    },
    // An automation knows the policies of its own namespace only, which is that of the source it writes to.
    ...(imageAutomation
      ? [releases(FLUX_NAMESPACE, fluxKinds({ image: IMAGES }))]
      : []),
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
        accounts: appliers,
        rules: [impersonate(DEPLOY_ACCOUNT)],
      },
      releases(namespace, [
        ...fluxKinds(kinds),
        allow("", ["configmaps"], WRITE),
      ]),
    ]),
  ];
}

const releases = (namespace: string, rules: readonly RoleV1Rule[]): Grant => ({
  name: RELEASES_ACCOUNT,
  namespace,
  accounts: inFlux(RELEASES_ACCOUNT),
  rules,
});

/** Creates the accounts that Flux deploys as, and all permissions. */
export function createFluxPermissions(
  scope: Construct,
  flux: FluxSettings,
  namespaces: readonly string[],
  dependsOn: Dependencies,
): Dependencies {
  const accounts = [
    ...(flux.scope === "cluster" ? [] : inFlux(RELEASES_ACCOUNT)),
    ...namespaces.map((namespace) => ({ name: DEPLOY_ACCOUNT, namespace })),
  ];
  return [
    ...accounts.map(
      (account) =>
        new ServiceAccountV1(
          scope,
          `account-${account.name}-${account.namespace}`,
          {
            metadata: { ...account, labels: labelsOf("flux") },
            automountServiceAccountToken: false,
            dependsOn: [...dependsOn],
          },
        ),
    ),
    ...fluxGrants(flux, namespaces).flatMap((grant) =>
      createGrant(scope, grant, [...dependsOn]),
    ),
  ];
}

function createGrant(
  scope: Construct,
  { name, namespace, rules, accounts }: Grant,
  dependsOn: ITerraformDependable[],
): Dependencies {
  const id = namespace === undefined ? name : `${name}-${namespace}`;
  const metadata = { name, namespace, labels: labelsOf("flux") };
  const subject = accounts.map((account) => ({
    kind: "ServiceAccount",
    ...account,
  }));
  const [Role, Binding] =
    namespace === undefined
      ? [ClusterRoleV1, ClusterRoleBindingV1]
      : [RoleV1, RoleBindingV1];
  return [
    ...(rules === undefined
      ? []
      : [
          new Role(scope, `role-${id}`, {
            metadata,
            rule: [...rules],
            dependsOn,
          }),
        ]),
    new Binding(scope, `role-binding-${id}`, {
      ...roleBindingOf(
        metadata,
        rules === undefined ? "admin" : name,
        subject,
        rules === undefined || namespace === undefined ? "ClusterRole" : "Role",
      ),
      dependsOn,
    }),
  ];
}
