import { launcherRoleArn } from "../../../modules/compute-env/names";
import { checkSettings } from "../../../modules/rules";
import { settingsSchema } from "../../../modules/schema";
import {
  type SettingsChange,
  platformsInput,
  platformsSettings,
} from "../../support/settings";

const problems = (change: SettingsChange) =>
  checkSettings(settingsSchema.parse(platformsInput(change)));
const paths = (change: SettingsChange): string[] =>
  problems(change).map(({ path }) => path);

/** Changes that a rule refuses, and what its fix names. */
test.each<[string, SettingsChange, SettingsChange]>([
  [
    "a work directory outside",
    {
      computeEnv: {
        storage: { kind: "efs", mountPath: "/mnt/a", workDir: "/b" },
      },
    },
    {
      computeEnv: {
        storage: { kind: "efs", mountPath: "/mnt/a", workDir: "/mnt/a/work" },
      },
    },
  ],
  [
    "a mount over programs",
    { computeEnv: { storage: { mountPath: "/usr/bin" } } },
    { computeEnv: { storage: { mountPath: "/scratch" } } },
  ],
  [
    "no nodes",
    { cluster: { autoscaler: undefined } },
    { cluster: { autoscaler: {} } },
  ],
  [
    "a quota below two pods",
    { computeEnv: { quota: { cpu: "1999m", memory: "4095Mi" } } },
    { computeEnv: { quota: { cpu: "2000m", memory: "4096Mi" } } },
  ],
  [
    "no external id where every customer is one principal",
    { computeEnv: { launcher: { externalId: "none" } } },
    {
      computeEnv: {
        launcher: {
          trust: { principalArn: "arn:aws:iam::111122223333:role/platform" },
          externalId: "none",
        },
      },
    },
  ],
  [
    "a reserved namespace",
    { computeEnv: { namespace: "kube-nextflow" } },
    { computeEnv: { namespace: "tower-nf" } },
  ],
  [
    "a toleration of every value with a value",
    {
      computeEnv: {
        nodes: {
          kind: "existing",
          tolerations: [{ key: "pool", operator: "Exists", value: "a" }],
        },
      },
    },
    {
      computeEnv: {
        nodes: {
          kind: "existing",
          tolerations: [{ key: "pool", operator: "Exists" }],
        },
      },
    },
  ],
])("the fix of %s is accepted", (_, wrong, right) => {
  expect(problems(wrong)).not.toEqual([]);
  expect(problems(right)).toEqual([]);
});

test("T-16: a work directory is the mounted folder or lies in it, by path segments", () => {
  const workDir = (path: string) =>
    paths({ computeEnv: { storage: { workDir: path } } });
  expect(workDir("/scratch")).toEqual([]);
  expect(workDir("/scratch/a/b")).toEqual([]);
  expect(workDir("/scratchy")).toEqual(["computeEnv.storage.workDir"]);
});

test("the ARN that is printed before the role exists has its path, name and partition", () => {
  const settings = platformsSettings({
    region: "cn-north-1",
    iam: { path: "/research/" },
  });
  expect(launcherRoleArn(settings)).toBe(
    "arn:aws-cn:iam::123456789012:role/research/pipelines-prod-cnn1-tower-launcher",
  );
});

test("one principal has one access entry, whatever it is", () => {
  const user = "arn:aws:iam::123456789012:user/tower";
  const launcher = { kind: "user", arn: user } as const;
  expect(
    paths({
      access: { admins: [{ principal: user }] },
      computeEnv: { launcher },
    }),
  ).toEqual(["computeEnv.launcher.arn"]);
  expect(paths({ computeEnv: { launcher } })).toEqual([]);
});
