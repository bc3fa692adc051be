import { secretKind } from "../../../modules/lib/secret-pattern";
import { type Subject } from "../graph";
import { at, first, numberOf } from "../reading";
import {
  POD_TYPES,
  containersOf,
  containersWith,
  podOf,
  variableOf,
} from "../pods";
import { container } from "./pods";
import { type WrittenRule, check } from "../rule";

const IMAGE =
  /^(?<repository>[^@]+?)(:(?<tag>[\w.-]+))?(@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Words of a variable that holds a password. */
const PASSWORD = /PASS(WORD|WD)?$|SECRET|TOKEN|_KEY$/;

/** What else a container should have. Findings name the container, or the variable. */
export const containerRules: readonly WrittenRule[] = [
  container(
    "containers/cpu-request",
    "A container asks for processor time.",
    ["CKV_K8S_10", "KSV-0015"],
    "resources.requests.cpu",
  ),
  container(
    "containers/cpu-limit",
    "A container's processor time has a limit.",
    ["CKV_K8S_11", "KSV-0011"],
    "resources.limits.cpu",
  ),
  container(
    "containers/memory-limit",
    "A container's memory has a limit.",
    ["CKV_K8S_12", "KSV-0018"],
    "resources.limits.memory",
  ),
  container(
    "containers/memory-request",
    "A container asks for memory.",
    ["CKV_K8S_13", "KSV-0016"],
    "resources.requests.memory",
  ),
  container(
    "containers/tag",
    "An image has a tag that names a version.",
    ["CKV_K8S_14", "KSV-0013"],
    "image",
    (one) =>
      [undefined, "latest"].includes(imageOf(one).tag) &&
      imageOf(one).digest === undefined,
  ),
  container(
    "containers/pull",
    "An image is asked for at every start, so that a pod never runs one it may not pull.",
    ["CKV_K8S_15"],
    "image_pull_policy",
    (one) => first(one, "image_pull_policy") !== "Always",
  ),
  container(
    "containers/digest",
    "An image is named by its digest.",
    ["CKV_K8S_43"],
    "image",
    (one) => imageOf(one).digest === undefined,
  ),
  {
    id: "containers/secrets-as-files",
    sentence: "Secrets are files, not variables.",
    externalIds: ["CKV_K8S_35", "CIS-EKS 4.4.1"],
    types: POD_TYPES,
    ...check("env.value_from.secret_key_ref", (subject) =>
      variables(subject)
        .filter((one) => at(one, "value_from.secret_key_ref").length > 0)
        .map((one) => String(first(one, "name"))),
    ),
  },
  {
    id: "containers/no-plain-secret",
    sentence: "No variable and no argument holds a password.",
    externalIds: ["KSV-01010"],
    types: POD_TYPES,
    ...check(["env.value", "args", "command"], (subject) => [
      ...variables(subject)
        .filter(
          (one) =>
            first(one, "value") !== undefined &&
            (PASSWORD.test(String(first(one, "name"))) ||
              secretKind(String(first(one, "value"))) !== undefined),
        )
        .map((one) => String(first(one, "name"))),
      ...containersWith(subject, (one) =>
        [...at(one, "args"), ...at(one, "command")].some(
          (text) => secretKind(String(text)) !== undefined,
        ),
      ),
    ]),
  },
  {
    id: "containers/database-password",
    sentence:
      "SurrealDB asks for its password: without this variable it lets anybody write.",
    types: POD_TYPES,
    ...check("env.SURREAL_AUTH", (subject) =>
      containersWith(
        subject,
        (one) =>
          at(one, "args").includes("start") &&
          /surrealdb/.test(String(first(one, "image"))) &&
          !["true"].includes(String(variableOf(one, "SURREAL_AUTH"))),
      ),
    ),
  },
  {
    id: "containers/no-deduction",
    sentence:
      "Wave reads its settings from its file, not from the account it runs in.",
    types: POD_TYPES,
    about: (subject) => containersWith(subject, isMicronaut).length > 0,
    ...check("env.MICRONAUT_ENV_DEDUCTION", (subject) =>
      containersWith(
        subject,
        (one) =>
          isMicronaut(one) &&
          String(variableOf(one, "MICRONAUT_ENV_DEDUCTION")) !== "false",
      ),
    ),
  },
  {
    id: "containers/bounded-scratch",
    sentence: "A scratch volume has a size.",
    types: POD_TYPES,
    ...check("volume.empty_dir.size_limit", (subject) =>
      at(podOf(subject), "volume")
        .filter(
          (one) =>
            at(one, "empty_dir").length > 0 &&
            at(one, "empty_dir.size_limit").length === 0,
        )
        .map((one) => String(first(one, "name"))),
    ),
  },
  {
    id: "containers/one-writer",
    sentence:
      "A database in files has one writer: one replica, stopped before the next starts.",
    types: ["kubernetes_deployment_v1"],
    about: (subject) =>
      containersOf(subject).some((one) =>
        at(one, "args").some((arg) =>
          /^(file|rocksdb|surrealkv):/.test(String(arg)),
        ),
      ),
    ...check(
      ["spec.strategy.type", "spec.replicas"],
      ({ body }) =>
        first(body, "spec.strategy.type") === "Recreate" &&
        numberOf(first(body, "spec.replicas")) === 1,
    ),
  },
  {
    id: "containers/one-at-a-time",
    sentence: "A scheduled job never runs twice at once, and not for ever.",
    types: ["kubernetes_cron_job_v1"],
    ...check(
      [
        "spec.concurrency_policy",
        "spec.job_template.spec.active_deadline_seconds",
      ],
      ({ body }) =>
        first(body, "spec.concurrency_policy") === "Forbid" &&
        numberOf(
          first(body, "spec.job_template.spec.active_deadline_seconds"),
        ) > 0,
    ),
  },
];

const imageOf = (one: unknown): Partial<Record<string, string>> =>
  IMAGE.exec(String(first(one, "image")))?.groups ?? {};

function isMicronaut(one: unknown): boolean {
  return variableOf(one, "MICRONAUT_ENVIRONMENTS") !== undefined;
}

const variables = (subject: Subject): unknown[] =>
  containersOf(subject).flatMap((one) => at(one, "env"));
