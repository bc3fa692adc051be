import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { fillTemplate } from "../../modules/lib/template";
import { projectFile } from "../../modules/lib/project-file";
import { keysOf } from "../support/wave";

const pathOf = (line: string) => `manifests/wave/${line}/config.yml`;
const textOf = (line: string) =>
  readFileSync(projectFile(pathOf(line)), "utf8");
const documentsOf = (line: string) =>
  parseAllDocuments(textOf(line), { uniqueKeys: true });

describe.each([
  ["classic", /^#.*seqeralabs\/wave-k8s-deployment@5e5ed0e/m],
  ["current", /^#[^]*seqeralabs\/wave,\n# tag v1\.37\.0/m],
  ["lite", /^#.*seqeralabs\/wave, tag v1\.37\.0/m],
])("config.yml, %s", (line, followed) => {
  const documents = documentsOf(line);

  test("is one YAML document without an error or a doubled key", () => {
    expect(documents).toHaveLength(1);
    expect(documents[0]?.errors).toEqual([]);
    expect(documents[0]?.warnings).toEqual([]);
  });

  test("every placeholder stands alone as a value, so that its type survives", () => {
    const values = JSON.stringify(documents[0]?.toJSON());
    const all = values.match(/\$\{/g) ?? [];
    expect(values.match(/"\$\{[A-Z_]+\}"/g)).toHaveLength(all.length);
    expect(all.length).toBeGreaterThan(4);
  });

  test("SET-20: the file itself holds no password", () => {
    expect(textOf(line).replace(/^\s*#.*$/gm, "")).not.toMatch(
      /password|secret/i,
    );
  });

  test("the file says what it follows: repository and commit or tag", () => {
    expect(textOf(line)).toMatch(followed);
  });
});

test("a placeholder without a value and a value without a placeholder name the file and the key", () => {
  const fill = () => fillTemplate(pathOf("classic"), { WAVE_UNKNOWN: "x" });
  expect(fill).toThrow(`${pathOf("classic")}: wave.build.repo`);
  expect(fill).toThrow("${BUILD_REPOSITORY}");
  expect(fill).toThrow("WAVE_UNKNOWN");
});

test("side by side: Wave Lite has no key and no value that the current line has not", () => {
  const [current, lite] = ["current", "lite"].map((line): unknown =>
    documentsOf(line)[0]?.toJSON(),
  );
  expect(current).toMatchObject(lite as object);
  expect(keysOf(current).length).toBeGreaterThan(keysOf(lite).length);
});
