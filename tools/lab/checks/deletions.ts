import { type AuditEntry } from "../kube/audit";

/** An object of the cluster; a Namespace is in the one of its name. */
export type Deleted = readonly [
  resource: string,
  namespace: string,
  name: string,
];

/**
 * What went too early in the last destroy.
 * @param groups What has to be deleted before what: every object of one group before any of the next.
 */
export function deletionProblems(
  audit: readonly AuditEntry[],
  groups: readonly (readonly Deleted[])[],
): string[] {
  const events = groups.map((group) =>
    group.map(([resource, namespace, name]) => ({
      what: `${resource} ${namespace}/${name}`,
      time: deletionOf(audit, { resource, namespace, name }),
    })),
  );
  const missing = events
    .flat()
    .filter(({ time }) => time === undefined)
    .map(({ what }) => `${what}: not in the records`);
  const early = events.flatMap((group, i) =>
    group.flatMap((event) =>
      events
        .slice(i + 1)
        .flat()
        .filter((next) => (next.time ?? Infinity) < (event.time ?? 0))
        .map((next) => `${next.what} before ${event.what}`),
    ),
  );
  return [...missing, ...early];
}

/** Milliseconds since 1970 of the last one. */
function deletionOf(
  audit: readonly AuditEntry[],
  wanted: Readonly<Record<string, string>>,
): number | undefined {
  const found = audit.filter((one) => {
    const object: Readonly<Record<string, unknown>> = { ...one.objectRef };
    return (
      one.verb === "delete" &&
      one.responseStatus?.code === 200 &&
      Object.entries(wanted).every(([field, value]) => object[field] === value)
    );
  });
  const last = found.at(-1);
  return last && Date.parse(last.requestReceivedTimestamp);
}
