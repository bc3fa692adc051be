import { type CoreSettings } from "../../../modules/core/settings/schema";
import { accessKey } from "../aws/client";
import { type ClusterLogin } from "../kube/cluster";
import { KubeApi } from "../kube/api";
import { eksToken } from "../kube/eks-token";
import { adminKey } from "../kube/principals";
import { sleep, until } from "../system/process";
import { type Report } from "../report";

/** What is asked of everyone who may enter: `verb resource`, in all namespaces. */
const questions = [
  "list pods",
  "get secrets",
  "create pods",
  "create rolebindings.rbac.authorization.k8s.io",
  "create clusterroles.rbac.authorization.k8s.io",
] as const;

type Admin = CoreSettings["access"]["admins"][number];
type Policy = Admin["policy"];

/** How many of the questions each policy answers with yes, from the first on; `edit` and above may read Secrets. */
const granted: Readonly<Record<Policy, number>> = {
  none: 0,
  view: 1,
  edit: 3,
  admin: 4,
  "cluster-admin": 5,
};

/** What a policy allows in all namespaces: one of single namespaces nothing. */
export const allowedBy = ({
  policy,
  namespaces,
}: Pick<Admin, "policy" | "namespaces">): readonly string[] =>
  namespaces.length > 0 ? [] : questions.slice(0, granted[policy]);

/** Who asks the lab's own cluster in, by the token that `aws eks get-token` would make. */
interface AccessCheck {
  readonly report: Report;
  readonly login: ClusterLogin;
  readonly settings: CoreSettings;
  readonly step: string;
}

/** Deployer and admins enter with the permissions of their access entries, and nobody else enters. */
export async function checkAccess(check: AccessCheck): Promise<void> {
  const { report, settings, step } = check;
  const { admins } = settings.access;
  const wrong: string[] = [];
  const people = [
    { key: accessKey, policy: "cluster-admin" as const, namespaces: [] },
    ...admins.map((admin, i) => ({ ...admin, key: adminKey(i) })),
  ];
  for (const { key, ...admin } of people) {
    const found = await permissionsOf(check, key);
    if (found?.join() !== allowedBy(admin).join())
      wrong.push(
        `${admin.policy} of ${key}: ${found?.join(", ") ?? "Unauthorized"}`,
      );
  }
  report.check(
    `${step}: ${people.length} access entries open the cluster as their policies say`,
    wrong.length === 0,
    wrong.join("; ") || undefined,
  );
  const stranger = await permissionsOf(check, "AKIALABLABLABSTRANGE");
  report.check(
    `${step}: a principal without an access entry is Unauthorized`,
    stranger === undefined,
  );
}

/** Without its access entry, not even the deployer enters: as soon as the API server has forgotten its last token. */
export async function checkNoAccess(check: AccessCheck): Promise<void> {
  const refused = await until("Unauthorized", 20, async () => {
    if ((await permissionsOf(check, accessKey)) === undefined) return true;
    await sleep(500);
    return undefined;
  }).catch(() => false);
  check.report.check(
    `${check.step}: the deployer is Unauthorized without an access entry`,
    refused,
  );
}

/** Questions that are answered with yes; undefined when the caller is Unauthorized. */
async function permissionsOf(
  { login, settings }: AccessCheck,
  key: string,
): Promise<string[] | undefined> {
  const { host, cluster_ca_certificate } = login;
  const token = eksToken(key, settings.region);
  const api = new KubeApi({ host, cluster_ca_certificate, token });
  const allowed: string[] = [];
  for (const question of questions) {
    const [verb = "", plural = ""] = question.split(" ");
    const [resource = "", group = ""] = plural.split(/\.(.*)/);
    const { status, body } = await api.ask(
      "POST",
      "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
      {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes: { verb, group, resource } },
      },
    );
    if (status === 401) return undefined;
    const review = body as { status?: { allowed?: boolean } };
    if (review.status?.allowed === true) allowed.push(question);
  }
  return allowed;
}
