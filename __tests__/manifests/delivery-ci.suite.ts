import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { ACCOUNT_CONFIG, FLUX_NAMESPACE } from "../../modules/delivery/names";
import {
  type Job,
  runScript,
  scratchFolder,
  templateFile,
  templateText,
  workflow,
  write,
} from "./workflows";

const folder = scratchFolder();
const ci = workflow("service-ci");

describe("CI of a service", () => {
  const needs = (id: string) => [ci.job(id).needs ?? []].flat();

  test("C48: tests, builds, pushes the image, pushes the release, in this order", () => {
    expect(Object.keys(ci.jobs)).toEqual([
      "test",
      "build",
      "push-image",
      "push-release",
    ]);
    expect(needs("build")).toEqual(["test"]);
    expect(needs("push-image")).toEqual(["build"]);
    expect(needs("push-release")).toEqual(["build", "push-image"]);
  });

  test("C48: pushes nothing for a pull request, and what it pushes has an environment", () => {
    for (const id of ["push-image", "push-release"]) {
      const { if: condition, environment } = ci.job(id);
      expect(condition).toBe("github.event_name != 'pull_request'");
      expect(environment).toContain("'production' || 'staging'");
    }
    expect(ci.on.push).toEqual({ branches: ["main"] });
  });

  test("C48: runs no code of the repository where it has a token of AWS or of the releases", () => {
    const runs = (job: Job) => job.steps.map(({ run }) => run ?? "").join("\n");
    for (const id of ["push-image", "push-release"])
      expect(runs(ci.job(id))).not.toMatch(/npm|docker build|node /);
    expect(runs(ci.job("build"))).toContain("docker build");
  });

  test.each([
    ["push", "refs/heads/main", "main", /^refs-heads-main-abc-\d+$/],
    ["pull_request", "refs/pull/7/merge", "7", /^refs-pull-7-merge-abc-\d+$/],
    ["release", "refs/tags/v1.2.3", "v1.2.3", /^1\.2\.3$/],
  ])("tags the image of a %s", (event, ref, name, expected) => {
    const file = join(folder, `tag-${event}`);
    runScript(ci.script("build", "tag"), folder, {
      ...{ GITHUB_EVENT_NAME: event, GITHUB_REF: ref, GITHUB_REF_NAME: name },
      ...{ GITHUB_SHA: "abc", GITHUB_OUTPUT: file },
    });
    expect(readFileSync(file, "utf8").trim().replace("tag=", "")).toMatch(
      expected,
    );
  });

  test("refuses a release that is no version", () => {
    const { status, output } = runScript(ci.script("build", "tag"), folder, {
      ...{ GITHUB_EVENT_NAME: "release", GITHUB_REF: "refs/tags/new" },
      ...{ GITHUB_REF_NAME: "new", GITHUB_SHA: "abc" },
      GITHUB_OUTPUT: join(folder, "none"),
    });
    expect(status).not.toBe(0);
    expect(output).toContain("new is no version");
  });
});

describe("the release of a service", () => {
  const FILLED = {
    FILE: "releases/releases/prod/api.yaml",
    SERVICE: "api",
    NAMESPACE: "api-default",
    SANDBOX_ID: "default",
    KUBERNETES_ENV: "production",
    REPOSITORY: "example/api",
    IMAGE: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/api",
    TAG: "1.2.3",
    CHART:
      "123456789012.dkr.ecr.eu-central-1.amazonaws.com/biomage-prod/charts/nodejs",
    CHART_VERSION: "1.0.0",
  };

  /** Runs the step that fills the template, as it is or changed by its service. */
  function fill(
    name: string,
    {
      change = (text) => text,
      images = false,
      env = {},
    }: {
      change?: (text: string) => string;
      images?: boolean;
      env?: Record<string, string>;
    } = {},
  ) {
    const at = join(folder, name);
    write(at, "service/.flux.yaml", change(templateText("flux-service")));
    if (images)
      copyFileSync(
        templateFile("flux-service-images"),
        join(at, "service/.flux-images.yaml"),
      );
    const result = runScript(
      ci.script("push-release", "Fill the release"),
      at,
      { ...FILLED, ...env },
    );
    const text = () => readFileSync(join(at, FILLED.FILE), "utf8");
    const objects = () =>
      parseAllDocuments(text())
        .map((document) => document.toJS() as unknown)
        .filter((object) => object !== null) as {
        kind: string;
        metadata: { name: string; namespace: string };
        spec: Record<string, unknown>;
      }[];
    return { ...result, text, objects };
  }

  test("C28: is filled, and nothing is left to fill", () => {
    const { status, text, objects } = fill("plain");
    expect(status).toBe(0);
    expect(text()).not.toContain("${");
    expect(
      objects().map(({ kind, metadata }) => [kind, metadata.name]),
    ).toEqual([
      ["OCIRepository", "api-chart"],
      ["HelmRelease", "api"],
    ]);
  });

  test("C28: stands in the service's own namespace, with its chart, and makes no namespace", () => {
    const objects = fill("own").objects();
    for (const { kind, metadata } of objects) {
      expect(kind).not.toBe("Namespace");
      expect(metadata.namespace).toBe("api-default");
    }
    const [chart, release] = objects;
    expect(release?.spec.chartRef).toEqual({
      kind: "OCIRepository",
      name: chart?.metadata.name,
    });
    expect(chart?.spec).toMatchObject({
      url: `oci://${FILLED.CHART}`,
      provider: "aws",
      ref: { tag: "1.0.0" },
    });
  });

  test("C67: reads the facts of the account by valuesFrom", () => {
    const [, release] = fill("facts").objects();
    expect(release?.spec.valuesFrom).toEqual([
      {
        kind: "ConfigMap",
        name: ACCOUNT_CONFIG,
        valuesKey: `${ACCOUNT_CONFIG}.yaml`,
      },
    ]);
  });

  test("C28: takes what its service writes, such as another port", () => {
    const [, release] = fill("port", {
      change: (text) => `${text}    service: { internalPort: 3000 }\n`,
    }).objects();
    expect(release?.spec.values).toMatchObject({
      service: { internalPort: 3000 },
      image: {
        registry: "123456789012.dkr.ecr.eu-central-1.amazonaws.com",
        repository: "api",
        tag: "1.2.3",
      },
    });
  });

  test("C29: has objects for new tags only where its service asks for them, in Flux's namespace, and the tag points to them", () => {
    const { text, objects } = fill("images", { images: true });
    expect(
      objects()
        .slice(2)
        .map(({ kind, metadata }) => [kind, metadata.namespace]),
    ).toEqual([
      ["ImageRepository", FLUX_NAMESPACE],
      ["ImagePolicy", FLUX_NAMESPACE],
    ]);
    expect(text()).toContain(
      `tag: "1.2.3" # {"$imagepolicy": "${FLUX_NAMESPACE}:api:tag"}`,
    );
  });

  test.each([
    ["a name that nothing fills", "unknown", "${OTHER}", {}],
    ["a name that is empty", "empty", "", { NAMESPACE: "" }],
    ["what is no name", "odd", "${lower}", {}],
  ])("C28: is refused with %s", (_, name, more, env) => {
    const { status, output } = fill(name, {
      change: (text) => `${text}    podAnnotations: { a: "${more}" }\n`,
      env,
    });
    expect(status).not.toBe(0);
    expect(output).toMatch(/Nothing fills|\$\{lower\}/);
  });

  test("takes values as they are", () => {
    const { objects } = fill("odd-values", { env: { TAG: "a&b|c" } });
    expect(JSON.stringify(objects())).toContain('"a&b|c"');
  });
});
