import { type Problem } from "../lib/problem";
import {
  type Rendered,
  items,
  podsOf,
  problemIf,
  sameTexts,
  shown,
} from "./rendered-reading";

/** What Wave 1.3.3 to 1.7.9 calls in the build namespace, and nothing else (K8S-04). */
const WAVE_RIGHTS = [
  { group: "", resource: "pods", verbs: ["create", "get", "delete"] },
  { group: "", resource: "pods/log", verbs: ["get"] },
];

/** VR-42: the Role of Wave is exactly K8S-04, in the build namespace. */
export function exactRole({ settings, objects }: Rendered): Problem[] {
  const role = objects.roles["wave-role"];
  const namespace = role?.metadata.namespace;
  const rights = items(role?.rule).flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) =>
      resources.map((resource) => ({ group, resource, verbs })),
    ),
  );
  const text = (list: typeof WAVE_RIGHTS) =>
    list
      .map(
        ({ group, resource, verbs }) =>
          `${group === "" ? "" : `${group}/`}${resource}: ${[...verbs].sort().join(" ")}`,
      )
      .sort()
      .join("; ");
  return [
    ...problemIf(text(rights) !== text(WAVE_RIGHTS), {
      path: "Role wave-role: rules",
      given: shown(text(rights)),
      allowed: text(WAVE_RIGHTS),
      fix: "give Wave what it calls and nothing else (VR-42, K8S-04)",
    }),
    ...problemIf(namespace !== settings.wave.buildNamespace, {
      path: "Role wave-role: namespace",
      given: shown(namespace),
      allowed: settings.wave.buildNamespace,
      fix: "place the Role in wave.buildNamespace (VR-42)",
    }),
  ];
}

/** VR-42: Wave's account has this one Role, bound in the build namespace. */
export function oneRoleBinding({ settings, objects }: Rendered): Problem[] {
  const { namespace, buildNamespace } = settings.wave;
  const bindings = Object.values(objects.roleBindings).filter(({ subject }) =>
    items(subject).some(
      ({ name }) => name === "wave-sa" || name === "wave-build-sa",
    ),
  );
  const described = bindings.map(
    ({ metadata, roleRef, subject }) =>
      `${roleRef.kind} ${roleRef.name} in ${metadata.namespace} for ${items(
        subject,
      )
        .map(({ kind, name, namespace }) => `${kind} ${namespace}/${name}`)
        .join(", ")}`,
  );
  const expected = `Role wave-role in ${buildNamespace} for ServiceAccount ${namespace}/wave-sa`;
  return problemIf(described.join("; ") !== expected, {
    path: "RoleBinding wave-rolebind",
    given: shown(described.join("; ")),
    allowed: expected,
    fix: "bind this Role to Wave's account only; build pods get no right (VR-42, K8S-05)",
  });
}

/** VR-42: no Role of ours opens Secrets, a shell in a pod, or everything; no binding reaches beyond a namespace. */
export function noPowerfulRole({ objects }: Rendered): Problem[] {
  const forbidden = ["secrets", "pods/exec", "pods/attach", "*"];
  const broad = Object.entries(objects.roles).flatMap(([name, { rule }]) =>
    items(rule)
      .flatMap(({ apiGroups, resources, verbs }) => [
        ...resources.filter((resource) => forbidden.includes(resource)),
        ...[...apiGroups, ...verbs].filter((word) => word === "*"),
      ])
      .map((given) => ({
        path: `Role ${name}: rules`,
        given,
        allowed: "named resources and verbs; not secrets, pods/exec or *",
        fix: "remove it from the Role (VR-42)",
      })),
  );
  const clusterWide = Object.entries(objects.roleBindings)
    .filter(([, { roleRef }]) => roleRef.kind !== "Role")
    .map(([name, { roleRef }]) => ({
      path: `RoleBinding ${name}`,
      given: `${roleRef.kind} ${roleRef.name}`,
      allowed: "a Role of the same namespace",
      fix: "bind a Role: a ClusterRole has rights that nobody sees here (VR-42)",
    }));
  return [...broad, ...clusterWide];
}

/** Pods that talk to the Kubernetes API: Wave, and the clean-up of failed builds (DEP-15, DEC-15). */
const MAY_HAVE_A_TOKEN = ["Deployment wave", "CronJob wave-build-sweep"];

/** VR-44: no account mounts a token by itself; only the pods that need one ask for it. */
export function noTokenByDefault({ objects }: Rendered): Problem[] {
  const accounts = Object.entries(objects.serviceAccounts)
    .filter(([, account]) => account.automountServiceAccountToken !== false)
    .map(([name, account]) => ({
      path: `ServiceAccount ${name}: automountServiceAccountToken`,
      given: shown(account.automountServiceAccountToken),
      allowed: "false",
      fix: "turn it off: a pod that needs the token asks for it (VR-44)",
    }));
  const pods = podsOf(objects).flatMap(({ object, spec }) => {
    const wanted = MAY_HAVE_A_TOKEN.includes(object);
    return problemIf(spec.automountServiceAccountToken !== wanted, {
      path: `${object}: automountServiceAccountToken`,
      given: shown(spec.automountServiceAccountToken),
      allowed: String(wanted),
      fix: wanted
        ? "turn it on: this pod calls the Kubernetes API (VR-44)"
        : "turn it off: this pod does not call the Kubernetes API (VR-44)",
    });
  });
  return [...accounts, ...pods];
}

/** VR-44, K8S-09, K8S-11: Wave and its builds have an account each, in their namespaces, with different roles. */
export function oneRolePerAccount({ settings, objects }: Rendered): Problem[] {
  const { namespace, buildNamespace } = settings.wave;
  const roleOf = (account: string) =>
    objects.serviceAccounts[account]?.metadata.annotations?.[
      "eks.amazonaws.com/role-arn"
    ];
  const expected = { "wave-sa": namespace, "wave-build-sa": buildNamespace };
  const roles = Object.values(objects.serviceAccounts).flatMap(
    ({ metadata }) =>
      metadata.annotations?.["eks.amazonaws.com/role-arn"] ?? [],
  );
  return [
    ...Object.entries(expected).flatMap(([name, where]) => {
      const found = objects.serviceAccounts[name]?.metadata.namespace;
      return problemIf(found !== where || roleOf(name) === undefined, {
        path: `ServiceAccount ${name}`,
        given: `namespace ${shown(found)}, role ${shown(roleOf(name))}`,
        allowed: `namespace ${where}, with a role of its own`,
        fix: "annotate eks.amazonaws.com/role-arn with its role (VR-44)",
      });
    }),
    ...problemIf(new Set(roles).size !== roles.length, {
      path: "ServiceAccounts: eks.amazonaws.com/role-arn",
      given: "one role for several accounts",
      allowed: "a role of its own for each account",
      fix: "give each account its role: builds run users' code (VR-44, IAM-07)",
    }),
  ];
}

/** VR-46: two namespaces of our own, with the Pod Security labels of K8S-01 and K8S-06. */
export function namespaces({ settings, objects }: Rendered): Problem[] {
  const { namespace, buildNamespace, build, hardening } = settings.wave;
  const wave = hardening.runAsNonRoot ? "restricted" : "baseline";
  const levels: Record<string, Record<string, string>> = {
    [namespace]: { enforce: wave, audit: "restricted", warn: "restricted" },
    [buildNamespace]: {
      enforce: build.singularity ? "privileged" : "baseline",
      audit: "baseline",
      warn: "baseline",
    },
  };
  const names = Object.values(objects.namespaces).map(
    ({ metadata }) => metadata.name ?? "",
  );
  return [
    ...problemIf(
      !sameTexts(names, Object.keys(levels)) ||
        names.length !== 2 ||
        names.some((name) => name === "default" || name.startsWith("kube-")),
      {
        path: "wave.namespace, wave.buildNamespace",
        given: names.join(", "),
        allowed: "two different namespaces, not default and not kube-…",
        fix: "choose other names (VR-46)",
      },
    ),
    ...Object.entries(levels).flatMap(([name, expected]) =>
      Object.entries(expected).flatMap(([mode, level]) => {
        const label = `pod-security.kubernetes.io/${mode}`;
        const given = objects.namespaces[name]?.metadata.labels?.[label];
        return problemIf(given !== level, {
          path: `Namespace ${name}: label ${label}`,
          given: shown(given),
          allowed: level,
          fix: "label the namespace (VR-46, K8S-01, K8S-06)",
        });
      }),
    ),
  ];
}
