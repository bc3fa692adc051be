import { guardRun } from "../../../modules/core/state/guards";
import { type CoreSettings } from "../../../modules/core/settings/schema";
import { type RunVariables } from "../../../modules/settings/choose";
import { exampleSettings } from "../../support/settings";

const settings = exampleSettings();
const cloud: CoreSettings = {
  ...settings,
  backend: { kind: "cloud", organization: "acme" },
};
const paths = (variables: RunVariables, of: CoreSettings = settings) =>
  guardRun(of, variables).map(({ path, given }) => `${path}: ${given}`);

describe("variables that move what Terraform does are refused", () => {
  test.each([
    [{ TF_WORKSPACE: "dev" }, "TF_WORKSPACE: dev"],
    [{ TF_DATA_DIR: "/tmp/data" }, "TF_DATA_DIR: a value (not shown)"],
    [
      { AWS_SSE_CUSTOMER_KEY: "c2VjcmV0" },
      "AWS_SSE_CUSTOMER_KEY: a value (not shown)",
    ],
    [{ TF_CLI_ARGS: "-chdir=/elsewhere" }, "TF_CLI_ARGS: -chdir"],
    [
      { TF_CLI_ARGS_init: "-no-color --backend-config=bucket=other" },
      "TF_CLI_ARGS_init: -backend-config",
    ],
    [
      { TF_CLI_ARGS_plan: "-parallelism=5 -target aws_vpc.vpc -lock=false" },
      "TF_CLI_ARGS_plan: -target, -lock",
    ],
    [{ TF_CLI_ARGS_apply: "'-state=x'" }, "TF_CLI_ARGS_apply: -state"],
  ])("%j", (variables, line) => {
    expect(paths(variables)).toEqual([`environment variable ${line}`]);
  });

  test.each([
    [{ TF_CLOUD_ORGANIZATION: "other" }, "TF_CLOUD_ORGANIZATION: other"],
    [{ TF_CLOUD_PROJECT: "wave" }, "TF_CLOUD_PROJECT: wave"],
    [{ TF_CLOUD_HOSTNAME: "tfe.corp" }, "TF_CLOUD_HOSTNAME: tfe.corp"],
  ])("with backend.kind cloud also %j", (variables, line) => {
    expect(paths(variables, cloud)).toEqual([`environment variable ${line}`]);
    expect(paths(variables)).toEqual([]);
  });
});

test.each([
  { TF_WORKSPACE: "" },
  { TF_WORKSPACE: "default" },
  { TF_CLI_ARGS: "-no-color" },
  { TF_CLI_ARGS_plan: "-parallelism=5 -lock-timeout 60s" },
  { TF_CLI_ARGS_providers_lock: "-fs-mirror=/mirror" },
  { TF_IN_AUTOMATION: "1", TF_INPUT: "0", TF_PLUGIN_CACHE_DIR: "/cache" },
  { TF_CLOUD_ORGANIZATION: "acme", TF_CLOUD_HOSTNAME: "app.terraform.io" },
])("%j is fine", (variables) => {
  expect(paths(variables)).toEqual([]);
  expect(paths(variables, cloud)).toEqual([]);
});

test("the fix says how to name what was meant", () => {
  const [problem] = guardRun(settings, { TF_WORKSPACE: "dev" });
  expect(problem?.fix).toContain("a second settings file");
});
