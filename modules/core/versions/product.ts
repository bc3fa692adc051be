/** No end is known: endoflife.date has none, and the maker's page, where `source` says what it tells, neither. */
export const UNDATED = "no date found";

/** Stands for every version of a thing. */
export const EVERY = "*";

/** A thing with versions. */
export interface Product {
  /** As the versions that are found name it: a package, a chart, a service. */
  readonly subject: string;
  /** What this project does with it. */
  readonly usedFor: string;
  /** Page of the maker that has the dates, or would have. */
  readonly source: string;
  /** Day on which somebody looked there last. */
  readonly read: string;
  /** Last day of standard support, by release line: `1` stands for every 1.x, `1.36` for every 1.36.x. */
  readonly ends: Readonly<Record<string, string>>;
  /** Release lines that are kept although their support has ended or is nobody's: why. */
  readonly kept?: Readonly<Record<string, string>>;
}

export const READ = "2026-11-21";
export const COPY = "as endoflife.date had it on 2026-08-22";
export const NO_COPY = "not in endoflife.date of 2026-08-22";

/** A thing that endoflife.date does not know; `page` is where its maker would say something. */
export const undated = (
  subject: string,
  usedFor: string,
  page: string,
): Product => ({
  subject,
  usedFor,
  source: `${page} (${NO_COPY})`,
  read: READ,
  ends: { [EVERY]: UNDATED },
});
