import { type WaveSettings as Settings } from "../../../modules/wave/settings/schema";
import {
  BUILD_SERVICE_ACCOUNT,
  WAVE_SERVICE_ACCOUNT,
} from "../../../modules/wave/objects/kubernetes-names";
import { accessReview, accountOf } from "./review";

/** Wave itself, or the account of its builds. */
type Subject = "server" | "build";

/** A question about the permissions of one account, with its answer on each line. */
export interface Permission {
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

/** What Wave needs, and what the cluster must not give it. */
export const permissions: readonly Permission[] = [
  {
    subject: "server",
    verb: "create",
    resource: "pods",
    namespace: build,
    classic: true,
    current: false,
  },
  {
    subject: "server",
    verb: "create",
    resource: "jobs.batch",
    namespace: build,
    classic: false,
    current: true,
  },
  {
    subject: "server",
    verb: "get",
    resource: "pods/log",
    namespace: build,
    ...always,
  },
  {
    subject: "server",
    verb: "list",
    resource: "pods",
    namespace: build,
    classic: false,
    current: true,
  },
  {
    subject: "server",
    verb: "create",
    resource: "pods/exec",
    namespace: build,
    ...never,
  },
  {
    subject: "server",
    verb: "create",
    resource: "pods",
    namespace: "kube-system",
    ...never,
  },
  {
    subject: "server",
    verb: "create",
    resource: "jobs.batch",
    namespace: "kube-system",
    ...never,
  },
  {
    subject: "server",
    verb: "get",
    resource: "secrets",
    namespace: "*",
    ...never,
  },
  {
    subject: "build",
    verb: "get",
    resource: "secrets",
    namespace: build,
    ...never,
  },
  {
    subject: "build",
    verb: "create",
    resource: "pods",
    namespace: build,
    ...never,
  },
];

/** Namespace and name of an account. */
const placeOf = (
  subject: Subject,
  { wave }: Pick<Settings, "wave">,
): readonly [namespace: string, name: string] =>
  subject === "server"
    ? [wave.namespace, WAVE_SERVICE_ACCOUNT]
    : [wave.buildNamespace, BUILD_SERVICE_ACCOUNT];

/** Name of an account in Kubernetes. */
export const userOf = (
  subject: Subject,
  settings: Pick<Settings, "wave">,
): string => accountOf(...placeOf(subject, settings)).user;

/** A SubjectAccessReview that asks for a permission. */
export const reviewOf = (
  { verb, resource, namespace, subject }: Permission,
  settings: Pick<Settings, "wave">,
): object =>
  accessReview({
    ...accountOf(...placeOf(subject, settings)),
    ...{ verb, resource },
    namespace:
      namespace === "build"
        ? settings.wave.buildNamespace
        : namespace === "*"
          ? ""
          : namespace,
  });
