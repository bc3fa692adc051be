import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { projectFile } from "../../modules/lib/project-file";
import { type Settings } from "../../modules/schema";
import { conditionSchema, holds } from "./conditions";
import { type Graph } from "./graph";
import { type Finding } from "./evaluate";
import { matchesPattern } from "./pattern";

const text = z.string().min(1);
const date = z.iso.date();

const exceptionSchema = z.strictObject({
  id: z.string().regex(/^EXC-\d\d$/),
  scanners: z.array(text),
  covers: z
    .array(
      z.strictObject({
        rules: z.array(text).min(1),
        paths: z.array(text).min(1),
        parts: z.array(text).min(1).optional(),
        /** A check of checkov's that fails in a plan alone: in JSON it does not see what it asks about. */
        plan: z.literal(true).optional(),
        when: conditionSchema.default("always"),
      }),
    )
    .min(1),
  reason: text,
  control: text,
  proof: z.array(text).min(1),
  when: conditionSchema,
  expires: date,
  owner: z.string(),
  approver: z.string(),
  approved: z.union([z.literal(""), date]),
});

/** A rule that a resource breaks on purpose: why, what limits it, until when, and under which settings. */
export type Exception = z.infer<typeof exceptionSchema>;

/** One rule at some places: an entry taken apart. */
export interface Suppression {
  readonly id: string;
  readonly rule: string;
  readonly paths: readonly string[];
  readonly part?: string;
  /** Of a plan alone. */
  readonly plan?: true | undefined;
}

/** Whether an entry names a check of checkov's, which `npm run checkov` compares, and no rule of ours. */
export const isScanners = (rule: string): boolean => rule.startsWith("CKV");

/** Reads `docs/registers/exceptions.yaml`. Throws when an entry has a wrong shape. */
export function readExceptions(): Exception[] {
  const file = projectFile("docs/registers/exceptions.yaml");
  return z.array(exceptionSchema).parse(parse(readFileSync(file, "utf8")));
}

/** What the register covers under some settings. */
export function coversOf(
  register: readonly Exception[],
  settings: Settings,
): Suppression[] {
  return register
    .filter(({ when }) => holds(when, settings))
    .flatMap(({ id, covers }) =>
      covers
        .filter(({ when }) => holds(when, settings))
        .flatMap(({ rules, paths, plan, parts = [undefined] }) =>
          rules.flatMap((rule) =>
            parts.map((part) => ({
              id,
              rule,
              paths,
              ...(part === undefined ? {} : { part }),
              ...(plan && { plan }),
            })),
          ),
        ),
    );
}

/** What checkov reports and the register names, as findings: for readers, who have to run it. */
export const scannersFindings = (
  { subjects }: Graph,
  covers: readonly Suppression[],
): Finding[] =>
  covers
    .filter(({ rule }) => isScanners(rule))
    .flatMap(({ rule: id, paths }) =>
      subjects
        .filter(({ path }) => paths.some((one) => matchesPattern(one, path)))
        .map((subject) => ({
          rule: { ...NOT_OURS, id, types: [subject.type] },
          subject,
          passed: false,
        })),
    );

const NOT_OURS = {
  sentence: "A check of checkov's.",
  externalIds: [],
  attributes: [],
  holds: () => false,
};

/** Whether something of a list covers a failure. */
export const isCovered = (
  covers: readonly Suppression[],
  failure: Finding,
): boolean => covers.some((cover) => coversFinding(cover, failure));

/** Whether a part of an entry covers a failure. */
export function coversFinding(
  { rule, paths, part }: Suppression,
  { rule: broken, subject, part: found }: Finding,
): boolean {
  return (
    rule === broken.id &&
    (part === undefined || part === found) &&
    paths.some((pattern) => matchesPattern(pattern, subject.path))
  );
}
