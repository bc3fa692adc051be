import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { fillTemplate } from "../../modules/lib/template";
import { projectFile } from "../../modules/lib/project-file";

const PATH = "manifests/wave/classic/config.yml";
const text = readFileSync(projectFile(PATH), "utf8");
const documents = parseAllDocuments(text, { uniqueKeys: true });

test("config.yml is one YAML document without an error or a doubled key", () => {
  expect(documents).toHaveLength(1);
  expect(documents[0]?.errors).toEqual([]);
  expect(documents[0]?.warnings).toEqual([]);
});

test("every placeholder stands alone as a value, so that its type survives", () => {
  const values = JSON.stringify(documents[0]?.toJSON());
  const all = values.match(/\$\{/g) ?? [];
  const alone = values.match(/"\$\{[A-Z_]+\}"/g) ?? [];
  expect(alone).toHaveLength(all.length);
  expect(new Set(alone).size).toBe(alone.length);
});

test("a placeholder without a value and a value without a placeholder name the file and the key", () => {
  const fill = () => fillTemplate(PATH, { WAVE_UNKNOWN: "x" });
  expect(fill).toThrow(`${PATH}: wave.build.repo`);
  expect(fill).toThrow("${BUILD_REPOSITORY}");
  expect(fill).toThrow("WAVE_UNKNOWN");
});

test("D-06, SET-20, VR-19: the file itself holds no password", () => {
  expect(text.replace(/^\s*#.*$/gm, "")).not.toMatch(/password|secret/i);
});

test("the file says what it follows: repository and commit", () => {
  expect(text).toMatch(/^#.*seqeralabs\/wave-k8s-deployment@5e5ed0e/m);
});
