import { execFileSync } from "node:child_process";
import { projectFile } from "../../modules/lib/project-file";

/** What the published schemas, read strictly, say of each object: a list of problems, empty when it is valid (LAB-E7). */
export function schemaProblems(objects: readonly unknown[]): string[][] {
  const output = execFileSync(
    process.execPath,
    [projectFile("__tests__/support/judge-kubernetes.mjs")],
    { input: JSON.stringify(objects), encoding: "utf8" },
  );
  return JSON.parse(output) as string[][];
}
