import { exampleSettings, currentSettings } from "../../../support/settings";
import { examine } from "../../../../tools/operate/doctor/check";
import { programChecks } from "../../../../tools/operate/doctor/programs";
import { reportOf } from "../../../../tools/operate/doctor/report";
import { versionChecks } from "../../../../tools/operate/doctor/versions";

const settings = currentSettings();

const programs = async (of: typeof settings, env: NodeJS.ProcessEnv) =>
  reportOf("prod", await examine(programChecks(of, env), 5000)).findings;

test("programs that are not on this machine are said", async () => {
  expect(await programs(settings, { PATH: "/nowhere" })).toMatchObject([
    { path: "TERRAFORM_BINARY_NAME" },
    { path: "kubeAuth" },
  ]);
});

test("with a token the AWS CLI is not asked for", async () => {
  const findings = await programs(currentSettings({ kubeAuth: "token" }), {
    PATH: "/nowhere",
  });
  expect(findings).toHaveLength(1);
});

test("a Terraform of another lane is refused", async () => {
  const [finding] = await programs(currentSettings({ kubeAuth: "token" }), {
    PATH: process.env.PATH,
    // Its first line is that of no Terraform.
    TERRAFORM_BINARY_NAME: process.execPath,
  });
  expect(finding?.path).toBe("TERRAFORM_BINARY_NAME");
});

const ends = async (of: typeof settings, day: string) =>
  reportOf(
    "prod",
    await examine(
      versionChecks({ settings: of, json: json(of), now: new Date(day) }),
      1000,
    ),
  ).findings;

const json = ({ cluster }: typeof settings) =>
  ({
    network: {
      resource: { aws_eks_cluster: { cluster: { version: cluster.version } } },
    },
  }) as never;

test("a minor near its end is to know, by its setting", async () => {
  const paths = async (day: string) =>
    (await ends(settings, day)).map(({ path }) => path);
  expect(await paths("2026-11-29")).not.toContain("cluster.version");
  expect(await paths("2027-07-20")).toContain("cluster.version");
  expect(
    (await ends(exampleSettings() as never, "2027-07-20")).every(
      ({ severity }) => severity === "know",
    ),
  ).toBe(true);
});
