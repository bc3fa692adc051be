import { networkFactsOf } from "../../../../../modules/core/network-facts";
import { APPS } from "../../../../../modules/emg/names";
import { networkPolicies } from "../../../../../modules/emg/network-policies";
import { type EmgSettings } from "../../../../../modules/emg/settings/schema";
import { denyAll } from "../../../../../modules/kubernetes/network-policy";
import {
  type LivingPods,
  expectedWays,
  openWays,
} from "../../../../../tools/lab/checks/emg/policies";
import { type NetworkPolicy } from "../../../../../tools/lab/checks/emg/reach";
import { type Patch } from "../../../../../tools/lab/settings";
import { emgLine } from "./support";

/** A pod of each of these programs. */
const podsOf = (...apps: (keyof typeof APPS)[]): LivingPods =>
  Object.fromEntries(apps.map((app) => [app, { app: APPS[app] }]));

/** The policies as they are sent. */
const policiesOf = (settings: EmgSettings): NetworkPolicy[] =>
  [
    denyAll("default-deny", settings.emg.namespace),
    ...Object.values(networkPolicies(settings, networkFactsOf(settings))),
  ] as unknown as NetworkPolicy[];

const all = podsOf("api", "tasks", "prefect", "login", "gateway", "jobs");
const basic: Patch = {
  emg: {
    api: null,
    auth: {
      mode: "prefect-basic",
      ...{ githubOrg: null, githubSecret: null, workers: null },
    },
  },
};

test.each<[string, Patch, LivingPods]>([
  ["everything", {}, all],
  ["Prefect alone, with one password", basic, podsOf("prefect", "jobs")],
  [
    "packages from the web, and a load balancer inside",
    {
      emg: {
        prefect: { extraPipPackages: ["nextflowpy==0.4.0"] },
        ingress: { scheme: "internal" },
      },
    },
    all,
  ],
])("with %s the policies open what is expected", (_what, patch, pods) => {
  const settings = emgLine(patch);
  expect(openWays(settings, pods, policiesOf(settings))).toEqual(
    expectedWays(settings, pods),
  );
});

test.each<
  [string, (policy: NetworkPolicy) => NetworkPolicy | undefined, string]
>([
  [
    "a policy that is not there",
    (one) => (one.metadata.name === APPS.gateway ? undefined : one),
    "load balancer → gateway:8080",
  ],
  [
    "a selector that no pod has",
    (one) =>
      one.metadata.name === APPS.jobs
        ? {
            ...one,
            spec: { ...one.spec, podSelector: { matchLabels: { app: "x" } } },
          }
        : one,
    "jobs → database:5432",
  ],
])("%s closes a way", (_what, change, way) => {
  const settings = emgLine();
  const changed = policiesOf(settings).flatMap((one) => change(one) ?? []);
  expect(expectedWays(settings, all)).toContain(way);
  expect(openWays(settings, all, changed)).not.toContain(way);
});

test("without any policy, another namespace comes in", () => {
  expect(openWays(emgLine(), all, [])).toContain(
    "another namespace → prefect:4200",
  );
});
