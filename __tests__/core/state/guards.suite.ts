import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectFile } from "../../../modules/lib/project-file";
import { guardRun, warnOfRun } from "../../../modules/core/state/guards";
import { type WaveSettings as Settings } from "../../../modules/wave/settings/schema";
import { exampleSettings } from "../../support/settings";
import { withSettingsFiles } from "../../support/settings-files";

const settings = exampleSettings();

describe("guards of a run", () => {
  test.each(["INFO", "debug", "TRACE", "JSON"])(
    "TF_LOG=%s is refused: Secrets would be logged",
    (level) => {
      const [problem] = guardRun(settings, { TF_LOG: level });
      expect(problem?.path).toBe("environment variable TF_LOG");
      expect(problem?.fix).toContain("logs the values of Secrets");
    },
  );

  test("the log variables of parts are refused too", () => {
    const found = guardRun(settings, {
      TF_LOG_PROVIDER: "INFO",
      TF_LOG_CORE: "DEBUG",
    });
    expect(found).toHaveLength(2);
  });

  test.each(["WARN", "error", "OFF", ""])("TF_LOG=%s is fine", (level) => {
    expect(guardRun(settings, { TF_LOG: level })).toEqual([]);
  });

  test("variables of the Kubernetes provider are refused, their values not shown", () => {
    const found = guardRun(settings, {
      KUBE_CONFIG_PATH: "/home/me/.kube/config",
      KUBE_TOKEN: "hunter2",
    });
    expect(found.map(({ path }) => path)).toEqual([
      "environment variable KUBE_CONFIG_PATH",
      "environment variable KUBE_TOKEN",
    ]);
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });

  test("other KUBE_ variables are a warning; KUBECONFIG is none", () => {
    const variables = { KUBE_EDITOR: "vi", KUBECONFIG: "x", KUBE_TOKEN: "x" };
    expect(warnOfRun(variables)).toHaveLength(1);
    expect(warnOfRun(variables)[0]).toMatch(/^KUBE_EDITOR is set/);
  });
});

/** Problems with an output folder whose stack `network` was initialised like this. */
function problemsIn(
  backend: (stackFolder: string) => unknown,
  of: Settings = settings,
  stackId = "network",
) {
  return withSettingsFiles({}, (outdir) => {
    const stackFolder = join(outdir, "stacks", stackId);
    const file = join(stackFolder, ".terraform", "terraform.tfstate");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ backend: backend(stackFolder) }));
    return guardRun(of, { CDKTF_OUTDIR: outdir });
  });
}

const s3 =
  (
    key: string,
    bucket = "wave-prod-state-123456789012",
    region = "eu-central-1",
  ) =>
  () => ({
    type: "s3",
    config: { bucket, key, region },
  });

describe("an output folder of another environment is refused", () => {
  test("its own is fine", () => {
    expect(problemsIn(s3("wave/prod/network.tfstate"))).toEqual([]);
  });

  test("another key", () => {
    const [problem] = problemsIn(s3("wave/dev/network.tfstate"));
    expect(problem?.path).toMatch(/^output folder .*stacks\/network$/);
    expect(problem?.given).toContain("wave/dev/network.tfstate");
    expect(problem?.allowed).toContain("wave/prod/network.tfstate");
    expect(problem?.fix).toContain("CDKTF_OUTPUT=cdktf.out/prod");
  });

  test("another bucket", () => {
    expect(problemsIn(s3("wave/prod/network.tfstate", "other"))).toHaveLength(
      1,
    );
  });

  test("another region, which Terraform would only ask to migrate to", () => {
    const [problem] = problemsIn(
      s3("wave/prod/network.tfstate", undefined, "eu-west-1"),
    );
    expect(problem?.given).toContain("in eu-west-1");
    expect(problem?.allowed).toContain("in eu-central-1");
  });

  test("a workspace of Terraform Cloud", () => {
    const cloud = exampleSettings({
      backend: { kind: "cloud", organization: "org" },
    });
    const workspace = (name: string, hostname?: string | null) => () => ({
      type: "cloud",
      config: { hostname, organization: "org", workspaces: { name } },
    });
    expect(problemsIn(workspace("wave-prod-network"), cloud)).toEqual([]);
    expect(problemsIn(workspace("wave-dev-network"), cloud)).toHaveLength(1);
    // Terraform notes null where no host was written.
    for (const same of [null, "app.terraform.io"])
      expect(problemsIn(workspace("wave-prod-network", same), cloud)).toEqual(
        [],
      );
    // The same names at another host are another state, and an empty one.
    const elsewhere = exampleSettings({
      backend: {
        kind: "cloud",
        organization: "org",
        hostname: "tfe.example.com",
      },
    });
    const [problem] = problemsIn(workspace("wave-prod-network"), elsewhere);
    expect(problem?.given).toMatch(/org\/wave-prod-network of app\.terraform/);
    expect(problem?.allowed).toMatch(/of tfe\.example\.com$/);
    expect(
      problemsIn(workspace("wave-prod-network", "tfe.example.com"), elsewhere),
    ).toEqual([]);
  });

  test("a local state", () => {
    const local = exampleSettings({
      backend: { kind: "local" },
    });
    const state = (prefix: string) => () => ({
      type: "local",
      config: { path: projectFile(".state", prefix, "network.tfstate") },
    });
    expect(problemsIn(state("wave-prod"), local)).toEqual([]);
    expect(problemsIn(state("wave-dev"), local)).toHaveLength(1);
  });

  test("the state bucket's own stack is no stack of an environment", () => {
    const local = () => ({ type: "local", config: { path: "x" } });
    expect(problemsIn(local, settings, "state")).toEqual([]);
  });
});
