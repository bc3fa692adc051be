import { type AccessEntry, type Clusters } from "../aws/eks-store";
import { groupsOf } from "./access-policies";
import { accessKeyOf } from "./eks-token";

/** ARN of the role or user of each access key of the lab. */
export type Principals = Readonly<Record<string, string>>;

/** Name of every session in the lab. */
const session = "lab";

/**
 * Answers the API server's question who a token belongs to, as EKS does: by the access entry of the principal that signed
 * it (LAB-E3). Without an entry nobody enters.
 *
 * @param review A TokenReview of authentication.k8s.io/v1.
 */
export function reviewToken(
  review: unknown,
  principals: Principals,
  clusters: Clusters,
): object {
  const { spec } = review as { spec?: { token?: string } };
  const key = accessKeyOf(spec?.token ?? "");
  const entry =
    key === undefined ? undefined : entryOf(clusters, principals[key]);
  return {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenReview",
    status:
      entry === undefined
        ? { authenticated: false }
        : { authenticated: true, user: userOf(entry) },
  };
}

/** The lab has one Kubernetes API, so an entry of any cluster counts. */
function entryOf(
  clusters: Clusters,
  principal: string | undefined,
): AccessEntry | undefined {
  if (principal === undefined) return undefined;
  for (const { accessEntries } of clusters.values()) {
    const entry = accessEntries.get(principal);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

const userOf = (entry: AccessEntry): object => ({
  username: entry.username.replace(/\{\{SessionName(Raw)?\}\}/, session),
  uid: `aws-iam-authenticator:${entry.principalArn}`,
  groups: groupsOf(entry),
});
