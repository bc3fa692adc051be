import { factsOf } from "../../../modules/facts";
import { type Settings, hasWave } from "../../../modules/schema";
import {
  type ApiAnswer,
  type ClusterLogin,
  askCluster,
} from "../kubernetes/cluster";
import { NotAsked } from "../doctor/check";
import { type Row, counted } from "./part";

/** What is read of a pod. */
interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly creationTimestamp: string;
  };
  readonly status: {
    readonly phase: string;
    readonly reason?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
    readonly containerStatuses?: readonly {
      readonly state?: {
        readonly waiting?: { readonly reason?: string };
        readonly terminated?: { readonly reason?: string };
      };
    }[];
  };
}

/** A pod has that long to start, nodes that have to come first included. */
const STARTING_MINUTES = 15;
/** Wave looks at its failed builds itself; older ones say nothing of today. */
const FAILED_HOURS = 24;

const MINUTE_MS = 60_000;

/** Pods that are not ready, and builds that failed, in the namespaces of the environment and that of the controllers. */
export async function podRows(
  settings: Settings,
  login: () => Promise<ClusterLogin>,
  now: Date,
): Promise<Row[]> {
  const opened = await login();
  const builds = hasWave(settings) ? settings.wave.buildNamespace : undefined;
  const namespaces = new Set([
    "kube-system",
    ...factsOf(settings).flatMap((facts) =>
      facts.namespaces.map(({ name }) => name),
    ),
  ]);
  const rows = await Promise.all(
    [...namespaces].map(async (namespace) => {
      const answer = await askCluster(
        opened,
        `/api/v1/namespaces/${namespace}/pods`,
      );
      return rowsOf(namespace, podsIn(answer), namespace === builds, now);
    }),
  );
  return rows.flat();
}

function podsIn({ status, body }: ApiAnswer): readonly Pod[] {
  if (status === 200) return (body as { items: readonly Pod[] }).items;
  const { message = "" } = (typeof body === "object" ? (body ?? {}) : {}) as {
    message?: string;
  };
  throw new NotAsked(`the cluster answered ${status}: ${message}`);
}

/** One row for each pod that is not as it should be; one for all where there is none. */
export function rowsOf(
  namespace: string,
  pods: readonly Pod[],
  isBuilds: boolean,
  now: Date,
): Row[] {
  const age = ({ metadata }: Pod): number =>
    (now.getTime() - Date.parse(metadata.creationTimestamp)) / MINUTE_MS;
  const wrong = pods.flatMap((pod): Row[] => {
    const { phase } = pod.status;
    const what = `${isBuilds ? "build" : "pod"} ${namespace}/${pod.metadata.name}`;
    const found = `${phase}${reasonOf(pod)}`;
    if (phase === "Succeeded") return [];
    if (phase === "Failed")
      return isBuilds && age(pod) > FAILED_HOURS * 60
        ? []
        : [{ what, found, standing: "wrong" }];
    if (isReady(pod) || age(pod) < STARTING_MINUTES) return [];
    return [{ what, found: `not ready: ${found}`, standing: "wrong" }];
  });
  if (wrong.length > 0) return wrong;
  return [
    {
      what: `pods of ${namespace}`,
      found: `${counted(pods.length, "pod")}, none failed or late`,
      standing: "fine",
    },
  ];
}

const isReady = ({ status }: Pod): boolean =>
  (status.conditions ?? []).some(
    ({ type, status: value }) => type === "Ready" && value === "True",
  );

function reasonOf({ status }: Pod): string {
  const reasons = [
    status.reason,
    ...(status.containerStatuses ?? []).map(
      ({ state }) => state?.waiting?.reason ?? state?.terminated?.reason,
    ),
    status.conditions?.find(({ type }) => type === "PodScheduled")?.message,
  ].filter((one) => one !== undefined && one !== "Completed");
  return reasons.length === 0 ? "" : ` (${[...new Set(reasons)].join("; ")})`;
}
