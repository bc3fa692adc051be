import {
  type Grant,
  fluxGrants,
} from "../../modules/delivery/flux-permissions";
import { type SettingsChange, deliverySettings } from "../support/settings";

const SERVICES = ["api-default", "worker-default"];
const OTHERS = ["wave", "kube-system", "default"];
const APPLIERS = ["kustomize-controller", "helm-controller"];
const ALWAYS = ["source-controller", ...APPLIERS];
const IMAGES = ["image-reflector-controller", "image-automation-controller"];

const IMAGE_AUTOMATION = { write: true, imageAutomation: true };

type FluxChange = NonNullable<NonNullable<SettingsChange["delivery"]>["flux"]>;

function grantsOf(change: FluxChange = {}): Grant[] {
  const { flux } = deliverySettings({ delivery: { flux: change } }).delivery;
  if (flux === undefined) throw new Error("no flux");
  return fluxGrants(flux, SERVICES);
}

interface Question {
  /** Account in `flux-system`. */
  readonly account: string;
  readonly verb: string;
  /** `secrets`, `helmreleases.helm.toolkit.fluxcd.io`. */
  readonly resource: string;
  readonly namespace: string;
  readonly name?: string;
}

/** What Kubernetes would answer by these Roles alone. */
const canI = (
  grants: readonly Grant[],
  { account, verb, resource, namespace, name }: Question,
): boolean => {
  const [kind = "", ...group] = resource.split(".");
  return grants
    .filter(
      (grant) =>
        (grant.namespace ?? namespace) === namespace &&
        grant.accounts.some(
          (one) => one.name === account && one.namespace === "flux-system",
        ),
    )
    .flatMap(({ rules = [] }) => rules)
    .some(
      (rule) =>
        rule.verbs.includes(verb) &&
        rule.apiGroups.includes(group.join(".")) &&
        rule.resources.includes(kind) &&
        (rule.resourceNames?.includes(name ?? "") ?? true),
    );
};

const grants = grantsOf();
const withImages = grantsOf(IMAGE_AUTOMATION);
const ALL = [
  ["as it is", grants, ALWAYS],
  ["with image automation", withImages, [...ALWAYS, ...IMAGES]],
  ["with raw manifests", grantsOf({ rawManifests: true }), ALWAYS],
] as const;

describe.each(ALL)("%s", (_name, table, controllers) => {
  test("C62: no rule has a wildcard, and no account is of another namespace than that of Flux, but who deploys", () => {
    for (const { accounts, namespace, rules = [] } of table) {
      for (const { verbs, resources, apiGroups } of rules)
        expect([...verbs, ...resources, ...apiGroups]).not.toContain("*");
      for (const account of accounts)
        if (account.namespace !== "flux-system")
          expect(account).toEqual({ name: "flux-deployer", namespace });
    }
  });

  test("C62: a Secret is read by its name, in the namespaces of Flux and of the services, and nowhere else", () => {
    const reading = (verb: string, namespace: string) =>
      [...controllers, "releases"].filter((account) =>
        canI(table, { account, verb, resource: "secrets", namespace }),
      );
    for (const namespace of ["flux-system", ...SERVICES]) {
      expect(reading("get", namespace)).toEqual(controllers);
      for (const verb of ["list", "watch", "create", "update", "delete"])
        expect(reading(verb, namespace)).toEqual([]);
    }
    for (const namespace of OTHERS)
      expect(reading("get", namespace)).toEqual([]);
  });

  test("C62: only who applies takes an account, and only the one that is meant for it", () => {
    const takes = (account: string, namespace: string, name: string) =>
      canI(table, {
        ...{ account, namespace, name },
        verb: "impersonate",
        resource: "serviceaccounts",
      });
    for (const account of [...ALWAYS, ...IMAGES]) {
      const applies = APPLIERS.includes(account);
      for (const namespace of SERVICES) {
        expect(takes(account, namespace, "flux-deployer")).toBe(applies);
        expect(takes(account, namespace, "default")).toBe(false);
        expect(takes(account, namespace, "deployment-runner")).toBe(false);
      }
      expect(takes(account, "flux-system", "releases")).toBe(
        account === "kustomize-controller",
      );
      expect(takes(account, "flux-system", "helm-controller")).toBe(false);
      for (const namespace of OTHERS)
        expect(takes(account, namespace, "flux-deployer")).toBe(false);
    }
    for (const { rules = [] } of table)
      for (const { verbs, resourceNames } of rules)
        if (verbs.includes("impersonate"))
          expect(resourceNames).toHaveLength(1);
  });

  test("C62: nobody of Flux writes what runs, or who may do what", () => {
    for (const account of [...controllers, "releases"])
      for (const namespace of ["flux-system", ...SERVICES, ...OTHERS])
        for (const resource of [
          ...["pods", "serviceaccounts", "namespaces", "deployments.apps"],
          "rolebindings.rbac.authorization.k8s.io",
        ])
          expect(
            canI(table, { account, verb: "create", resource, namespace }),
          ).toBe(false);
  });

  test("a controller elects its leader, reports, and keeps the state of its own objects", () => {
    const may = (
      account: string,
      verb: string,
      resource: string,
      namespace: string,
    ) => canI(table, { account, verb, resource, namespace });
    for (const account of controllers) {
      const leases = "leases.coordination.k8s.io";
      expect(may(account, "update", leases, "flux-system")).toBe(true);
      expect(may(account, "update", leases, "kube-system")).toBe(false);
      expect(may(account, "create", "events", "api-default")).toBe(true);
      for (const part of ["", "/status", "/finalizers"]) {
        const kind = `helmreleases${part}.helm.toolkit.fluxcd.io`;
        expect(may(account, "patch", kind, "api-default")).toBe(
          account === "helm-controller",
        );
      }
      // The list that it asks before a delete is one of the whole cluster.
      expect(may(account, "list", "serviceaccounts", "wave")).toBe(
        APPLIERS.includes(account),
      );
    }
  });

  test("no controller makes a release or a folder to apply, but helm-controller its charts", () => {
    const makes = (kind: string) =>
      controllers.filter((account) =>
        ["create", "delete"].some((verb) =>
          canI(table, {
            ...{ account, verb, namespace: "api-default" },
            resource: `${kind}.toolkit.fluxcd.io`,
          }),
        ),
      );
    for (const kind of [
      ...["helmreleases.helm", "kustomizations.kustomize"],
      ...["gitrepositories.source", "imagepolicies.image"],
    ])
      expect(makes(kind)).toEqual([]);
    expect(makes("helmcharts.source")).toEqual(["helm-controller"]);
  });
});

test("the folder holds objects of Flux and ConfigMaps, in the namespaces of services", () => {
  const may = (resource: string, namespace: string) =>
    canI(grants, { account: "releases", verb: "create", resource, namespace });
  for (const resource of [
    "helmreleases.helm.toolkit.fluxcd.io",
    "ocirepositories.source.toolkit.fluxcd.io",
    "configmaps",
  ]) {
    for (const namespace of SERVICES)
      expect(may(resource, namespace)).toBe(true);
    for (const namespace of ["flux-system", ...OTHERS])
      expect(may(resource, namespace)).toBe(false);
  }
  expect(may("imagepolicies.image.toolkit.fluxcd.io", "api-default")).toBe(
    false,
  );
});

test("C29: with image automation the folder holds policies of images beside the source, and no second automation there", () => {
  const may = (kind: string, namespace: string) =>
    canI(withImages, {
      account: "releases",
      verb: "create",
      resource: `${kind}.image.toolkit.fluxcd.io`,
      namespace,
    });
  expect(may("imagepolicies", "flux-system")).toBe(true);
  expect(may("imagerepositories", "flux-system")).toBe(true);
  expect(may("imageupdateautomations", "flux-system")).toBe(false);
  expect(may("imagepolicies", "wave")).toBe(false);
});

test("a release is deployed by the account of its namespace, as an admin of it alone; raw manifests by that of the folder too", () => {
  const admins = (table: readonly Grant[]) =>
    table
      .filter(({ rules }) => rules === undefined)
      .map(({ namespace, accounts }) => [
        namespace,
        accounts.map((account) => `${account.namespace}/${account.name}`),
      ]);
  const deployers = SERVICES.map((namespace) => [
    namespace,
    [`${namespace}/flux-deployer`],
  ]);
  expect(admins(grants)).toEqual(deployers);
  expect(admins(grantsOf({ rawManifests: true }))).toEqual(
    SERVICES.map((namespace) => [
      namespace,
      [`${namespace}/flux-deployer`, "flux-system/releases"],
    ]),
  );
  // With the whole cluster for Flux its chart gives the permissions, and nothing of ours narrows them.
  const cluster = grantsOf({ scope: "cluster" });
  expect(cluster).toHaveLength(SERVICES.length);
  expect(admins(cluster)).toEqual(deployers);
});

test("C63: who applies the folder hears that what it made in a namespace that is gone is gone, and changes nothing there", () => {
  for (const resource of [
    "helmreleases.helm.toolkit.fluxcd.io",
    "helmrepositories.source.toolkit.fluxcd.io",
  ]) {
    const asked = { account: "releases", resource, namespace: "gone" };
    expect(canI(grantsOf(), { ...asked, verb: "get" })).toBe(true);
    for (const verb of ["list", "create", "patch", "delete"])
      expect(canI(grantsOf(), { ...asked, verb })).toBe(false);
  }
});
