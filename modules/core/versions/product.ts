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
  /** Release lines that are kept although their support has ended or is nobody's. */
  readonly kept?: Readonly<Record<string, Kept>>;
  /** Nothing of it is left after a synth. @default false: it is deployed, or plans and applies */
  readonly synthOnly?: boolean;
}

/** Why a release line without support is kept, and the way out. */
export interface Kept {
  /** One or two sentences. */
  readonly why: string;
  /** What somebody does to end it, and what that costs: half a sentence, with a command, a setting or a page. */
  readonly exit: string;
}

/** Ways out that several things share: the lane whose every part is supported, and the page that compares the lanes. */
export const LIVING = "`npm run lane -- living …`";
export const ADR_1 = "docs/adr/0001-cdktf-although-archived.md";

export const READ = "2026-11-21";
/** A source without these words is not in endoflife.date. */
export const COPY = "as endoflife.date had it on 2026-08-22";

/** A thing whose maker names no end; `page` is where they would. */
export const undated = (
  subject: string,
  usedFor: string,
  page: string,
): Product => ({
  subject,
  usedFor,
  source: page,
  read: READ,
  ends: { [EVERY]: UNDATED },
});
