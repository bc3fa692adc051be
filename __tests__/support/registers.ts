import {
  type AcceptedRisk,
  showExposure,
} from "../../tools/audit/accepted-risks";
import { type Finding } from "../../tools/audit/evaluate";
import {
  type Exception,
  type Suppression,
  coversFinding,
  isCovered,
  isScanners,
} from "../../tools/audit/exceptions";
import { type Exposure } from "../../tools/audit/exposures";
import { matchesPattern } from "../../tools/audit/pattern";

/** One line: rule, stack and path, part. */
export function showFinding({ rule, subject, part }: Finding): string {
  const where = part === undefined ? "" : ` (${part})`;
  return `${rule.id} ${subject.path}${where}: ${rule.sentence}`;
}

/** What the register says about the failures of one environment. */
interface Reconciled {
  /** Failures that no entry covers. */
  readonly missing: readonly Finding[];
  /** What applies and covers no failure. */
  readonly unused: readonly Suppression[];
  /** Ids of the entries that cover a failure. */
  readonly used: readonly string[];
}

/** Compares failures with what the register covers. */
export function reconcile(
  failures: readonly Finding[],
  covers: readonly Suppression[],
): Reconciled {
  const used = covers.filter((cover) =>
    failures.some((failure) => coversFinding(cover, failure)),
  );
  return {
    missing: failures.filter((failure) => !isCovered(covers, failure)),
    unused: covers.filter(
      (cover) => !isScanners(cover.rule) && !used.includes(cover),
    ),
    used: [...new Set(used.map(({ id }) => id))],
  };
}

/** Entries whose day has come. The day is an argument: `2026-11-21`. */
export const expiredOn = (
  today: string,
  register: readonly Pick<Exception, "id" | "expires">[],
): string[] =>
  register.filter(({ expires }) => expires <= today).map(({ id }) => id);

/** Exposures that no entry covers. */
export const uncovered = (
  exposures: readonly Exposure[],
  register: readonly AcceptedRisk[],
): string[] =>
  exposures
    .map(showExposure)
    .filter(
      (one) =>
        !register.some(({ covers }) =>
          covers.some((pattern) => matchesPattern(pattern, one)),
        ),
    );

/** Lines of the register that stand for nothing in any of the environments. */
export const idle = (
  exposures: readonly Exposure[],
  register: readonly AcceptedRisk[],
): string[] =>
  register.flatMap(({ id, covers }) =>
    covers
      .filter(
        (pattern) =>
          !exposures.some((one) => matchesPattern(pattern, showExposure(one))),
      )
      .map((pattern) => `${id} ${pattern}`),
  );
