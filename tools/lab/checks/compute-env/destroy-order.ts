import { type AuditEntry } from "../../kube/audit";
import {
  LAUNCHER_ROLE_BINDING,
  LAUNCHER_USER_BINDING,
  STORAGE_VOLUME,
} from "../../../../modules/compute-env/names";
import { type ComputeEnvSettings } from "../../../../modules/compute-env/settings/schema";
import { type LogEntry } from "../../aws/request-log";

/** What is known of a destroy. */
export interface ComputeEnvRecords {
  readonly settings: ComputeEnvSettings;
  /** Requests to AWS, those of other environments among them. */
  readonly requests: readonly LogEntry[];
  /** Changes in the cluster. */
  readonly audit: readonly AuditEntry[];
  /** Name of the EKS cluster. */
  readonly cluster: string;
  /** ARN of who launches; unset where nobody enters from outside. */
  readonly launcher: string | undefined;
}

/** Something that was deleted, or not: milliseconds since 1970. */
interface Event {
  readonly what: string;
  readonly time: number | undefined;
}

/**
 * What went too early in the last destroy: first nobody may start anything any more, then what runs is removed, then what it
 * used.
 */
export function computeEnvOrderProblems(records: ComputeEnvRecords): string[] {
  const groups = eventsOf(records);
  const missing = groups
    .flat()
    .filter(({ time }) => time === undefined)
    .map(({ what }) => `${what}: not in the records`);
  const early = groups.flatMap((group, i) =>
    group.flatMap((event) =>
      (groups[i + 1] ?? [])
        .filter((next) => (next.time ?? Infinity) < (event.time ?? 0))
        .map((next) => `${next.what} before ${event.what}`),
    ),
  );
  return [...missing, ...early];
}

/** Groups of events; all of one group come before all of the next. */
function eventsOf(records: ComputeEnvRecords): Event[][] {
  const { settings, requests, cluster, launcher } = records;
  const { namespace, storage } = settings.computeEnv;
  const gone = (resource: string, name: string, where?: string): Event => ({
    what: `${resource} ${name}`,
    time: lastChange(records, "delete", { resource, name, namespace: where }),
  });
  const isOurs = storage.kind === "efs" || storage.kind === "nfs";
  return [
    [
      ...(launcher === undefined
        ? []
        : [
            {
              what: "access entry of the launcher",
              time: lastTime(
                requests.filter(
                  ({ operation, request }) =>
                    operation === "DeleteAccessEntry" &&
                    decodeURIComponent(request) ===
                      `/clusters/${cluster}/access-entries/${launcher}`,
                ),
              ),
            },
          ]),
      gone("rolebindings", LAUNCHER_ROLE_BINDING, namespace),
      gone("rolebindings", LAUNCHER_USER_BINDING, namespace),
    ],
    [
      {
        what: "clean-up",
        time: lastChange(records, "create", { resource: "jobs", namespace }),
      },
    ],
    ...(isOurs
      ? [
          [gone("persistentvolumeclaims", storage.claimName, namespace)],
          [gone("persistentvolumes", STORAGE_VOLUME)],
        ]
      : []),
    [{ ...gone("namespaces", namespace, namespace) }],
  ];
}

function lastChange(
  { audit }: Pick<ComputeEnvRecords, "audit">,
  verb: string,
  wanted: Readonly<Record<string, string | undefined>>,
): number | undefined {
  const found = audit.filter((one) => {
    const object: Readonly<Record<string, string>> = { ...one.objectRef };
    return (
      one.verb === verb &&
      Object.entries(wanted).every(
        ([field, value]) => value === undefined || object[field] === value,
      )
    );
  });
  return lastTime(
    found.map(({ requestReceivedTimestamp: time }) => ({ time })),
  );
}

const lastTime = (
  entries: readonly { readonly time: string }[],
): number | undefined => {
  const { time } = entries.at(-1) ?? {};
  return time === undefined ? undefined : Date.parse(time);
};
