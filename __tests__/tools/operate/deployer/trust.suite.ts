import { readFileSync } from "node:fs";
import { deployerFiles } from "../../../../tools/operate/deployer/files";
import { runRoleTrust } from "../../../../tools/operate/deployer/trust";
import { projectFile } from "../../../../modules/lib/project-file";
import { type Settings } from "../../../../modules/schema";
import { synthApp } from "../../../support/synth";
import {
  type SettingsChange,
  currentSettings,
  deliverySettings,
  emgSettings,
} from "../../../support/settings";

const cloud = (backend: object = {}, change: SettingsChange = {}) =>
  currentSettings({
    backend: {
      kind: "cloud",
      organization: "acme",
      project: "wave",
      ...backend,
    },
    ...change,
  });

const RUN = "organization:acme:project:wave:workspace";

test("each workspace may take the role, in each phase, and no other may", () => {
  const settings = cloud();
  const trusted = runRoleTrust(settings)?.Statement[0]?.Condition?.StringLike;
  expect(trusted).toEqual({
    "app.terraform.io:sub": Object.keys(synthApp(settings))
      .sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))
      .map((stack) => `${RUN}:wave-prod-${stack}:run_phase:*`),
  });
});

const ORDER = ["network", "data", "identity", "workloads"];

test.each<[string, SettingsChange]>([
  ["compute-env", { computeEnv: { launcher: { kind: "none" } } }],
  ["delivery", { delivery: deliverySettings().delivery }],
  ["emg", { emg: emgSettings().emg }],
])("the workspace of %s may too, where there is one", (stack, change) => {
  const trusted = (settings: Settings) =>
    JSON.stringify(runRoleTrust(settings)).includes(
      `wave-prod-${stack}:run_phase`,
    );
  expect(trusted(cloud())).toBe(false);
  expect(trusted(cloud({}, change))).toBe(true);
});

test("the audience is AWS's, the provider that of the host, in the partition of the region", () => {
  expect(runRoleTrust(cloud())?.Statement).toMatchObject([
    {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: {
        Federated: "arn:aws:iam::123456789012:oidc-provider/app.terraform.io",
      },
      Condition: {
        StringEquals: { "app.terraform.io:aud": "aws.workload.identity" },
      },
    },
  ]);
  const own = runRoleTrust(
    cloud({ hostname: "tfe.example.com" }, { region: "us-gov-west-1" }),
  );
  expect(own?.Statement).toMatchObject([
    {
      Principal: {
        Federated:
          "arn:aws-us-gov:iam::123456789012:oidc-provider/tfe.example.com",
      },
      Condition: {
        StringEquals: { "tfe.example.com:aud": "aws.workload.identity" },
      },
    },
  ]);
});

test("without a project the workspaces of any project, whose names are unique in the organization", () => {
  expect(JSON.stringify(runRoleTrust(cloud({ project: undefined })))).toContain(
    "organization:acme:project:*:workspace:wave-prod-network:",
  );
});

test("a loop over deployer-*.json attaches the policies, and the trust policy is no one of them", () => {
  const files = Object.keys(deployerFiles(cloud()));
  expect(files).toContain("deployer-network.json");
  expect(files.filter((file) => !file.startsWith("deployer-"))).toEqual([
    "trust-policy.json",
    "doctor-policy.json",
  ]);
  expect(readFileSync(projectFile("docs", "runbook.md"), "utf8")).toContain(
    "for file in deployer/deployer-*.json; do",
  );
});

test("no trust policy with another back end", () => {
  expect(runRoleTrust(currentSettings())).toBeUndefined();
  expect(Object.keys(deployerFiles(currentSettings()))).not.toContain(
    "trust-policy.json",
  );
});

test("a plan by another role says that one role runs both phases", () => {
  const said = (settings: ReturnType<typeof cloud>) =>
    JSON.stringify(synthApp(settings).network?.data?.aws_iam_session_context);
  expect(said(cloud())).toContain(
    "set TFC_AWS_RUN_ROLE_ARN, and neither TFC_AWS_PLAN_ROLE_ARN nor TFC_AWS_APPLY_ROLE_ARN",
  );
  expect(said(currentSettings())).toContain(
    "Plans and applies need the same one.",
  );
});
