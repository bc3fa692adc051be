import { type WaveSettings as Settings } from "../../../modules/wave/settings/schema";
import {
  BUILD_SERVICE_ACCOUNT,
  WAVE_SERVICE_ACCOUNT,
} from "../../../modules/wave/objects/kubernetes-names";

/** Wave itself, or the account of its builds. */
type Subject = "server" | "build";

/** A question about the rights of one account, with its answer on each line. */
export interface Right {
  /** Row of the verification tables. */
  readonly id: string;
  readonly subject: Subject;
  readonly verb: string;
  /** `pods`, `jobs.batch`, or with a subresource `pods/log`. */
  readonly resource: string;
  /** `build` is the build namespace, `*` all of them. */
  readonly namespace: "build" | "kube-system" | "*";
  readonly classic: boolean;
  readonly current: boolean;
}

const build = "build" as const;
const always = { classic: true, current: true };
const never = { classic: false, current: false };

/** VK-01…VK-07: what Wave needs, and what the cluster must not give it. */
export const rights: readonly Right[] = [
  {
    id: "VK-01",
    subject: "server",
    verb: "create",
    resource: "pods",
    namespace: build,
    classic: true,
    current: false,
  },
  {
    id: "VK-02",
    subject: "server",
    verb: "create",
    resource: "jobs.batch",
    namespace: build,
    classic: false,
    current: true,
  },
  {
    id: "VK-03",
    subject: "server",
    verb: "get",
    resource: "pods/log",
    namespace: build,
    ...always,
  },
  {
    id: "VK-04",
    subject: "server",
    verb: "list",
    resource: "pods",
    namespace: build,
    classic: false,
    current: true,
  },
  {
    id: "VK-05",
    subject: "server",
    verb: "create",
    resource: "pods/exec",
    namespace: build,
    ...never,
  },
  {
    id: "VK-06",
    subject: "server",
    verb: "create",
    resource: "pods",
    namespace: "kube-system",
    ...never,
  },
  {
    id: "VK-06",
    subject: "server",
    verb: "create",
    resource: "jobs.batch",
    namespace: "kube-system",
    ...never,
  },
  {
    id: "VK-06",
    subject: "server",
    verb: "get",
    resource: "secrets",
    namespace: "*",
    ...never,
  },
  {
    id: "VK-07",
    subject: "build",
    verb: "get",
    resource: "secrets",
    namespace: build,
    ...never,
  },
  {
    id: "VK-07",
    subject: "build",
    verb: "create",
    resource: "pods",
    namespace: build,
    ...never,
  },
];

/** Name of an account in Kubernetes. */
export function userOf(
  subject: Subject,
  { wave }: Pick<Settings, "wave">,
): string {
  const [namespace, account] =
    subject === "server"
      ? [wave.namespace, WAVE_SERVICE_ACCOUNT]
      : [wave.buildNamespace, BUILD_SERVICE_ACCOUNT];
  return `system:serviceaccount:${namespace}:${account}`;
}

/** A SubjectAccessReview that asks for a right. */
export function reviewOf(
  { verb, resource, namespace, subject }: Omit<Right, "id">,
  settings: Pick<Settings, "wave">,
): object {
  const [plural = "", subresource] = resource.split("/");
  const [name, group = ""] = plural.split(/\.(.*)/);
  const user = userOf(subject, settings);
  return {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SubjectAccessReview",
    spec: {
      user,
      // What every service account is a member of.
      groups: [
        "system:authenticated",
        "system:serviceaccounts",
        `system:serviceaccounts:${user.split(":")[2] ?? ""}`,
      ],
      resourceAttributes: {
        verb,
        group,
        resource: name,
        subresource,
        namespace:
          namespace === "build"
            ? settings.wave.buildNamespace
            : namespace === "*"
              ? ""
              : namespace,
      },
    },
  };
}
