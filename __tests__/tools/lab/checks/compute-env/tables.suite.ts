import {
  hasComputeEnv,
  settingsSchema,
  withDefaults,
} from "../../../../../modules/schema";
import { type Patch, labSettings } from "../../../../../tools/lab/settings";
import { leftRunning } from "../../../../../tools/lab/checks/compute-env/clean-up";
import {
  headPod,
  refusedOf,
} from "../../../../../tools/lab/checks/compute-env/pods";
import { questionsOf } from "../../../../../tools/lab/checks/compute-env/rights";
import { platformConfig } from "../../../../../tools/lab/nextflow/configs";

function settingsWith(patch: Patch = {}) {
  const input = labSettings("platforms", { retain: false, patch });
  const settings = settingsSchema.parse(withDefaults(input));
  if (!hasComputeEnv(settings)) throw new Error("no compute environment");
  return settings;
}
const fusion = (fuse: string): Patch => ({
  computeEnv: { storage: { kind: "fusion", fuse } },
});

test("only the head account and the group of the launcher have rights, and only in their namespace", () => {
  const questions = questionsOf(settingsWith());
  const allowed = questions.filter((one) => one.allowed);
  expect([...new Set(allowed.map(({ name }) => name))]).toEqual([
    "tower-launcher-sa",
    "group tower-launcher",
  ]);
  expect(new Set(allowed.map(({ namespace }) => namespace))).toEqual(
    new Set(["tower-nf"]),
  );
  for (const asker of new Set(questions.map(({ name }) => name)))
    expect(
      questions.find(
        ({ name, verb, resource }) =>
          name === asker && `${verb} ${resource}` === "get secrets",
      ),
    ).toMatchObject({ allowed: false });
});

test("a head pod has the claim where the form says, and with Fusion none", () => {
  const { spec } = headPod(settingsWith(), { nodeSelector: { a: "b" } });
  expect(spec).toMatchObject({
    nodeSelector: { a: "b" },
    serviceAccountName: "tower-launcher-sa",
    volumes: [{ persistentVolumeClaim: { claimName: "tower-scratch" } }],
    containers: [{ volumeMounts: [{ mountPath: "/scratch" }] }],
  });
  const bare = headPod(settingsWith(fusion("devicePlugin")), {});
  expect(JSON.stringify(bare)).not.toContain("olume");
});

test("privileged pods are refused unless Fusion was asked to run so", () => {
  const refused = (patch?: Patch) =>
    refusedOf(settingsWith(patch), {}).map(({ what }) => what);
  expect(refused()).toContain("a privileged pod");
  expect(refused(fusion("devicePlugin"))).toContain("a privileged pod");
  expect(refused(fusion("privileged"))).not.toContain("a privileged pod");
});

test("what is left running are a pod, a Deployment and a Job, all with the claim", () => {
  const left = leftRunning(settingsWith());
  expect(left.map((one) => (one as { kind: string }).kind)).toEqual([
    ...["Pod", "Deployment", "Job"],
  ]);
  for (const one of left)
    expect(JSON.stringify(one)).toContain("tower-scratch");
});

test("the Platform tells Nextflow the fields of the form", () => {
  expect(platformConfig(settingsWith(), "/elsewhere"))
    .toBe(`process.executor = 'k8s'
k8s {
  namespace = 'tower-nf'
  serviceAccount = 'tower-job-sa'
  storageClaimName = 'tower-scratch'
  storageMountPath = '/elsewhere'
}
`);
  expect(platformConfig(settingsWith(fusion("devicePlugin")))).not.toContain(
    "storage",
  );
});
