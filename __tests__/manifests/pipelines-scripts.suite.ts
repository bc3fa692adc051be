import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { projectFile } from "../../modules/lib/project-file";
import {
  programs,
  repository,
  runScript,
  scratchFolder,
  workflowIn,
  write,
} from "./workflows";

const FOLDER = "manifests/pipelines";
const folder = scratchFolder();
const plan = workflowIn(`${FOLDER}/github/plan.yaml`);
const apply = workflowIn(`${FOLDER}/github/apply.yaml`);

const read = (file: string): string => readFileSync(projectFile(file), "utf8");

/** Runs a script that chooses, after a change of files, and says what it chose. */
function chooser(
  name: string,
  changed: readonly string[],
  run: (at: string, first: string) => { status: number | null; output: string },
) {
  const { at, commit, first } = repository(
    join(folder, name),
    ...["settings/prod.yaml", "settings/staging.yaml"],
    ...["settings/example.yaml", "modules/app.ts", "docs/a.md"],
  );
  for (const file of changed) write(at, file, "changed");
  commit();
  return run(at, first);
}

const CASES: readonly (readonly [string, string[], string[]])[] = [
  ["changed settings", ["settings/prod.yaml"], ["prod"]],
  ["code", ["modules/app.ts"], ["prod", "staging"]],
  ["versions", ["lanes.json"], ["prod", "staging"]],
  ["text and an example", ["docs/a.md", "settings/example.yaml"], []],
];

describe("which environments", () => {
  const choosePlan = (name: string, changed: readonly string[]) =>
    chooser(`plan ${name}`, changed, (at) => {
      const output = join(at, ".git/output");
      const { status } = runScript(plan.script("choose", "choose"), at, {
        GITHUB_OUTPUT: output,
      });
      return {
        status,
        output: existsSync(output) ? readFileSync(output, "utf8").trim() : "",
      };
    });

  test.each(CASES)(
    "a pull request of %s is planned for",
    (name, changed, all) => {
      expect(choosePlan(name, changed)).toEqual({
        status: 0,
        output: `environments=${JSON.stringify(all)}`,
      });
    },
  );

  test("a name that is none is refused", () => {
    expect(choosePlan("odd", ["settings/$(id).yaml"]).status).toBe(1);
  });

  test.each([
    ["settings", { CHOSEN: "" }, '["prod"]'],
    ["by hand", { CHOSEN: "staging" }, '["staging"]'],
  ])("a merge deploys them: %s", (name, env, expected) => {
    const { output } = chooser(
      `apply ${name}`,
      ["settings/prod.yaml", "settings/example.yaml", "modules/app.ts"],
      (at, first) => {
        const file = join(at, ".git/output");
        const { status } = runScript(apply.script("choose", "choose"), at, {
          ...{ GITHUB_OUTPUT: file, BEFORE: first, ...env },
        });
        return { status, output: readFileSync(file, "utf8").trim() };
      },
    );
    expect(output).toBe(`environments=${expected}`);
  });

  const gitlab = parse(read(`${FOLDER}/gitlab/gitlab-ci.yaml`)) as {
    choose: { script: string[] };
  };
  const chooseGitlab = (
    name: string,
    changed: readonly string[],
    env: Record<string, string>,
  ) =>
    chooser(`gitlab ${name}`, changed, (at, first) => {
      const { status, output } = runScript(
        gitlab.choose.script.join("\n"),
        at,
        {
          ...{ ENVIRONMENT: "", CI_COMMIT_BEFORE_SHA: first, ...env },
        },
      );
      return { status, output };
    });

  test.each(CASES)("GitLab's merge request of %s", (name, changed, all) => {
    const { status, output } = chooseGitlab(name, changed, {
      CI_MERGE_REQUEST_IID: "7",
    });
    expect(status).toBe(0);
    const made = parse(output) as { include?: object[] };
    expect(made.include).toEqual(
      all.length === 0
        ? undefined
        : all.map((environment) => ({
            local: `${FOLDER}/gitlab/environment.yaml`,
            inputs: { environment },
          })),
    );
    expect(Object.keys(made)).toHaveLength(1);
  });

  test("GitLab deploys what was merged, or what is named, and no change of code", () => {
    expect(chooseGitlab("code", ["modules/app.ts"], {}).output).toContain(
      "no environment changes",
    );
    expect(
      chooseGitlab("named", [], { ENVIRONMENT: "staging" }).output,
    ).toContain('environment: "staging"');
    expect(chooseGitlab("none", [], { ENVIRONMENT: "x" })).toMatchObject({
      status: 1,
      output: expect.stringContaining("settings/x.yaml") as string,
    });
  });
});

describe("what is approved is what is applied", () => {
  const gitlabJobs = parseAllDocuments(
    read(`${FOLDER}/gitlab/environment.yaml`),
  )[1]?.toJS() as Record<
    string,
    {
      script: string[];
      rules?: { if: string; when?: string }[];
      id_tokens?: object;
      extends?: string;
      image?: string;
    }
  >;
  const gitlabApply = gitlabJobs["apply $[[ inputs.environment ]]"];
  const scripts = {
    github: [
      apply.script("apply", "Plan again"),
      apply.script("apply", "Apply"),
    ],
    gitlab: gitlabApply?.script ?? [],
  };

  /** Runs both steps where the second plan changes this. */
  function run(
    of: keyof typeof scripts,
    {
      approved = "network update aws_vpc.main\n",
      now,
      exit = 2,
    }: { approved?: string; now?: string; exit?: number },
  ) {
    const at = join(
      folder,
      `${of}-${approved.length}-${(now ?? approved).length}-${exit}`,
    );
    write(
      at,
      of === "github" ? "approved/changes.txt" : "changes.txt",
      approved,
    );
    write(at, "now.txt", now ?? approved);
    const PATH = programs(at, {
      npx: `[ "$2" != plan ] || exit ${exit}\necho "$@"`,
      npm: "cat now.txt",
    });
    return runScript(scripts[of].join("\n"), at, { ENVIRONMENT: "prod", PATH });
  }

  test.each(["github", "gitlab"] as const)(
    "%s deploys, when the second plan changes what was approved",
    (of) => {
      expect(run(of, {})).toEqual({
        status: 0,
        output: "wave-eks deploy prod --yes\n",
      });
    },
  );

  test.each(["github", "gitlab"] as const)(
    "%s stops where the plan is another one, or is refused",
    (of) => {
      const other = run(of, { now: "network delete aws_vpc.main\n" });
      expect(other.status).toBe(1);
      expect(other.output).toContain("+network delete aws_vpc.main");
      expect(other.output).not.toContain("deploy");
      const refused = run(of, { exit: 1 });
      expect(refused).toMatchObject({ status: 1, output: "" });
    },
  );

  test("on GitLab main alone is deployed, by hand, and a merge request gets no token", () => {
    expect(gitlabApply?.rules).toEqual([
      { if: "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH", when: "manual" },
    ]);
    const check = gitlabJobs["check $[[ inputs.environment ]]"];
    expect(check).not.toHaveProperty("id_tokens");
    expect(check).not.toHaveProperty("extends");
    const planned = gitlabJobs["plan $[[ inputs.environment ]]"]?.rules;
    expect(planned?.map((rule) => rule.if)).toEqual([
      "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH",
      '$CI_MERGE_REQUEST_ID && $PLAN_MERGE_REQUESTS == "true"',
    ]);
  });

  test("GitLab's jobs have the Node.js of the project", () => {
    const text = ["gitlab-ci", "environment"]
      .map((name) => read(`${FOLDER}/gitlab/${name}.yaml`))
      .join("\n");
    const images = [...text.matchAll(/image: (\S+)/g)].map(([, one]) => one);
    expect(new Set(images)).toEqual(
      new Set([`node:${read(".nvmrc").trim()}-bookworm`]),
    );
  });

  test("no plan file leaves its job", () => {
    for (const { steps } of Object.values(apply.jobs))
      for (const step of steps)
        if (step.uses?.includes("upload-artifact"))
          expect(step.with?.path).toBe("changes.txt");
    expect(read(`${FOLDER}/gitlab/environment.yaml`)).not.toMatch(
      /paths: \[(?!changes\.txt\])/,
    );
  });
});
