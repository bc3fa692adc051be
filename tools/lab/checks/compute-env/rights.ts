import { LAUNCHER_GROUP } from "../../../../modules/compute-env/names";
import { type ComputeEnvSettings } from "../../../../modules/compute-env/settings/schema";
import {
  type Answered,
  type Question,
  accountOf,
  wrongAnswers,
} from "../review";
import { type ComputeEnvCheck } from "./check";

/** Who is asked about. */
type Asker = Pick<Question, "user" | "groups"> & {
  readonly name: string;
  /** Whether the rights are given to it; else it has none. */
  readonly launches: boolean;
};

const VERBS = ["get", "list", "watch", "create", "delete"];

/** What launching takes: each of these with each verb, in the namespace of the pipelines. */
const GIVEN = [
  ...["pods", "pods/status", "pods/log", "pods/exec"],
  ...["persistentvolumeclaims", "configmaps", "deployments.apps"],
  ...["jobs.batch", "jobs.batch/status", "jobs.batch/log"],
];

/** What nobody of them may do there. */
const WITHHELD = [
  ...["get secrets", "list secrets", "create secrets", "create services"],
  ...["update pods", "patch pods", "deletecollection pods", "patch jobs.batch"],
  ...["create pods/eviction", "create pods/ephemeralcontainers"],
  ...["create serviceaccounts", "create serviceaccounts/token"],
  ...["create roles.rbac.authorization.k8s.io"],
  ...["create rolebindings.rbac.authorization.k8s.io"],
  ...["delete resourcequotas", "update limitranges"],
  ...["delete networkpolicies.networking.k8s.io"],
  ...["create daemonsets.apps", "create cronjobs.batch"],
];

/** What nobody of them may do elsewhere. */
const ELSEWHERE = ["get pods", "create pods", "create jobs.batch"];
const IN_NO_NAMESPACE = ["list nodes", "delete persistentvolumes"];

/** Head account and launcher may launch; the account of tasks, the default one and the group of Seqera's old page may not. */
export function askersOf({ computeEnv }: ComputeEnvSettings): Asker[] {
  const { namespace, headServiceAccount, computeServiceAccount } = computeEnv;
  const account = (name: string, launches: boolean): Asker => ({
    ...{ ...accountOf(namespace, name), name, launches },
  });
  const group = (name: string, launches: boolean): Asker => ({
    name: `group ${name}`,
    user: "lab",
    groups: ["system:authenticated", name],
    launches,
  });
  return [
    account(headServiceAccount, true),
    group(LAUNCHER_GROUP, true),
    account(computeServiceAccount, false),
    account("default", false),
    group("tower-launcher-role", false),
  ];
}

/** Every question of the table, with its answer. */
export function questionsOf(settings: ComputeEnvSettings): Answered[] {
  const { namespace } = settings.computeEnv;
  const split = (text: string) => {
    const [verb = "", resource = ""] = text.split(" ");
    return { verb, resource };
  };
  const given = GIVEN.flatMap((resource) =>
    VERBS.map((verb) => ({ verb, resource, namespace, given: true })),
  );
  const withheld = [
    ...WITHHELD.map((text) => ({ ...split(text), namespace })),
    ...["kube-system", "default"].flatMap((other) =>
      ELSEWHERE.map((text) => ({ ...split(text), namespace: other })),
    ),
    ...IN_NO_NAMESPACE.map((text) => ({ ...split(text), namespace: "" })),
  ].map((one) => ({ ...one, given: false }));
  return askersOf(settings).flatMap(({ launches, ...asker }) =>
    [...given, ...withheld].map((one) => ({
      ...asker,
      ...one,
      allowed: launches && one.given,
    })),
  );
}

/** `kubectl auth can-i`, for everyone and both ways. */
export async function checkRights({
  api,
  settings,
  report,
  step,
}: ComputeEnvCheck): Promise<void> {
  const questions = questionsOf(settings);
  const wrong = await wrongAnswers(api, questions);
  const yes = questions.filter(({ allowed }) => allowed).length;
  report.check(
    `${step}: ${yes} rights of whoever launches pipelines, and ${questions.length - yes} that nobody has`,
    wrong.length === 0,
    wrong.join("; ") || undefined,
  );
}
