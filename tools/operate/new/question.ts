import { withKey } from "./text";

/** A key that nobody can guess. */
export interface Question {
  /** The option that answers it, without `--`. */
  readonly option: string;
  /** What stands for the answer in the help. */
  readonly value: string;
  /** As it is asked. */
  readonly message: string;
  /** The key of the settings. */
  readonly path: readonly string[];
  /** What may be answered, where that is a short list. */
  readonly choices?: readonly string[];
  /** Whether a draft needs the answer. @default where the draft has the key */
  readonly isAsked?: (draft: string) => boolean;
  /** The answer where nothing is said; undefined: it has to be said. */
  readonly otherwise?: (draft: string) => string | undefined;
  /** The draft with the answer. @default the key with the answer as its value */
  readonly write?: (draft: string, answer: string) => string;
}

/** The answer that leaves something out. */
export const NONE = "none";

/** The draft with an answer. */
export const written = (
  { path, write }: Question,
  draft: string,
  answer: string,
): string => write?.(draft, answer) ?? withKey(draft, path, answer);

/** Values between commas. */
export const listIn = (answer: string): string[] =>
  answer
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");

/** `write` of a key with a list. */
export const asList =
  (path: readonly string[]) =>
  (draft: string, answer: string): string =>
    withKey(draft, path, listIn(answer));
