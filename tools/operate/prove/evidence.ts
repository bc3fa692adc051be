import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../../modules/lib/project-file";
import { type Settings } from "../../../modules/schema";

/** Where an environment stood: an emulator, or AWS. */
export type Level = "emulated" | "aws";

/** One thing that was tried. */
export interface Step {
  readonly step: string;
  readonly outcome: "passed" | "failed" | "not run";
  readonly detail: string;
  readonly seconds: number;
}

/** What is kept of a run, without account, names and addresses. */
export interface Evidence {
  readonly date: string;
  /** Of this project; with `changed` where files differ from it. */
  readonly commit: string;
  readonly level: Level;
  /** Such as `Terraform 1.11.4`. */
  readonly program: string;
  readonly region: string;
  /** Of Wave; none without it. */
  readonly wave?: string;
  readonly resources: Readonly<Record<string, number>>;
  readonly steps: readonly Step[];
}

const FOLDER = projectFile("docs", "evidence");

/** Whether nothing failed. */
export const isProof = ({ steps }: Evidence): boolean =>
  steps.every(({ outcome }) => outcome !== "failed");

/** Account, names and addresses of an environment, as they stand in texts, and what is kept in their place. */
export function redactor({
  accountId,
  name,
  environment,
  wave,
  backend,
}: Settings): (text: string) => string {
  const hostname = wave?.hostname;
  const secret: readonly (readonly [string | undefined, string])[] = [
    [hostname, "<host>"],
    [hostname?.split(".").slice(1).join("."), "<domain>"],
    [accountId, "<account>"],
    [backend.kind === "s3" ? backend.bucket : undefined, "<state bucket>"],
    [`${name}-${environment}`, "<environment>"],
  ];
  return (text) =>
    secret.reduce(
      (left, [word, instead]) =>
        word === undefined ? left : left.replaceAll(word, instead),
      text
        .replace(/arn:aws[\w-]*:[^\s",;]+/g, "<arn>")
        .replace(/\b\d{1,3}(\.\d{1,3}){3}\b/g, "<address>"),
    );
}

/** Keeps a run in `docs/evidence`, redacted. @returns the file. */
export function keepEvidence(
  evidence: Evidence,
  redact: (text: string) => string,
  folder = FOLDER,
): string {
  const kept: Evidence = {
    ...evidence,
    steps: evidence.steps.map((step) => ({
      ...step,
      detail: redact(step.detail),
    })),
  };
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${evidence.date}-${evidence.level}.json`);
  writeFileSync(file, `${JSON.stringify(kept, undefined, 2)}\n`);
  return file;
}

/** The newest proof of a level; undefined where there is none. */
export function newestProof(
  level: Level,
  folder = FOLDER,
): (Evidence & { readonly file: string }) | undefined {
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .reverse()
    .map((file) => ({
      ...(JSON.parse(readFileSync(join(folder, file), "utf8")) as Evidence),
      file,
    }))
    .find((one) => one.level === level && isProof(one));
}
