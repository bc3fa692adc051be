import { at, first, isOn, numberOf } from "../reading";
import { POD_TYPES, containersWith, podOf } from "../pods";
import { type WrittenRule, check } from "../rule";

const ALLOWED_VOLUMES = [
  "name",
  "config_map",
  "csi",
  "downward_api",
  "empty_dir",
  "ephemeral",
  "persistent_volume_claim",
  "projected",
  "secret",
];

/** Pods by the Pod Security Standard "restricted", kind by kind. Findings name the container. */
export const podRules: readonly WrittenRule[] = [
  container(
    "pods/not-privileged",
    "No container is privileged.",
    ["CKV_K8S_16", "KSV-0017", "CIS-EKS 4.2.1"],
    "security_context.privileged",
    (one) => isOn(context(one, "privileged")),
  ),
  pod(
    "pods/host-pid",
    "No pod sees the processes of its node.",
    ["CKV_K8S_17", "CIS-EKS 4.2.2"],
    "host_pid",
    (one) => !isOn(first(one, "host_pid")),
  ),
  pod(
    "pods/host-ipc",
    "No pod shares memory with its node.",
    ["CKV_K8S_18", "CIS-EKS 4.2.3"],
    "host_ipc",
    (one) => !isOn(first(one, "host_ipc")),
  ),
  pod(
    "pods/host-network",
    "No pod uses the network of its node.",
    ["CKV_K8S_19", "CIS-EKS 4.2.4"],
    "host_network",
    (one) => !isOn(first(one, "host_network")),
  ),
  container(
    "pods/no-escalation",
    "No process gets more rights than its parent.",
    ["CKV_K8S_20", "KSV-0001", "CIS-EKS 4.2.5"],
    "security_context.allow_privilege_escalation",
    (one) => String(context(one, "allow_privilege_escalation")) !== "false",
  ),
  container(
    "pods/added-capabilities",
    "No container gets capabilities.",
    ["CKV_K8S_25", "KSV-0106"],
    "security_context.capabilities.add",
    (one) =>
      at(one, "security_context.capabilities.add").some(
        (name) => name !== "NET_BIND_SERVICE",
      ),
  ),
  container(
    "pods/drop-all",
    "Every container drops all capabilities.",
    ["CKV_K8S_37", "KSV-0003"],
    "security_context.capabilities.drop",
    (one) => !at(one, "security_context.capabilities.drop").includes("ALL"),
  ),
  container(
    "pods/host-port",
    "No container opens a port of its node.",
    ["CKV_K8S_26"],
    "port.host_port",
    (one) => at(one, "port.host_port").some((port) => numberOf(port) > 0),
  ),
  pod(
    "pods/volumes",
    "A pod mounts volumes of harmless kinds only: none of its node.",
    [],
    "volume",
    (one) =>
      at(one, "volume").every((volume) =>
        Object.keys(volume as object).every((kind) =>
          ALLOWED_VOLUMES.includes(kind),
        ),
      ),
  ),
  pod(
    "pods/non-root",
    "A pod does not run as root.",
    ["KSV-0012"],
    "security_context.run_as_non_root",
    (one) => isOn(first(one, "security_context.run_as_non_root")),
  ),
  container(
    "pods/container-non-root",
    "A container says itself that it does not run as root.",
    ["KSV-0012"],
    "security_context.run_as_non_root",
    (one) => !isOn(context(one, "run_as_non_root")),
  ),
  pod(
    "pods/user",
    "A pod's user and group are numbers, and not root's.",
    ["KSV-0105"],
    "security_context.run_as_user",
    (one) =>
      ["run_as_user", "run_as_group"].every(
        (id) => numberOf(first(one, `security_context.${id}`)) > 0,
      ) &&
      !at(one, "security_context.fs_group").some((id) => numberOf(id) === 0),
  ),
  container(
    "pods/container-user",
    "No container takes root's number for itself.",
    ["KSV-0105"],
    "security_context.run_as_user",
    (one) =>
      ["run_as_user", "run_as_group"].some(
        (id) => numberOf(context(one, id)) === 0,
      ),
  ),
  pod(
    "pods/seccomp",
    "A pod's system calls are filtered.",
    ["KSV-0030", "KSV-0104"],
    "security_context.seccomp_profile.type",
    (one) =>
      ["RuntimeDefault", "Localhost"].includes(
        String(first(one, "security_context.seccomp_profile.type")),
      ),
  ),
  container(
    "pods/container-seccomp",
    "No container turns the filter of system calls off.",
    ["KSV-0104"],
    "security_context.seccomp_profile.type",
    (one) =>
      at(one, "security_context.seccomp_profile.type").includes("Unconfined"),
  ),
  pod(
    "pods/no-sysctls",
    "A pod changes nothing in the kernel.",
    ["KSV-0026"],
    "security_context.sysctl",
    (one) => at(one, "security_context.sysctl").length === 0,
  ),
  container(
    "pods/read-only-root",
    "A container's root file system is read-only.",
    ["CKV_K8S_22", "KSV-0014"],
    "security_context.read_only_root_filesystem",
    (one) => !isOn(context(one, "read_only_root_filesystem")),
  ),
  pod(
    "pods/high-ids",
    "A pod's user and group lie above 10000.",
    ["KSV-0020", "KSV-0021"],
    "security_context.run_as_user",
    (one) =>
      ["run_as_user", "run_as_group"].every(
        (id) => numberOf(first(one, `security_context.${id}`)) > 10000,
      ),
  ),
];

/** A rule over the pod of a subject. */
export function pod(
  id: string,
  sentence: string,
  externalIds: readonly string[],
  attribute: string,
  holds: (pod: unknown) => boolean,
): WrittenRule {
  return {
    id,
    sentence,
    externalIds,
    types: POD_TYPES,
    ...check(attribute, (subject) => holds(podOf(subject))),
  };
}

/** A rule over its containers: findings name those that break it, by default those without the attribute. */
export function container(
  id: string,
  sentence: string,
  externalIds: readonly string[],
  attribute: string,
  breaks = (one: unknown): boolean => at(one, attribute).length === 0,
): WrittenRule {
  return {
    id,
    sentence,
    externalIds,
    types: POD_TYPES,
    ...check(`container.${attribute}`, (subject) =>
      containersWith(subject, breaks),
    ),
  };
}

const context = (one: unknown, key: string): unknown =>
  first(one, `security_context.${key}`);
