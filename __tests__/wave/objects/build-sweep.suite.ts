import { waveInputs } from "../../support/wave-inputs";
import { buildSweep } from "../../../modules/wave/objects/build-sweep";
import { exampleSettings } from "../../support/settings";

const settings = exampleSettings();
const objects = buildSweep(settings, waveInputs(settings));
const spec = objects.cronJobs["wave-build-sweep"]?.spec;
const pod = spec?.jobTemplate.spec.template.spec;

const commands = [pod?.initContainer, pod?.container].map((list) =>
  Array.isArray(list) ? (list[0]?.args ?? []).join(" ") : "",
);

test("K8S-24: removes failed pods that the run before has labelled, then labels the others", () => {
  expect(commands).toEqual([
    "delete pods --selector=wave-build-sweep/seen=true --field-selector=status.phase=Failed --wait=false --namespace=wave-build",
    "label pods --field-selector=status.phase=Failed wave-build-sweep/seen=true --namespace=wave-build",
  ]);
});

test.each([
  [24, "41 4 * * *"],
  [6, "41 */6 * * *"],
  [1, "41 */1 * * *"],
])("K8S-24: failedPodsAfterHours %i runs at %s", (hours, schedule) => {
  const changed = exampleSettings({
    wave: { build: { failedPodsAfterHours: hours } },
  });
  expect(
    buildSweep(changed, waveInputs(changed)).cronJobs["wave-build-sweep"]?.spec
      .schedule,
  ).toBe(schedule);
});

test("K8S-24: fails for hours that do not divide a day, which cron cannot space evenly", () => {
  expect(() =>
    exampleSettings({ wave: { build: { failedPodsAfterHours: 5 } } }),
  ).toThrow();
});

test("its own account may list, label and delete pods of the build namespace, and nothing else", () => {
  expect(objects.roles["wave-build-sweep"]?.rule).toEqual([
    {
      apiGroups: [""],
      resources: ["pods"],
      verbs: ["list", "patch", "delete"],
    },
  ]);
  expect(objects.roles["wave-build-sweep"]?.metadata.namespace).toBe(
    "wave-build",
  );
  expect(objects.roleBindings["wave-build-sweep"]?.subject).toEqual([
    {
      kind: "ServiceAccount",
      name: "wave-build-sweep",
      namespace: "wave-build",
    },
  ]);
  expect(pod?.serviceAccountName).toBe("wave-build-sweep");
  expect(
    objects.serviceAccounts["wave-build-sweep"]?.automountServiceAccountToken,
  ).toBe(false);
  expect(pod?.automountServiceAccountToken).toBe(true);
});

test("K8S-23: only the sweep's pods reach the Kubernetes API", () => {
  expect(objects.networkPolicies["wave-build-sweep"]?.spec).toEqual({
    podSelector: { matchLabels: { app: "wave-build-sweep" } },
    policyTypes: ["Ingress", "Egress"],
    egress: [
      {
        to: [
          { ipBlock: { cidr: settings.cluster.serviceCidr } },
          { ipBlock: { cidr: settings.network.cidr } },
        ],
        ports: [{ port: "443", protocol: "TCP" }],
      },
    ],
  });
  expect(spec?.jobTemplate.spec.template.metadata.labels).toMatchObject({
    app: "wave-build-sweep",
  });
});

test("hardened, although its namespace would allow more", () => {
  expect(pod?.securityContext).toMatchObject({
    runAsNonRoot: true,
    seccompProfile: { type: "RuntimeDefault" },
  });
  for (const list of [pod?.initContainer, pod?.container])
    expect(Array.isArray(list) && list[0]?.securityContext).toEqual({
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
});
