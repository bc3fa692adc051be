import { join } from "node:path";
import {
  FLUX_NAMESPACE,
  RELEASES_ACCOUNT,
  serviceNamespaces,
} from "../../../../modules/delivery/names";
import { type KubernetesObject } from "../../../operate/manifests/manifests";
import { fluxArguments } from "../../flux/arguments";
import { type RunningFlux, startFlux } from "../../flux/controllers";
import { type GitServer, serveGit } from "../../flux/git-server";
import {
  PROOF,
  RELEASE_SECRET,
  chartSource,
  folderOf,
  goodRelease,
  refusedObjects,
  refusedReleases,
  releaseCharts,
} from "../../flux/releases";
import { type FluxPrograms } from "../../flux/programs";
import { readAudit, auditLogOf } from "../../kube/audit";
import { listOf } from "../../kube/kubectl";
import { serveCharts } from "../../stand-ins/charts";
import { until } from "../../system/process";
import { type DeliveryCheck } from "./check";
import { ownRefusals } from "./refusals";

/** Where Flux's objects are in the API. */
const SYNC = `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${FLUX_NAMESPACE}/kustomizations/flux-sync`;
const SOURCE = `/apis/source.toolkit.fluxcd.io/v1/namespaces/${FLUX_NAMESPACE}/gitrepositories/${FLUX_NAMESPACE}`;
const releaseIn = (namespace: string, name: string): string =>
  `/apis/helm.toolkit.fluxcd.io/v2/namespaces/${namespace}/helmreleases/${name}`;

/** What is read of an object of Flux. */
interface FluxObject {
  readonly metadata: { readonly generation: number };
  readonly status?: {
    readonly lastAttemptedRevision?: string;
    readonly artifact?: { readonly revision: string };
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message: string;
      readonly observedGeneration?: number;
    }[];
  };
}

/** Flux at work on a repository of the lab. */
export interface TwinRun {
  readonly flux: RunningFlux;
  readonly git: GitServer;
  /** Address of the charts that releases name. */
  readonly charts: string;
}

/** Starts Flux's own controllers with the permissions that were applied; the repository is the lab's, all else is as deployed. */
export async function startTwinRun(
  { report, api, cluster, folder, name, step, values }: DeliveryCheck,
  programs: FluxPrograms,
): Promise<TwinRun> {
  const git = await serveGit(join(folder, "git"));
  const { url } = await serveCharts(releaseCharts());
  git.commit({});
  const flux = await startFlux({
    ...{ cluster, name, programs, folder: join(folder, "flux") },
    args: fluxArguments(values),
    onEnd: (why) => report.check(`${step}: a controller of Flux`, false, why),
  });
  await api.call("PATCH", SOURCE, { spec: { url: git.url } });
  return { flux, git, charts: url };
}

/** Everything that the folder holds where nothing is wrong: a release for each namespace of a service. */
const folderWith = (
  { settings }: DeliveryCheck,
  { charts }: TwinRun,
  more: readonly KubernetesObject[] = [],
): Readonly<Record<string, string>> => {
  const { environment, delivery } = settings;
  const good = serviceNamespaces(settings).flatMap((namespace) => [
    chartSource(namespace, charts),
    goodRelease(namespace),
  ]);
  const path = `${delivery.flux?.path ?? ""}/${environment}`;
  return folderOf(path, [...good, ...more]);
};

/** The folder is applied, and its releases have made their objects of the values of their namespaces. */
export async function checkFolder(
  check: DeliveryCheck,
  twin: TwinRun,
): Promise<void> {
  const { report, cluster, settings, step } = check;
  const namespaces = serviceNamespaces(settings);
  await cluster.kubectl(["apply", "-f", "-"], listOf(namespaces.map(secretOf)));
  twin.git.commit(folderWith(check, twin));
  await poke(check);
  const sync = await settled(check, SYNC, ({ ready }) => ready === "True");
  const wrong = sync.startsWith("Ready=True") ? [] : [sync];
  for (const namespace of namespaces)
    wrong.push(...(await problemsIn(check, namespace)));
  report.check(
    `${step}: Flux applies the folder, and a release runs in each of ${namespaces.join(", ")}`,
    wrong.length === 0,
    wrong.length > 0 ? wrong.join("; ") : sync,
  );
}

/** What is wrong with the release of a namespace, and with what it made of its values. */
async function problemsIn(
  check: DeliveryCheck,
  namespace: string,
): Promise<string[]> {
  const path = `/api/v1/namespaces/${namespace}/configmaps/${PROOF}`;
  const ready = ({ ready }: { ready: string }) => ready === "True";
  const said = await settled(check, releaseIn(namespace, "lab-service"), ready);
  const { body } = await check.api.ask("GET", path);
  const { domain, secret } =
    (body as { data?: Record<string, string> }).data ?? {};
  const isRight =
    said.startsWith("Ready=True") &&
    domain === check.settings.delivery.domain &&
    secret === "from-secret";
  return isRight ? [] : [`${namespace}: ${said}, domain ${domain ?? "?"}`];
}

/** What is outside of a namespace is refused, to the folder and to its releases; and the controllers ask for nothing else. */
export async function checkRefused(
  check: DeliveryCheck,
  twin: TwinRun,
): Promise<void> {
  const { report, name, step } = check;
  const [namespace = ""] = serviceNamespaces(check.settings);
  await checkRefusedObjects(check, twin, namespace);
  await checkRefusedReleases(check, namespace);
  await checkFolder(check, twin);
  const refusals = ownRefusals(readAudit(auditLogOf(name)));
  report.check(
    `${step}: the controllers of Flux ask for nothing that they may not`,
    refusals.length === 0,
    refusals.join("; ") || undefined,
  );
}

const secretOf = (namespace: string): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: RELEASE_SECRET, namespace },
  stringData: { value: "from-secret" },
});

/** What the folder may not hold, each in a commit of its own. */
async function checkRefusedObjects(
  check: DeliveryCheck,
  twin: TwinRun,
  namespace: string,
): Promise<void> {
  const { report, step } = check;
  const refused = Object.entries(refusedObjects(namespace));
  for (const [what, object] of refused) {
    twin.git.commit(folderWith(check, twin, [object]));
    await poke(check);
    const { kind, metadata } = object;
    const said = await settled(
      check,
      SYNC,
      ({ message }) =>
        message.startsWith(`${kind}/`) && message.includes(metadata.name),
    );
    report.check(
      `${step}: refused to the folder: ${what}`,
      said.includes(`:${RELEASES_ACCOUNT}" cannot`),
      said,
    );
  }
}

/** By the API, or by the controller itself. */
const REFUSED = /is forbidden: User|references are not allowed/;

/** What a release of a service may not do; each is written by hand, so that the folder does not wait for it. */
async function checkRefusedReleases(
  check: DeliveryCheck,
  namespace: string,
): Promise<void> {
  const { report, cluster, step } = check;
  const refused = Object.entries(refusedReleases(namespace));
  const objects = refused.map(([, object]) => object);
  await cluster.kubectl(["create", "-f", "-"], listOf(objects));
  for (const [what, { metadata }] of refused) {
    const said = await settled(
      check,
      releaseIn(namespace, metadata.name),
      ({ message }) => REFUSED.test(message),
    );
    report.check(
      `${step}: refused to a release of a service: ${what}`,
      REFUSED.test(said),
      said,
    );
  }
  await cluster.kubectl(
    ["delete", "-f", "-", "--timeout=60s"],
    listOf(objects),
  );
}

/** Asks Flux to look at the repository now, and waits until it has the newest commit. */
async function poke({ api }: DeliveryCheck): Promise<void> {
  const at = new Date().toISOString();
  const annotations = { "reconcile.fluxcd.io/requestedAt": at };
  const metadata = { annotations };
  await api.call("PATCH", SOURCE, { metadata });
  await until("Flux to fetch the repository", 60, async () => {
    const { status } = (await api.call("GET", SOURCE)) as {
      status?: { lastHandledReconcileAt?: string };
    };
    return status?.lastHandledReconcileAt === at ? true : undefined;
  });
  await api.call("PATCH", SYNC, { metadata });
}

/** What an object of Flux says when it has come to an end. @returns `Ready=<status>: <message>`. */
async function settled(
  { api }: DeliveryCheck,
  path: string,
  isOver: (state: { ready: string; message: string }) => boolean,
): Promise<string> {
  let last = "nothing";
  await until(path, 90, async () => {
    const { body } = await api.ask("GET", path);
    const { status } = body as FluxObject;
    const { status: ready = "", message = "" } =
      status?.conditions?.find(({ type }) => type === "Ready") ?? {};
    last = `Ready=${ready}: ${message.trim()}`;
    return isOver({ ready, message }) ? true : undefined;
  }).catch(() => undefined);
  return last;
}
