import { failureOf, sentenceOf } from "../aws/errors";

/** `stops`: a deploy would fail, or would make what nobody wants. `know`: it goes on, and somebody should know. */
export type Severity = "stops" | "know";

/** One thing that is not as a deploy of the environment needs it. */
export interface Finding {
  /** The setting that it hangs on, such as `dns.hostedZoneId`. */
  readonly path: string;
  readonly found: string;
  /** What mends it. */
  readonly fix: string;
  readonly severity: Severity;
}

/** One question, asked beside the others. It only reads. */
export interface Check {
  /** What is asked after, in a few words: `secret wave/cr.seqera.io`. */
  readonly about: string;
  /** @throws NotAsked, or the error of AWS that kept it from being answered. */
  readonly ask: () => Promise<readonly Finding[]>;
}

/** A question that cannot be asked from here, and why. */
export class NotAsked extends Error {}

/** What came of a check. `not asked` is no `passed`. */
export type Outcome =
  | { readonly about: string; readonly state: "passed" }
  | {
      readonly about: string;
      readonly state: "found";
      readonly findings: readonly Finding[];
    }
  | {
      readonly about: string;
      readonly state: "not asked";
      readonly why: string;
    };

/**
 * Asks all questions side by side.
 *
 * @param limitMs How long each may take.
 */
export const examine = (
  checks: readonly Check[],
  limitMs: number,
): Promise<Outcome[]> =>
  Promise.all(checks.map((check) => outcomeOf(check, limitMs)));

async function outcomeOf(
  { about, ask }: Check,
  limitMs: number,
): Promise<Outcome> {
  try {
    const findings = await within(ask(), limitMs);
    return findings.length === 0
      ? { about, state: "passed" }
      : { about, state: "found", findings };
  } catch (error) {
    return { about, state: "not asked", why: reasonOf(error) };
  }
}

export function within<T>(work: Promise<T>, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new NotAsked(`no answer within ${Math.round(limitMs / 1000)} s`));
    }, limitMs);
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}

/** Why a question was not asked. An answer of AWS that nobody expected is a reason too: it says nothing of the environment. */
export function reasonOf(error: unknown): string {
  if (error instanceof NotAsked) return error.message;
  const sentence = sentenceOf(error);
  switch (failureOf(error)) {
    case "denied":
      return `not allowed: ${sentence}`;
    case "network":
      return `not reached: ${sentence}`;
    case "credentials":
    case "expired":
      return `credentials: ${sentence}`;
    case undefined:
      return `an answer that nobody expected: ${sentence}`;
  }
}
