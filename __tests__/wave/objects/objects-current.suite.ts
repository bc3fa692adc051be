import { waveInputs } from "../../support/wave-inputs";
import { type SettingsChange, currentSettings } from "../../support/settings";
import { currentObjects, named, waveObjects } from "../../support/wave";

const objects = currentObjects();
const classic = waveObjects();
const { data, identity } = waveInputs(currentSettings());
const labelOf = (mode: string, namespace: string) =>
  named(objects.namespaces, namespace).metadata.labels?.[
    `pod-security.kubernetes.io/${mode}`
  ];

test("K8S-16, K8S-17, K8S-22, K8S-24: no SurrealDB, no export and no sweep", () => {
  expect(Object.keys(objects.deployments)).toEqual(["wave"]);
  expect(Object.keys(objects.services)).toEqual(["wave"]);
  expect(objects.cronJobs).toEqual({});
  expect(JSON.stringify(objects)).not.toMatch(/surreal|sweep/i);
});

test("K8S-02, K8S-03, K8S-07, K8S-08, K8S-10: two volumes with their claims, which are those of the classic line", () => {
  expect(Object.keys(objects.volumes)).toEqual([
    "wave-app-pv",
    "wave-build-pv",
  ]);
  expect(Object.keys(objects.claims)).toEqual(["wave-app-fs", "wave-build-fs"]);
  expect(classic.volumes).toMatchObject(objects.volumes);
  expect(classic.claims).toMatchObject(objects.claims);
});

test("K8S-13, K8S-15, K8S-19, K8S-21, HPA-01: Service, autoscaler and disruption budget are those of the classic line", () => {
  expect(objects.services).toEqual({ wave: classic.services.wave });
  expect(objects.autoscaler).toEqual(classic.autoscaler);
  expect(objects.disruptionBudget).toEqual(classic.disruptionBudget);
  expect(objects.configMap.metadata).toEqual(classic.configMap.metadata);
});

test("K8S-18: the Ingress is that of the classic line, with time for the longer build of a trusted user", () => {
  const timeout = "alb.ingress.kubernetes.io/load-balancer-attributes";
  const { [timeout]: attributes, ...rest } =
    objects.ingress.metadata.annotations ?? {};
  const { [timeout]: classicAttributes, ...classicRest } =
    classic.ingress.metadata.annotations ?? {};
  expect(attributes).toContain("idle_timeout.timeout_seconds=1510");
  expect(attributes?.replace("=1510", "=910")).toBe(classicAttributes);
  expect(rest).toEqual(classicRest);
  const pathsOf = ({ spec }: typeof objects.ingress) =>
    JSON.stringify(spec.rule).match(/"path":"[^"]*"/g);
  // Its pages of builds and scans need not be closed.
  expect(pathsOf(objects.ingress)).toEqual(
    pathsOf(classic.ingress)?.filter((path) => !/builds|scans/.test(path)),
  );
});

test("K8S-01, K8S-06: builds are privileged because of BuildKit, and baseline is still reported", () => {
  expect(named(objects.namespaces, "wave")).toEqual(
    named(classic.namespaces, "wave"),
  );
  expect(labelOf("enforce", "wave-build")).toBe("privileged");
  expect(labelOf("warn", "wave-build")).toBe("baseline");
  expect(labelOf("audit", "wave-build")).toBe("baseline");
});

test("K8S-04, K8S-05: Wave makes Jobs, reads their pods and logs, and does nothing else", () => {
  const role = named(objects.roles, "wave-role");
  expect(role.metadata.namespace).toBe("wave-build");
  expect(role.rule).toEqual([
    {
      apiGroups: ["batch"],
      resources: ["jobs"],
      verbs: ["create", "get", "delete"],
    },
    {
      apiGroups: [""],
      resources: ["pods"],
      verbs: ["get", "list", "delete"],
    },
    { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
  ]);
  expect(named(objects.roleBindings, "wave-rolebind")).toEqual(
    named(classic.roleBindings, "wave-rolebind"),
  );
});

describe("accounts", () => {
  const annotationsOf = (name: string, change: SettingsChange = {}) =>
    named(currentObjects(change).serviceAccounts, name).metadata.annotations;
  const withRole = (arn: string) => ({ "eks.amazonaws.com/role-arn": arn });

  test("K8S-11: wave-sa has the server's role", () => {
    expect(annotationsOf("wave-sa")).toEqual(withRole(identity.serverRoleArn));
  });

  test("K8S-09: builds have no role, but for a layer cache in S3", () => {
    expect(annotationsOf("wave-build-sa")).toBeUndefined();
    const cache = withRole(identity.cacheRoleArn);
    expect(
      annotationsOf("wave-build-sa", { data: { buildCache: {} } }),
    ).toEqual(cache);
    const build = { cache: "s3://shared/layers" };
    expect(annotationsOf("wave-build-sa", { wave: { build } })).toEqual(cache);
  });

  test("K8S-12: no account hands out a token for the Kubernetes API by itself", () => {
    const accounts = Object.values(objects.serviceAccounts);
    expect(accounts).toHaveLength(3);
    for (const account of accounts)
      expect(account.automountServiceAccountToken).toBe(false);
    expect(JSON.stringify(objects)).not.toContain("service-account-token");
  });
});

test("the cleanup before a destroy may list and delete Jobs and pods, and reach the API alone", () => {
  const role = named(objects.roles, "wave-build-cleanup");
  const verbs = ["list", "delete"];
  expect(role.metadata.namespace).toBe("wave-build");
  expect(role.rule).toEqual([
    { apiGroups: ["batch"], resources: ["jobs"], verbs },
    { apiGroups: [""], resources: ["pods"], verbs },
  ]);
  expect(named(objects.roleBindings, "wave-build-cleanup").subject).toEqual([
    {
      kind: "ServiceAccount",
      name: "wave-build-cleanup",
      namespace: "wave-build",
    },
  ]);
  expect(named(objects.networkPolicies, "wave-build-cleanup").spec).toEqual({
    podSelector: { matchLabels: { app: "wave-build-cleanup" } },
    policyTypes: ["Ingress", "Egress"],
    egress: [
      {
        to: ["10.100.0.0/16", "10.40.0.0/16"].map((cidr) => ({
          ipBlock: { cidr },
        })),
        ports: [{ port: "443", protocol: "TCP" }],
      },
    ],
  });
});

test("K8S-21, K8S-23: Wave reaches Redis and PostgreSQL in the private subnets; all else is as on the classic line", () => {
  const specOf = (one: typeof objects, name: string) =>
    named(one.networkPolicies, name).spec;
  const egressOf = (one: typeof objects) =>
    specOf(one, "wave").egress as unknown[];
  const [dns, web, stores, ...more] = egressOf(objects);
  expect([dns, web]).toEqual(egressOf(classic).slice(0, 2));
  expect(stores).toEqual({
    to: ["10.40.0.0/19", "10.40.32.0/19", "10.40.64.0/19"].map((cidr) => ({
      ipBlock: { cidr },
    })),
    ports: [data.redisPort, data.postgresPort].map((port) => ({
      port: String(port),
      protocol: "TCP",
    })),
  });
  expect(more).toEqual([]);
  expect(specOf(objects, "wave").ingress).toEqual(
    specOf(classic, "wave").ingress,
  );
  for (const name of [
    "wave-default-deny",
    "wave-build-default-deny",
    "wave-build",
  ])
    expect(named(objects.networkPolicies, name)).toEqual(
      named(classic.networkPolicies, name),
    );
});

test("K8S-21: the quota's memory holds all the Jobs that Wave starts, each as large as the largest", () => {
  const memoryWith = (wave: SettingsChange["wave"]) => {
    const hard = currentObjects({ wave }).quota?.spec?.hard ?? {};
    return [hard["requests.memory"], hard["limits.memory"]];
  };
  expect(memoryWith({})).toEqual(["72000Mi", "72000Mi"]);
  expect(
    memoryWith({
      build: { maxRunningJobs: 4 },
      scan: { requestMemory: "5Gi" },
    }),
  ).toEqual(["20480Mi", "20480Mi"]);
  expect(memoryWith({ build: { quota: { requestsMemory: "30Gi" } } })).toEqual([
    "30Gi",
    "30Gi",
  ]);
});

test("K8S-21, CFG-R7: the quota leaves room above the Jobs that Wave runs", () => {
  const podsWith = (build: object) =>
    currentObjects({ wave: { build } }).quota?.spec?.hard?.pods;
  expect(podsWith({})).toBe("25");
  expect(podsWith({ maxRunningJobs: 7 })).toBe("12");
  expect(podsWith({ quota: { pods: 40 } })).toBe("40");
});

test("K8S-21: the LimitRange covers what Wave leaves out, at least its largest Job", () => {
  const limitWith = (wave: SettingsChange["wave"]) =>
    currentObjects({ wave }).limitRange?.spec?.limit;
  expect(limitWith({})).toEqual([
    {
      type: "Container",
      default: { memory: "3600Mi", "ephemeral-storage": "50Gi" },
      defaultRequest: {
        cpu: "500m",
        memory: "3600Mi",
        "ephemeral-storage": "0",
      },
    },
  ]);
  for (const part of ["build", "scan", "mirror"])
    expect(limitWith({ [part]: { requestMemory: "8Gi" } })).toMatchObject([
      { default: { memory: "8Gi" }, defaultRequest: { memory: "8Gi" } },
    ]);
});
