import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectFile } from "../../modules/lib/project-file";

const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "SUPPORT.md",
  ...["docs", "docs/adr", "docs/platforms", "docs/upgrade"].flatMap((folder) =>
    readdirSync(projectFile(folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  ),
];
const textOf = (document: string): string =>
  readFileSync(projectFile(document), "utf8");

/** Anchor of a heading, as the usual renderers make it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

test("every link inside the documents leads to a file, and every anchor to a heading", () => {
  const broken = documents.flatMap((document) =>
    [...textOf(document).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)]
      .map(([, link = ""]) => link)
      .filter((link) => {
        const [path = "", anchor] = link.split("#");
        const target = path === "" ? document : join(dirname(document), path);
        if (!existsSync(projectFile(target))) return true;
        if (anchor === undefined) return false;
        const headings = [...textOf(target).matchAll(/^#+ (.+)$/gm)];
        return !headings.some(([, text = ""]) => anchorOf(text) === anchor);
      })
      .map((link) => `${document}: ${link}`),
  );
  expect(documents.length).toBeGreaterThan(10);
  expect(broken).toEqual([]);
});

test("every npm command in the documents exists", () => {
  const { scripts } = JSON.parse(textOf("package.json")) as {
    scripts: Record<string, string>;
  };
  const named = documents.flatMap((document) =>
    [...textOf(document).matchAll(/\bnpm run ([a-z:-]+)/g)].map(
      ([, name = ""]) => name,
    ),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test("every decision record is in the index", () => {
  const records = readdirSync(projectFile("docs/adr")).filter((name) =>
    /^\d{4}-/.test(name),
  );
  const index = textOf("docs/adr/README.md");
  expect(records.filter((name) => !index.includes(`(${name})`))).toEqual([]);
});

test("PRO-05, PRO-06, INF-20: the README's first build uses the client that Wave 1.3.3 understands", () => {
  const readme = textOf("README.md");
  expect(readme).toMatch(/wave-cli.*\*\*1\.2\.0\*\*/);
  expect(readme).toMatch(
    /wave --wave-endpoint \S+ --tower-endpoint \S+ --conda-package cowpy/,
  );
});

test("SUR-09: the runbook says how the SurrealDB password is changed, because a new value alone locks Wave out", () => {
  expect(textOf("docs/runbook.md")).toContain("DEFINE USER root ON ROOT");
});

test("the limits of the README name what is not supported", () => {
  const readme = textOf("README.md");
  for (const limit of [
    "private CA",
    "egress proxy",
    "blob cache",
    "serverless",
    "1.8 to 1.32",
    "Nextflow 24.04",
  ])
    expect(readme).toContain(limit);
});

test("the runbook says how to change the certificate's names and the TLS of Redis, which one deploy cannot", () => {
  const runbook = textOf("docs/runbook.md");
  expect(runbook).toMatch(
    /deploy workloads --ignore-missing-stack-dependencies\n.*deploy network data identity workloads/,
  );
  expect(runbook).toContain("--transit-encryption-mode preferred");
});
