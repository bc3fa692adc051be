import { type AccessEntry } from "../aws/services/eks/store";
import { groupsOf } from "./access-policies";
import { accessKeyOf } from "./eks-token";

/** ARN of the role or user of each access key of the lab. */
export type Principals = Readonly<Record<string, string>>;

/** Name of every session in the lab. */
const session = "lab";

/**
 * Answers the API server's question who a token belongs to, as EKS does: by the access entry of the principal that signed
 * it. Without an entry nobody enters.
 *
 * @param review A TokenReview of authentication.k8s.io/v1.
 * @param entries Access entries of the cluster that is asked to let somebody in.
 */
export function reviewToken(
  review: unknown,
  principals: Principals,
  entries: ReadonlyMap<string, AccessEntry>,
): object {
  const { spec } = review as { spec?: { token?: string } };
  const key = accessKeyOf(spec?.token ?? "");
  const entry = entries.get(principals[key ?? ""] ?? "");
  return {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenReview",
    status:
      entry === undefined
        ? { authenticated: false }
        : { authenticated: true, user: userOf(entry) },
  };
}

const userOf = (entry: AccessEntry): object => ({
  username: entry.username.replace(/\{\{SessionName(Raw)?\}\}/, session),
  uid: `aws-iam-authenticator:${entry.principalArn}`,
  groups: groupsOf(entry),
});
