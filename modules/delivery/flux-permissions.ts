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
const LEASES = ["get", "create", "update"];
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

const groupOf = (name: string) => `${name}.toolkit.fluxcd.io`;

/** What a controller does with objects of its own: others make and delete them, and it keeps state and finalizer. */
const own = (group: string, kinds: readonly string[]): RoleV1Rule =>
  allow(
    groupOf(group),
    ["", "/status", "/finalizers"].flatMap((part) =>
      kinds.map((kind) => `${kind}${part}`),
    ),
    [...READ, "update", "patch"],
  );

/** Sources, and names of accounts: before anything is deleted a list of all says whether its account is still there. */
const APPLIER = [
  allow(groupOf("source"), KINDS.source, READ),
  allow("", ["serviceaccounts"], READ),
];

/** In the whole cluster, by controller; their accounts have these names. */
const CONTROLLERS = {
  "source-controller": [own("source", KINDS.source)],
  "kustomize-controller": [own("kustomize", KINDS.kustomize), ...APPLIER],
  "helm-controller": [
    own("helm", KINDS.helm),
    ...APPLIER,
    allow(groupOf("source"), ["helmcharts"], WRITE),
  ],
};
const IMAGE_CONTROLLERS = {
  "image-reflector-controller": [own("image", IMAGES)],
  "image-automation-controller": [
    own("image", ["imageupdateautomations"]),
    allow(groupOf("image"), IMAGES, READ),
    allow(groupOf("source"), ["gitrepositories"], READ),
  ],
};

/** All objects of Flux of some groups. */
const fluxKinds = (
  kinds: Readonly<Record<string, readonly string[]>>,
  verbs = WRITE,
): RoleV1Rule[] =>
  Object.entries(kinds).map(([group, names]) =>
    allow(groupOf(group), names, verbs),
  );

/** To take the place of one account of the namespace. */
const impersonate = (account: string): RoleV1Rule => ({
  ...allow("", ["serviceaccounts"], ["impersonate"]),
  resourceNames: [account],
});

const inFlux = (...names: readonly string[]): Account[] =>
  names.map((name) => ({ name, namespace: FLUX_NAMESPACE }));

/**
 * In place of the chart's permissions, which read every Secret of the cluster and take every account: the state of Flux's
 * objects everywhere, and all else only in the namespaces of the services, as their account `flux-deployer`. With `scope: cluster`
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
  const byController = {
    ...CONTROLLERS,
    ...(imageAutomation && IMAGE_CONTROLLERS),
  };
  const controllers = inFlux(...Object.keys(byController));
  const read = allow("", ["secrets", "configmaps"], ["get"]);
  return [
    ...deployers,
    ...Object.entries(byController).map(([name, rules]) => ({
      name: `flux-${name}`,
      accounts: inFlux(name),
      rules: [...rules, allow("", ["events"], ["create", "patch"])],
    })),
    {
      name: "flux-releases",
      accounts: inFlux(RELEASES_ACCOUNT),
      // Of a namespace that is gone it hears "not found"; refused, it could take nothing back any more, whatever else it made.
      rules: fluxKinds(kinds, ["get"]),
    },
    {
      name: "flux-controllers",
      namespace: FLUX_NAMESPACE,
      accounts: controllers,
      rules: [read, allow("coordination.k8s.io", ["leases"], LEASES)],
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
        accounts: inFlux("kustomize-controller", "helm-controller"),
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
  const isWide = namespace === undefined;
  const role = { metadata, rule: [...(rules ?? [])], dependsOn };
  const binding = {
    ...roleBindingOf(
      metadata,
      rules === undefined ? "admin" : name,
      subject,
      rules === undefined || isWide ? "ClusterRole" : "Role",
    ),
    dependsOn,
  };
  // Each class is named where it is made: the auditor's folder shows that line.
  return [
    ...(rules === undefined
      ? []
      : [
          isWide
            ? new ClusterRoleV1(scope, `role-${id}`, role)
            : new RoleV1(scope, `role-${id}`, role),
        ]),
    isWide
      ? new ClusterRoleBindingV1(scope, `role-binding-${id}`, binding)
      : new RoleBindingV1(scope, `role-binding-${id}`, binding),
  ];
}
