import { readFileSync } from "node:fs";
import { projectFile } from "../../modules/lib/project-file";
import { loadSettings } from "../../modules/load";
import { reportOnFiles, withSettingsFiles } from "../support/settings-files";

const example = readFileSync(projectFile("settings/example.yaml"), "utf8");

const sourceOf = (
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
) =>
  withSettingsFiles(files, (folder) => {
    const { source, notices } = loadSettings({
      SETTINGS_DIR: folder,
      ...variables,
    });
    return { file: source.replace(/^.*\//, ""), notices };
  });

describe("the environment is chosen", () => {
  const files = { "example.yaml": example, "prod.yaml": example };

  test("by ENVIRONMENT", () => {
    const both = { ...files, "dev.yaml": "" };
    expect(sourceOf(both, { ENVIRONMENT: "prod" }).file).toBe("prod.yaml");
    expect(sourceOf(both, { ENVIRONMENT: "example" }).file).toBe(
      "example.yaml",
    );
  });

  test("without it, as the only file not named example*", () => {
    const { file, notices } = sourceOf({ ...files, "example-two.yaml": "" });
    expect(file).toBe("prod.yaml");
    expect(notices.join()).not.toContain("No environment of your own");
  });

  test("with an empty ENVIRONMENT as without it", () => {
    expect(sourceOf(files, { ENVIRONMENT: "" }).file).toBe("prod.yaml");
  });

  test("as the example with a notice when there is no other", () => {
    const { file, notices } = sourceOf({ "example.yaml": example });
    expect(file).toBe("example.yaml");
    expect(notices[0]).toContain("No environment of your own");
  });

  test("and a file that ends in .yml is pointed out", () => {
    const { notices } = sourceOf({ ...files, "dev.yml": example });
    expect(notices[0]).toMatch(/dev\.yml is not read: .* end in \.yaml/);
  });
});

describe("fails", () => {
  test("with several files and no choice, and lists them", () => {
    const { problems } = reportOnFiles({
      "example.yaml": "",
      "prod.yaml": "",
      "dev.yaml": "",
    });
    expect(problems).toEqual([
      {
        path: "ENVIRONMENT",
        given: "nothing",
        allowed: "dev, prod",
        fix: "choose one of the 2: ENVIRONMENT=dev npx cdktf …",
      },
    ]);
  });

  test("with a missing file, lists what there is and says what was meant", () => {
    const { problems } = reportOnFiles(
      { "prod.yaml": "", "dev.yaml": "" },
      { ENVIRONMENT: "settings/prd.yaml" },
    );
    expect(problems[0]?.given).toContain('"settings/prd.yaml"');
    expect(problems[0]?.allowed).toBe("dev, prod");
    expect(problems[0]?.fix).toBe("set ENVIRONMENT=prod");
  });

  test("with an empty folder", () => {
    const { problems } = reportOnFiles({});
    expect(problems[0]?.fix).toContain("settings/example.yaml shows every key");
  });

  test("with SETTINGS_DIR that does not exist", () => {
    expect(() => loadSettings({ SETTINGS_DIR: "no/such/folder" })).toThrow(
      /SETTINGS_DIR\n.*does not exist/,
    );
  });
});

describe("broken YAML is reported with line and column", () => {
  test.each([
    ["a bracket that is not closed", "name: [a\nenvironment: prod\n"],
    ["a tab as indent", "backend:\n\tkind: s3\n"],
    ["two colons", "name: a: b\n"],
  ])("%s", (_, text) => {
    const { problems } = reportOnFiles({ "prod.yaml": text });
    expect(problems[0]?.path).toMatch(/^line \d+, column \d+$/);
    expect(problems[0]?.given).toContain("broken YAML");
  });

  test("a duplicate key, at its second place", () => {
    const { problems } = reportOnFiles({
      "prod.yaml": "name: wave\nbackend:\n  kind: s3\n  kind: local\n",
    });
    expect(problems).toEqual([
      {
        path: "line 4, column 3",
        given: 'the key "kind" a second time in its section',
        allowed: "every key once",
        fix: "remove one of the two, or move it to the section it belongs to",
      },
    ]);
  });

  test.each(["[", "a: [", "{a: ", "- ", "? "])(
    "levels without end, of %j, before anything that calls itself reads them",
    (piece) => {
      const { problems } = reportOnFiles({ "prod.yaml": piece.repeat(5_000) });
      expect(problems).toEqual([
        {
          path: "(the whole file)",
          given:
            "more than 16 levels, or an alias inside of what it stands for",
          allowed: "sections as settings/example.yaml has them",
          fix: "write each section once, at its place",
        },
      ]);
    },
  );

  test("without quoting the file, which may hold a secret", () => {
    const { message } = reportOnFiles({
      "prod.yaml": "password: hunter2: x\nname: [\n",
    });
    expect(message).not.toContain("hunter2");
  });

  test("anchors, aliases and merge keys are fine", () => {
    const text = example
      .replace("    system:\n", "    system: &nodes\n")
      .replace(
        /build:\n +minSize: 0\n +#desiredSize: 0\n +maxSize: 3\n/,
        "build:\n      <<: *nodes\n",
      );
    expect(text).toContain("<<: *nodes");
    const nodes = withSettingsFiles(
      { "prod.yaml": text },
      (folder) =>
        loadSettings({ SETTINGS_DIR: folder }).settings.cluster.nodeGroups,
    );
    expect(nodes.build?.maxSize).toBe(4);
  });
});
