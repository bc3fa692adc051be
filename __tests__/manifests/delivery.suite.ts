import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  repository,
  runScript,
  scratchFolder,
  workflow,
  write,
} from "./workflows";

const folder = scratchFolder();
const deploy = workflow("deploy");
const ci = workflow("service-ci");
const guard = workflow("releases-guard");
const allJobs = [deploy, ci, guard].flatMap(({ jobs }) => Object.values(jobs));

test("C48: no workflow runs for pull requests with permissions of the branch, and none puts an expression into a script", () => {
  for (const { on } of [deploy, ci, guard])
    expect(Object.keys(on)).not.toContain("pull_request_target");
  for (const { steps } of allJobs)
    for (const { run } of steps) expect(run ?? "").not.toContain("${{");
});

test("C48: what a workflow may do is said, and only jobs that talk to AWS get a token for it", () => {
  for (const { permissions } of [deploy, ci, guard])
    expect(permissions).toEqual({ contents: "read" });
  for (const { permissions, steps } of allJobs) {
    const talks = steps.some(({ uses }) => uses?.includes("aws-credentials"));
    expect(permissions?.["id-token"]).toBe(talks ? "write" : undefined);
    expect(Object.values(permissions ?? {})).not.toContain("write-all");
  }
  expect(
    Object.keys(ci.jobs).filter((id) => ci.job(id).permissions?.["id-token"]),
  ).toEqual(["push-image"]);
});

describe("the guard of the releases", () => {
  /** Merges a change of these files, and of these removed, as GitHub does for a pull request, and runs the check. */
  function check(name: string, changed: string[], removed: string[] = []) {
    const { at, git, commit } = repository(
      join(folder, name),
      ...["README.md", "releases/prod/api.yaml", "releases/prod/worker.yaml"],
    );
    git("checkout", "--quiet", "-b", "change");
    for (const file of changed) write(at, file, "changed");
    for (const file of removed) git("mv", file, "moved.yaml");
    commit();
    // Meanwhile CI writes a release.
    git("checkout", "--quiet", "main");
    write(at, "releases/prod/ui.yaml");
    commit();
    git("merge", "--quiet", "--no-ff", "--message", "merge", "change");
    const { run } = guard.job("releases").steps[1] ?? {};
    return runScript(run ?? "false", at, {
      ...{ FOLDER: "releases", BASE: "HEAD^1" },
    });
  }

  test("C30: runs for every pull request, and for those in a queue", () => {
    const { types, ...filters } = guard.on.pull_request ?? {};
    expect(filters).toEqual({});
    expect(types).toEqual(
      expect.arrayContaining(["opened", "synchronize", "reopened", "edited"]),
    );
    expect(guard.on).toHaveProperty("merge_group");
    expect(guard.job("releases")).not.toHaveProperty("if");
  });

  test.each([
    ["a release", "release", ["releases/prod/api.yaml"], []],
    ["one that is moved away", "moved", [], ["releases/prod/api.yaml"]],
    ["one in a folder named as text", "folder", ["releases/a.md/b.yaml"], []],
    ["one beside text", "both", ["README.md", "releases/prod/b.yaml"], []],
  ])("C30: refuses %s", (_, name, changed, removed) => {
    const { status, output } = check(name, changed, removed);
    expect(status).toBe(1);
    expect(output).toContain("releases/");
    expect(output).not.toContain("ui.yaml");
  });

  test("C30: lets documentation and everything else through", () => {
    const changed = ["releases/README.md", "releases/prod/notes.md", "a.txt"];
    expect(check("text", changed)).toEqual({ status: 0, output: "" });
  });
});

describe("deploy", () => {
  const runs = (id: string) =>
    deploy
      .job(id)
      .steps.map(({ run }) => run ?? "")
      .join("\n");

  test("C02: is started by hand with one of two choices, configure unless another is made", () => {
    expect(deploy.on.workflow_dispatch).toMatchObject({
      inputs: {
        actions: {
          type: "choice",
          options: ["deploy and configure", "configure"],
          default: "configure",
        },
      },
    });
  });

  test("C66: a push of settings to main configures their environments", () => {
    expect(deploy.on.push).toEqual({
      branches: ["main"],
      paths: ["settings/*.yaml", "!settings/example*.yaml"],
    });
    const { at, commit, first } = repository(
      join(folder, "settings"),
      ...["settings/old.yaml", "settings/same.yaml"],
    );
    write(at, "settings/prod.yaml");
    write(at, "settings/staging.yaml");
    write(at, "settings/example-other.yaml");
    rmSync(join(at, "settings/old.yaml"));
    commit();
    const choose = (env: Record<string, string>) => {
      const output = join(folder, "environments");
      writeFileSync(output, "");
      const result = runScript(deploy.script("choose", "choose"), at, {
        ...{ GITHUB_OUTPUT: output, ...env },
      });
      return { ...result, chosen: readFileSync(output, "utf8").trim() };
    };
    expect(choose({ CHOSEN: "", BEFORE: first }).chosen).toBe(
      'environments=["prod","staging"]',
    );
    expect(choose({ CHOSEN: "same", BEFORE: "" }).chosen).toBe(
      'environments=["same"]',
    );
    expect(choose({ CHOSEN: "none", BEFORE: "" })).toMatchObject({
      status: 1,
      output: expect.stringContaining("settings/none.yaml") as string,
    });
  });

  test("C02: runs from main only, one run of an environment at a time, and waits for the plan and the environment's reviewers", () => {
    expect(deploy.job("choose").if).toBe("github.ref == 'refs/heads/main'");
    expect(deploy.job("plan").needs).toBe("choose");
    expect(deploy.job("apply").needs).toEqual(["choose", "plan"]);
    expect(deploy.job("apply").environment).toBe("${{ matrix.environment }}");
    for (const id of ["plan", "apply"])
      expect(deploy.job(id).concurrency).toEqual({
        group: "deploy-${{ matrix.environment }}",
        "cancel-in-progress": false,
      });
    expect(runs("plan")).not.toContain("cdktf deploy");
  });

  test("C02: asks for the stacks, and a list that leaves one out has both options that keep their order", () => {
    const script = deploy.script("apply", "Deploy");
    const at = join(folder, "deploy");
    // Programs that say how they are called.
    write(at, "npm", '#!/bin/sh\necho network "$5"\n');
    write(at, "npx", '#!/bin/sh\necho npx "$@"\n');
    spawnSync("chmod", ["+x", join(at, "npm"), join(at, "npx")]);
    const call = (ACTIONS: string) =>
      runScript(script, at, {
        ...{ ACTIONS, PATH: `${at}:${String(process.env.PATH)}` },
      }).output.trim();
    expect(call("configure")).toBe(
      "npx cdktf deploy network configure --auto-approve --ignore-missing-stack-dependencies --parallelism 1",
    );
    expect(call("deploy and configure")).toBe(
      "npx cdktf deploy network deploy and configure --auto-approve",
    );
  });

  test.each([
    ["plan", "Plan"],
    ["apply", "Deploy"],
  ])("nothing is done where the settings are refused: %s", (id, step) => {
    const at = join(folder, `refused-${id}`);
    write(at, "npm", "#!/bin/sh\nexit 1\n");
    write(at, "npx", "#!/bin/sh\necho npx\n");
    spawnSync("chmod", ["+x", join(at, "npm"), join(at, "npx")]);
    const PATH = `${at}:${String(process.env.PATH)}`;
    expect(
      runScript(deploy.script(id, step), at, { ACTIONS: "configure", PATH }),
    ).toEqual({ status: 1, output: "" });
  });

  test("C66: configure stops where the plan of network changes more than access, before anything is applied", () => {
    for (const id of ["plan", "apply"]) {
      const { steps } = deploy.job(id);
      const access = steps.findIndex(({ run }) => run?.includes("only-access"));
      expect(steps[access]?.if).toBe("env.ACTIONS == 'configure'");
      const deploys = steps.findIndex(({ run }) =>
        run?.includes("cdktf deploy"),
      );
      if (deploys >= 0) expect(access).toBeLessThan(deploys);
    }
  });

  test("C32: publishes the chart where releases take it from, each version once", () => {
    const at = join(folder, "publish");
    write(at, "cdktf.out/stacks/delivery/cdk.tf.json");
    write(at, "manifests/charts/nodejs/Chart.yaml", "version: 1.2.3\n");
    write(
      at,
      "terraform",
      "#!/bin/sh\necho registry.example.org/x-prod/charts/nodejs\n",
    );
    write(
      at,
      "aws",
      '#!/bin/sh\n[ "$2" != describe-images ] || exit $MISSING\n',
    );
    write(at, "helm", '#!/bin/sh\necho helm "$@"\n');
    spawnSync("chmod", [
      "+x",
      ...["terraform", "aws", "helm"].map((name) => join(at, name)),
    ]);
    const publish = (MISSING: string) =>
      runScript(deploy.script("apply", "Publish the chart nodejs"), at, {
        ...{ MISSING, PATH: `${at}:${String(process.env.PATH)}` },
      });
    expect(publish("254").output).toContain(
      "helm push nodejs-1.2.3.tgz oci://registry.example.org/x-prod/charts\n",
    );
    expect(publish("0")).toEqual({
      status: 0,
      output: "nodejs 1.2.3 is there.\n",
    });
  });
});
