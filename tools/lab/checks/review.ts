import { type KubeApi } from "../kube/api";

/** Who may do what in which namespace; `""`: in all of them. */
export interface Question {
  readonly user: string;
  readonly groups: readonly string[];
  readonly verb: string;
  /** `pods`, `jobs.batch`, with a subresource `pods/log`, of one object `serviceaccounts:builder`. */
  readonly resource: string;
  readonly namespace: string;
}

export const REVIEWS = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

/** A SubjectAccessReview that asks it. */
export function accessReview(question: Question): object {
  const { user, groups, verb, resource, namespace } = question;
  const [kind = "", object] = resource.split(":");
  const [plural = "", subresource] = kind.split("/");
  const [name, group = ""] = plural.split(/\.(.*)/);
  return {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SubjectAccessReview",
    spec: {
      user,
      groups,
      resourceAttributes: {
        verb,
        group,
        resource: name,
        name: object,
        subresource,
        namespace,
      },
    },
  };
}

/** A service account, with the groups that every one is a member of. */
export const accountOf = (
  namespace: string,
  name: string,
): Pick<Question, "user" | "groups"> => ({
  user: `system:serviceaccount:${namespace}:${name}`,
  groups: [
    "system:authenticated",
    "system:serviceaccounts",
    `system:serviceaccounts:${namespace}`,
  ],
});

/** A question with its right answer, and who asks. */
export interface Answered extends Question {
  readonly name: string;
  readonly allowed: boolean;
}

/** `kubectl auth can-i` for each: what is answered otherwise, in words. */
export async function wrongAnswers(
  api: KubeApi,
  questions: readonly Answered[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { name, allowed, ...question } of questions) {
    const { status } = (await api.call(
      "POST",
      REVIEWS,
      accessReview(question),
    )) as { status: { allowed: boolean } };
    const { verb, resource, namespace } = question;
    if (status.allowed !== allowed)
      wrong.push(
        `${name}: ${verb} ${resource} in ${namespace || "all namespaces"} is ${status.allowed ? "allowed" : "denied"}`,
      );
  }
  return wrong;
}
