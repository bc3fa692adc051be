import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { ProblemReport } from "../../../modules/lib/problem";
import { projectFile } from "../../../modules/lib/project-file";
import { type StackJson } from "../graph";
import { sha256 } from "../report/manifest";

/** Where `npm run checkov` leaves what it found. */
const FILE = ".lab/checkov/result.json";

const resultSchema = z.strictObject({
  /** Version of checkov. */
  version: z.string(),
  /** Such as `2026-11-29`. */
  day: z.string(),
  commit: z.string(),
  scans: z.array(
    z.strictObject({
      /** Environment. */
      name: z.string(),
      stack: z.string(),
      /** Of the JSON that was scanned, as `stackSum` gives it. */
      sum: z.string(),
      /** Checks that failed, with the construct path, or checkov's name where that is of two resources. */
      failed: z.array(
        z.strictObject({
          check: z.string(),
          /** What it asks, in checkov's words. */
          asks: z.string().optional(),
          path: z.string(),
        }),
      ),
    }),
  ),
});

/** What the last `npm run checkov` found. */
export type ScanResult = z.infer<typeof resultSchema>;

/** Tells one JSON of a stack from another; where its state is, which a synth elsewhere writes in another way, is left out. */
export const stackSum = (json: StackJson): string =>
  sha256(JSON.stringify({ ...json, terraform: undefined }));

/** As the file and the auditor's folder have it. */
export const resultText = (result: ScanResult): string =>
  `${JSON.stringify(result, null, 2)}\n`;

/** Leaves the result for the next audit. */
export function writeResult(result: ScanResult): void {
  mkdirSync(dirname(projectFile(FILE)), { recursive: true });
  writeFileSync(projectFile(FILE), resultText(result));
}

/** The last result; undefined where checkov never ran. @throws ProblemReport for a file that is none. */
export function readResult(file = projectFile(FILE)): ScanResult | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return resultSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new ProblemReport(FILE, [
      {
        path: FILE,
        given: "another text",
        allowed: "what npm run checkov writes",
        fix: "run npm run checkov again, or remove the file",
      },
    ]);
  }
}
