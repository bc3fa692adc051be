import { type Json, ofType } from "../graph";
import { at, first, isObject } from "../reading";
import { level } from "../exposures";
import { nameOf, namespaceOf } from "../pods";
import { secretKind } from "../../../modules/lib/secret-pattern";
import { type WrittenRule, absent, all, check, oneOf, present } from "../rule";

const NAMESPACED = [
  "kubernetes_config_map_v1",
  "kubernetes_cron_job_v1",
  "kubernetes_deployment_v1",
  "kubernetes_ingress_v1",
  "kubernetes_network_policy_v1",
  "kubernetes_persistent_volume_claim_v1",
  "kubernetes_role_binding_v1",
  "kubernetes_role_v1",
  "kubernetes_secret_v1",
  "kubernetes_service_account_v1",
  "kubernetes_service_v1",
];
const LEVELS = ["restricted", "baseline", "privileged"];
const PSA = "pod-security.kubernetes.io/";

/** Namespaces, quotas, Secrets and ConfigMaps (CIS 4.4, 4.5). */
export const namespaceRules: readonly WrittenRule[] = [
  {
    id: "namespaces/namespace",
    sentence:
      "Every object names a namespace, and none is the default one or Kubernetes' own.",
    externalIds: ["CKV_K8S_21", "CIS-EKS 4.5.2"],
    types: NAMESPACED,
    ...check(
      "metadata.namespace",
      (subject) =>
        !["default", "kube-system", "kube-public"].includes(
          namespaceOf(subject),
        ),
    ),
  },
  {
    id: "namespaces/restricted",
    sentence: 'A namespace takes only pods of the standard "restricted".',
    externalIds: ["CIS-EKS 4.2.5", "CIS-EKS 4.5.1"],
    types: ["kubernetes_namespace_v1"],
    ...check(
      `metadata.labels.${PSA}enforce`,
      (subject) => level(subject) === "restricted",
    ),
  },
  {
    id: "namespaces/not-privileged",
    sentence:
      "A namespace takes no privileged pods, and none in the namespaces of the host.",
    externalIds: [
      "CIS-EKS 4.2.1",
      "CIS-EKS 4.2.2",
      "CIS-EKS 4.2.3",
      "CIS-EKS 4.2.4",
    ],
    types: ["kubernetes_namespace_v1"],
    ...check(`metadata.labels.${PSA}enforce`, (subject) =>
      ["restricted", "baseline"].includes(level(subject)),
    ),
  },
  {
    id: "namespaces/warned",
    sentence:
      "What a namespace would reject is also warned of and written down.",
    types: ["kubernetes_namespace_v1"],
    ...check(
      [`metadata.labels.${PSA}warn`, `metadata.labels.${PSA}audit`],
      (subject) =>
        ["warn", "audit"].every(
          (mode) =>
            LEVELS.includes(level(subject, mode)) &&
            LEVELS.indexOf(level(subject, mode)) <=
              Math.min(
                LEVELS.indexOf(level(subject)),
                LEVELS.indexOf("baseline"),
              ),
        ),
    ),
  },
  {
    id: "namespaces/kept-namespace",
    sentence: "Terraform refuses to delete a namespace, and waits for its end.",
    types: ["kubernetes_namespace_v1"],
    ...all(
      oneOf("lifecycle.prevent_destroy", true),
      oneOf("timeouts.delete", "20m"),
    ),
  },
  {
    id: "namespaces/quota",
    sentence:
      "A namespace that takes other pods than restricted ones has a quota, and defaults for it.",
    externalIds: ["KSV-0039", "KSV-0040"],
    types: ["kubernetes_namespace_v1"],
    ...check(
      ["kubernetes_resource_quota_v1", "kubernetes_limit_range_v1"],
      (subject, graph) =>
        level(subject) === "restricted" ||
        (
          ["kubernetes_resource_quota_v1", "kubernetes_limit_range_v1"] as const
        ).every((type) =>
          ofType(graph, type).some(
            (one) => namespaceOf(one) === nameOf(subject),
          ),
        ),
    ),
  },
  {
    id: "namespaces/whole-quota",
    sentence: "A quota bounds pods, processor time and memory.",
    externalIds: ["KSV-0040"],
    types: ["kubernetes_resource_quota_v1"],
    ...all(
      ...["pods", "requests_cpu", "requests_memory", "limits_memory"].map(
        (name) =>
          check(`spec.hard.${name}`, ({ body }) =>
            isBounded(first(body, "spec.hard"), name.replace("_", ".")),
          ),
      ),
    ),
  },
  {
    id: "namespaces/whole-defaults",
    sentence: "A container without limits gets some.",
    externalIds: ["KSV-0039"],
    types: ["kubernetes_limit_range_v1"],
    ...all(
      oneOf("spec.limit.type", "Container"),
      present("spec.limit.default.memory"),
      present("spec.limit.default_request.memory"),
      present("spec.limit.default_request.cpu"),
    ),
  },
  {
    id: "namespaces/config-map",
    sentence: "No secret stands in a ConfigMap.",
    externalIds: ["KSV-0109", "KSV-01010", "CIS-EKS 4.4.1"],
    types: ["kubernetes_config_map_v1"],
    ...check(["data", "binary_data"], ({ body }) =>
      at(body, "data")
        .flatMap((data) => Object.entries(data as object))
        .filter(([, text]) =>
          String(text)
            .split("\n")
            .some((line) => secretKind(line) !== undefined),
        )
        .map(([key]) => key),
    ),
  },
  {
    id: "namespaces/secret-write-only",
    sentence: "Values of Secrets are written and never kept in state.",
    externalIds: ["CIS-EKS 4.4.2"],
    types: ["kubernetes_secret_v1"],
    ...all(
      absent("data"),
      absent("binary_data"),
      check("data_wo", ({ body }) =>
        at(body, "data_wo")
          .flatMap((data) => Object.values(data as Json))
          .every((value) => /ephemeral\./.test(String(value))),
      ),
      check("data_wo_revision", ({ body }) =>
        /sha256\(|_wo_version|^\d+$/.test(String(body.data_wo_revision)),
      ),
    ),
  },
];

const isBounded = (hard: unknown, name: string): boolean =>
  isObject(hard) && hard[name] !== undefined;
