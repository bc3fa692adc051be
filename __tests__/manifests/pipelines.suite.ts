import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../modules/lib/project-file";
import {
  programs,
  runScript,
  scratchFolder,
  workflowIn,
  write,
} from "./workflows";

const FOLDER = "manifests/pipelines";
const folder = scratchFolder();
const plan = workflowIn(`${FOLDER}/github/plan.yaml`);
const apply = workflowIn(`${FOLDER}/github/apply.yaml`);
const e2e = workflowIn(".github/workflows/e2e.yml");
const onGithub = [plan, apply, e2e];
const jobs = onGithub.flatMap((one) => Object.values(one.jobs));

const read = (file: string): string => readFileSync(projectFile(file), "utf8");

describe("on GitHub", () => {
  test("nothing runs for pull requests with permissions of the branch, and no expression is put into a script", () => {
    for (const { on, permissions } of onGithub) {
      expect(Object.keys(on)).not.toContain("pull_request_target");
      expect(permissions).toEqual({});
    }
    for (const { steps } of jobs)
      for (const { run } of steps) expect(run ?? "").not.toContain("${{");
  });

  test("no job writes into the repository, and only one with an environment gets a token for AWS", () => {
    for (const { permissions = {}, steps, environment } of jobs) {
      const talks = steps.some(({ uses }) => uses?.includes("aws-credentials"));
      expect(permissions).toEqual({
        contents: "read",
        ...(talks && { "id-token": "write" }),
      });
      expect(environment !== undefined).toBe(talks);
    }
  });

  test("a plan has another environment than an apply, and a session that only reads", () => {
    const loginOf = ({ steps }: (typeof jobs)[number]) =>
      steps.find(({ uses }) => uses?.includes("aws-credentials"))?.with;
    for (const job of [plan.job("plan"), apply.job("plan")]) {
      expect(job.environment).toBe("${{ matrix.environment }}-plan");
      expect(loginOf(job)).toHaveProperty(
        "inline-session-policy",
        "${{ steps.versions.outputs.session }}",
      );
    }
    expect(apply.job("apply").environment).toBe("${{ matrix.environment }}");
    expect(loginOf(apply.job("apply"))).not.toHaveProperty(
      "inline-session-policy",
    );
  });

  test("the session's policy is the file, on one line", () => {
    const output = join(folder, "versions");
    write(folder, "versions", "");
    const { status } = runScript(
      plan.script("plan", "versions"),
      projectFile("."),
      { GITHUB_OUTPUT: output },
    );
    expect(status).toBe(0);
    const [, policy = ""] =
      /^session=(.*)$/m.exec(readFileSync(output, "utf8")) ?? [];
    expect(JSON.parse(policy)).toEqual(
      JSON.parse(read("policies/deployer/plan-session.json")),
    );
  });

  test("a fork's pull request is not planned", () => {
    expect(plan.job("choose").if).toBe(
      "github.event.pull_request.head.repo.full_name == github.repository",
    );
    expect(plan.job("plan").needs).toBe("choose");
  });

  test("what is deployed comes from main, one run of an environment at a time, after its plan", () => {
    expect(apply.job("choose").if).toBe("github.ref == 'refs/heads/main'");
    expect(apply.job("apply").needs).toEqual(["choose", "plan"]);
    for (const id of ["plan", "apply"])
      expect(apply.job(id).concurrency).toEqual({
        group: "apply-${{ matrix.environment }}",
        "cancel-in-progress": false,
      });
  });

  test("Renovate raises their actions", () => {
    const { "github-actions": actions } = JSON.parse(read("renovate.json")) as {
      "github-actions": { managerFilePatterns: string[] };
    };
    const patterns = actions.managerFilePatterns.map(
      (one) => new RegExp(one.replace(/^\/|\/$/g, "")),
    );
    for (const name of ["plan", "apply"])
      expect(
        patterns.some((one) => one.test(`${FOLDER}/github/${name}.yaml`)),
      ).toBe(true);
  });
});

describe("the sandbox", () => {
  test("is cleaned up by a job of its own, when the first one failed, was cancelled or ran out of time", () => {
    expect(e2e.job("clean-up").needs).toBe("prove");
    expect(e2e.job("clean-up").if).toContain("always()");
    for (const result of ["failure", "cancelled"])
      expect(e2e.job("clean-up").if).toContain(`== '${result}'`);
  });

  test("one run at a time, by hand, of main", () => {
    expect(Object.keys(e2e.on)).toEqual(["workflow_dispatch"]);
    expect(e2e.concurrency).toEqual({
      group: "e2e",
      "cancel-in-progress": false,
    });
    expect(e2e.job("prove").if).toBe("github.ref == 'refs/heads/main'");
  });

  test.each([
    ["", 1, "E2E_SETTINGS"],
    ["environment: prod\nbackend: { kind: s3 }", 1, "environment: e2e"],
    ["environment: e2e\nbackend: { kind: local }", 1, "local state"],
    ["environment: e2e\nbackend: { kind: s3 }", 0, ""],
  ])("takes settings from its variable: %j", (SETTINGS, status, said) => {
    const result = runScript(
      e2e.script("prove", "Settings of the sandbox"),
      folder,
      { SETTINGS, RUNNER_TEMP: folder, GITHUB_ENV: join(folder, "env") },
    );
    expect(result.status).toBe(status);
    expect(result.output).toContain(said);
  });

  test.each([
    ["", "wave-eks prove e2e --yes\n"],
    ["secret", `wave-eks prove e2e --yes --token-file ${folder}/token\n`],
  ])("gives a token by its file, and in no argument: %j", (TOKEN, output) => {
    const PATH = programs(folder, { npx: 'echo "$@"' });
    expect(
      runScript(e2e.script("prove", "Prove"), folder, {
        ...{ TOKEN, RUNNER_TEMP: folder, PATH },
      }),
    ).toEqual({ status: 0, output });
  });
});
