import { type KubeApi } from "../kube/api";
import { type Snapshot, withoutFields } from "./snapshot";

/** What Kubernetes writes by itself, all the time. */
const VOLATILE: ReadonlySet<string> = new Set([
  ...["managedFields", "resourceVersion", "status"],
]);

/** Kinds that come and go by themselves: heartbeats, reports, and what a controller keeps of other objects. */
const RESTLESS: ReadonlySet<string> = new Set([
  ...["componentstatuses", "events", "leases", "ipaddresses"],
]);

interface Kind {
  readonly name: string;
  readonly kind: string;
  readonly verbs: readonly string[];
}

interface KubeObject {
  readonly metadata: { readonly namespace?: string; readonly name: string };
}

/** Every object of a cluster that its API lists, of whatever kind, in all namespaces; without its status. */
export async function snapshotOfKubernetes(api: KubeApi): Promise<Snapshot> {
  const { groups } = (await api.call("GET", "/apis")) as {
    groups: { preferredVersion: { groupVersion: string } }[];
  };
  const versions = groups.map(
    ({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`,
  );
  const entries = await Promise.all(
    ["/api/v1", ...versions].map((version) => objectsOf(api, version)),
  );
  return new Map(entries.flat());
}

async function objectsOf(
  api: KubeApi,
  version: string,
): Promise<[string, unknown][]> {
  const { resources } = (await api.call("GET", version)) as {
    resources: Kind[];
  };
  const listed = resources.filter(
    ({ name, verbs }) => verbs.includes("list") && !RESTLESS.has(name),
  );
  const lists = listed.map(async ({ name, kind }) => {
    const { items } = (await api.call("GET", `${version}/${name}`)) as {
      items: KubeObject[];
    };
    return items.map((object): [string, unknown] => [
      `${kind} ${idOf(object)}`,
      withoutFields(object, VOLATILE),
    ]);
  });
  return (await Promise.all(lists)).flat();
}

const idOf = ({ metadata: { namespace, name } }: KubeObject): string =>
  namespace === undefined ? name : `${namespace}/${name}`;
