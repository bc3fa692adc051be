import { named, waveObjects } from "../support/wave";

const objects = waveObjects();
const namesIn = (kind: Readonly<Record<string, { metadata: object }>>) =>
  Object.values(kind).map(
    ({ metadata }) => (metadata as { name?: string }).name,
  );

test("objects are keyed by their names, and none is lost between the parts", () => {
  for (const kind of [
    objects.namespaces,
    objects.serviceAccounts,
    objects.roles,
    objects.roleBindings,
    objects.deployments,
    objects.services,
    objects.cronJobs,
    objects.networkPolicies,
  ]) {
    expect(Object.keys(kind)).toEqual(namesIn(kind));
  }
  expect(Object.keys(objects.deployments)).toEqual(["wave", "surrealv1"]);
  expect(Object.keys(objects.services)).toEqual(["wave", "surrealv1"]);
  expect(Object.keys(objects.claims)).toEqual(
    expect.arrayContaining(["wave-app-fs", "wave-build-fs"]),
  );
});

test("K8S-12: no token that never expires, because Wave uses the projected one", () => {
  expect(JSON.stringify(objects)).not.toContain("service-account-token");
  expect(JSON.stringify(objects)).not.toContain("wave-sa-secret");
});

test("SET-12, SET-13: the two namespaces come from the settings, everywhere", () => {
  const moved = waveObjects({
    wave: { namespace: "registry", buildNamespace: "registry-jobs" },
  });
  const used = [
    ...JSON.stringify(moved).matchAll(/"namespace":"([^"]*)"/g),
  ].map((match) => match[1]);
  expect(new Set(used)).toEqual(new Set(["registry", "registry-jobs"]));
  expect(moved.configFile).toMatchObject({
    wave: { build: { k8s: { namespace: "registry-jobs" } } },
  });
});

test("upstream's labels and the recommended ones stand on every object of Wave itself", () => {
  for (const { metadata } of [
    named(objects.deployments, "wave"),
    named(objects.services, "wave"),
    named(objects.serviceAccounts, "wave-sa"),
    named(objects.networkPolicies, "wave"),
    objects.ingress,
    objects.disruptionBudget,
  ]) {
    expect(metadata.labels).toEqual({
      app: "wave-app",
      "app.kubernetes.io/name": "wave-app",
      "app.kubernetes.io/component": "server",
      "app.kubernetes.io/part-of": "wave",
      "app.kubernetes.io/managed-by": "terraform",
    });
  }
});

test("labels name the part of Wave: objects of the builds, and the ConfigMap by upstream's name", () => {
  for (const object of [
    objects.quota,
    objects.limitRange,
    named(objects.networkPolicies, "wave-build"),
    named(objects.namespaces, "wave-build"),
    named(objects.serviceAccounts, "wave-build-sa"),
  ]) {
    expect(object?.metadata.labels).toMatchObject({
      app: "wave-app",
      "app.kubernetes.io/component": "build",
    });
  }
  expect(objects.configMap.metadata.labels).toMatchObject({
    app: "wave-cfg",
    "app.kubernetes.io/component": "server",
  });
});
