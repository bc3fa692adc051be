import { ofType } from "../graph";
import { at, first, isOn } from "../reading";
import {
  POD_TYPES,
  accountOf,
  boundAccounts,
  namespaceOf,
  podOf,
  nameOf,
} from "../pods";
import { pod } from "./pods";
import { type WrittenRule, check } from "../rule";

/** Accounts of pods, and what else a pod says of itself. */
export const podAccountRules: readonly WrittenRule[] = [
  {
    id: "pod-accounts/needed-token",
    sentence: "A pod that has no rights in the cluster has no token for it.",
    externalIds: ["CIS-EKS 4.1.6", "KSV-0036"],
    types: POD_TYPES,
    ...check("automount_service_account_token", (subject, graph) => {
      const mounts = first(podOf(subject), "automount_service_account_token");
      return (
        boundAccounts(graph).has(accountOf(subject)) ||
        String(mounts) === "false"
      );
    }),
  },
  {
    id: "pod-accounts/own-account",
    sentence:
      "Every pod runs under a service account of its own kind, not the namespace's default.",
    externalIds: ["CIS-EKS 4.1.5", "CIS-EKS 5.2.1"],
    types: POD_TYPES,
    ...check("service_account_name", (subject, graph) => {
      const account = accountOf(subject);
      return (
        !account.endsWith("/default") &&
        ofType(graph, "kubernetes_service_account_v1").some(
          (one) => `${namespaceOf(one)}/${nameOf(one)}` === account,
        )
      );
    }),
  },
  pod(
    "pod-accounts/read-only-settings",
    "A pod cannot write where its settings are mounted.",
    [],
    "container.volume_mount.read_only",
    (one) => {
      const settings = at(one, "volume")
        .filter(
          (volume) =>
            at(volume, "config_map").length + at(volume, "secret").length > 0,
        )
        .map((volume) => first(volume, "name"));
      return ["container", "init_container"]
        .flatMap((kind) => at(one, `${kind}.volume_mount`))
        .filter((mount) => settings.includes(first(mount, "name")))
        .every((mount) => isOn(first(mount, "read_only")));
    },
  ),
  pod(
    "pod-accounts/no-service-links",
    "A pod's environment does not list the services beside it.",
    [],
    "enable_service_links",
    (one) => String(first(one, "enable_service_links")) === "false",
  ),
  pod(
    "pod-accounts/own-nodes",
    "A pod of ours says on which nodes it runs, and they are not those of builds.",
    [],
    "node_selector",
    (one) =>
      Object.values(first(one, "node_selector") ?? {}).some(
        (value) =>
          !/^(amd64|arm64|linux)$/.test(String(value)) &&
          !/build/.test(String(value)),
      ),
  ),
];
