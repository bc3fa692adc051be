import { type Problem } from "../../lib/problem";
import { type WaveSettings } from "../settings/schema";
import { hasBuilds, isClassic } from "../release/line";
import {
  type Rendered,
  items,
  podsOf,
  problemIf,
  shown,
} from "./rendered-reading";

interface Right {
  readonly group: string;
  readonly resource: string;
  readonly verbs: readonly string[];
}

/** What Wave calls in the build namespace, and nothing else: pods until 1.7.9, Jobs since 1.12.0 (K8S-04). */
const WAVE_RIGHTS: Readonly<Record<"classic" | "current", readonly Right[]>> = {
  classic: [
    { group: "", resource: "pods", verbs: ["create", "get", "delete"] },
    { group: "", resource: "pods/log", verbs: ["get"] },
  ],
  current: [
    { group: "batch", resource: "jobs", verbs: ["create", "get", "delete"] },
    { group: "", resource: "pods", verbs: ["get", "list", "delete"] },
    { group: "", resource: "pods/log", verbs: ["get"] },
  ],
};

/** VR-42: the Role of Wave is exactly K8S-04 of its line, in the build namespace. */
export function exactRole({ settings, objects }: Rendered): Problem[] {
  const wanted = WAVE_RIGHTS[isClassic(settings) ? "classic" : "current"];
  const role = objects.roles["wave-role"];
  const namespace = role?.metadata.namespace;
  const rights = items(role?.rule).flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) =>
      resources.map((resource) => ({ group, resource, verbs })),
    ),
  );
  const text = (list: readonly Right[]) =>
    list
      .map(
        ({ group, resource, verbs }) =>
          `${group === "" ? "" : `${group}/`}${resource}: ${[...verbs].sort().join(" ")}`,
      )
      .sort()
      .join("; ");
  return [
    ...problemIf(text(rights) !== text(wanted), {
      path: "Role wave-role: rules",
      given: shown(text(rights)),
      allowed: text(wanted),
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

/** Pods that talk to the Kubernetes API: Wave while it builds, and the clean-up of failed builds (DEP-15, DEC-15). */
const callsKubernetes = (object: string, settings: WaveSettings): boolean =>
  hasBuilds(settings) &&
  ["Deployment wave", "CronJob wave-build-sweep"].includes(object);

/** VR-44: no account mounts a token by itself; only the pods that need one ask for it. */
export function noTokenByDefault({ settings, objects }: Rendered): Problem[] {
  const accounts = Object.entries(objects.serviceAccounts)
    .filter(([, account]) => account.automountServiceAccountToken !== false)
    .map(([name, account]) => ({
      path: `ServiceAccount ${name}: automountServiceAccountToken`,
      given: shown(account.automountServiceAccountToken),
      allowed: "false",
      fix: "turn it off: a pod that needs the token asks for it (VR-44)",
    }));
  const pods = podsOf(objects).flatMap(({ object, spec }) => {
    const wanted = callsKubernetes(object, settings);
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
