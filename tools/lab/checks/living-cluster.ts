import { withRelease } from "../../../modules/wave/release/release";
import { parse } from "yaml";
import { WAVE_CONFIG_MAP } from "../../../modules/wave/objects/kubernetes-names";
import { hasBuilds, lineOf } from "../../../modules/wave/release/line";
import { type BuildConfig } from "./build-objects";
import { checkAutoscaler } from "./autoscaler";
import { checkBuildPods } from "./build-pods";
import { checkBuildsAtOnce } from "./builds-at-once";
import { type ClusterCheck } from "./cluster-check";
import { type PodSecurity } from "../../../modules/kubernetes/namespace";
import {
  buildSecurity,
  serverSecurity,
} from "../../../modules/wave/objects/namespaces";
import { storageClaims } from "../../../modules/wave/objects/storage";
import { checkLoadBalancer } from "./load-balancer";
import { checkPods } from "./pods";
import { permissions, reviewOf } from "./permissions";
import { REVIEWS } from "./review";

/** Asks the living cluster what the verification tables ask for the line in use. */
export async function checkLivingCluster(
  props: Omit<ClusterCheck, "line">,
): Promise<void> {
  const { settings } = props;
  const line = lineOf(settings.wave.version);
  if (line === undefined)
    throw new Error(`Wave ${settings.wave.version} is of no line`);
  const check = { ...props, line };
  await checkPermissions(check);
  await checkClaims(check);
  await checkNamespaces(check);
  await checkPods(check);
  await checkLoadBalancer(check);
  if (hasBuilds(settings)) {
    const config = await buildConfigOf(check);
    await checkBuildPods(check, config);
    await checkBuildsAtOnce(check, config);
    await checkAutoscaler(check, config);
  }
}

async function checkPermissions(check: ClusterCheck): Promise<void> {
  const { api, settings, line, report, step } = check;
  const asked = hasBuilds(settings)
    ? permissions
    : permissions.filter(({ namespace }) => namespace !== "build");
  const wrong: string[] = [];
  for (const permission of asked) {
    const review = reviewOf(permission, settings);
    const { status } = (await api.call("POST", REVIEWS, review)) as {
      status: { allowed: boolean };
    };
    if (status.allowed !== permission[line])
      wrong.push(
        `${permission.subject}: ${permission.verb} ${permission.resource} in ${permission.namespace} is ${status.allowed ? "allowed" : "denied"}`,
      );
  }
  report.check(
    `${step}: ${asked.length} permissions of the ${line} line`,
    wrong.length === 0,
    wrong.join("; ") || undefined,
  );
}

async function checkClaims(check: ClusterCheck): Promise<void> {
  const { api, settings, report, step } = check;
  const { wave } = settings;
  const wanted = hasBuilds(settings)
    ? storageClaims(withRelease(settings))
    : [];
  const bound: string[] = [];
  for (const namespace of [wave.namespace, wave.buildNamespace]) {
    const { items } = (await api.call(
      "GET",
      `/api/v1/namespaces/${namespace}/persistentvolumeclaims`,
    )) as { items: Claim[] };
    for (const { metadata, spec, status } of items)
      bound.push(
        `${namespace}/${metadata.name} ${status.phase} ${spec.volumeName ?? ""}`,
      );
  }
  const expected = wanted.map(
    ({ claim, volume, namespace }) => `${namespace}/${claim} Bound ${volume}`,
  );
  report.check(
    `${step}: ${expected.length} claims are bound to their volumes`,
    bound.sort().join() === expected.sort().join(),
    bound.join(", ") || undefined,
  );
}

interface Claim {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly volumeName?: string };
  readonly status: { readonly phase: string };
}

async function checkNamespaces(check: ClusterCheck): Promise<void> {
  const { settings } = check;
  const { wave } = settings;
  await checkSecurity(
    check,
    wave.namespace,
    serverSecurity(withRelease(settings)),
  );
  if (hasBuilds(settings))
    await checkSecurity(
      check,
      wave.buildNamespace,
      buildSecurity(withRelease(settings)),
    );
}

async function checkSecurity(
  { api, report, step }: ClusterCheck,
  namespace: string,
  { enforce, report: level }: PodSecurity,
): Promise<void> {
  const { metadata } = (await api.call(
    "GET",
    `/api/v1/namespaces/${namespace}`,
  )) as { metadata: { labels: Record<string, string | undefined> } };
  const found = ["enforce", "audit", "warn"].map(
    (mode) => metadata.labels[`pod-security.kubernetes.io/${mode}`],
  );
  report.check(
    `${step}: Pod Security of ${namespace}`,
    found.join() === [enforce, level, level].join(),
    `enforce, audit, warn: ${found.join(", ")}`,
  );
}

/** `wave.build` as the pods read it. */
async function buildConfigOf({
  api,
  settings,
}: ClusterCheck): Promise<BuildConfig> {
  const path = `/api/v1/namespaces/${settings.wave.namespace}/configmaps/${WAVE_CONFIG_MAP}`;
  const { data } = (await api.call("GET", path)) as {
    data: Record<string, string>;
  };
  const { wave } = parse(data["config.yml"] ?? "") as {
    wave: { build: BuildConfig };
  };
  return wave.build;
}
