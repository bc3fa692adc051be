import { type StoredSecret } from "../aws/secrets/stored-secret";

/** One value of a Secret. */
export interface SecretValue {
  /** Text with Terraform expressions. */
  readonly text: string;
  /** Where its secret parts come from. */
  readonly sources: readonly StoredSecret[];
  /** What else is in it: another text, another Secret. */
  readonly plain?: string;
}

/** Text that is not secret. */
export const plain = (text: string): SecretValue => ({
  text,
  plain: text,
  sources: [],
});

/** A stored secret as it is, behind a prefix that never changes. */
export const whole = (stored: StoredSecret, prefix = ""): SecretValue => ({
  text: `${prefix}\${${stored.value}}`,
  sources: [stored],
});

/** A field of a stored secret that is JSON. */
export const field = (stored: StoredSecret, name: string): SecretValue => ({
  text: `\${${stored.field(name)}}`,
  sources: [stored],
});

/** Values by key, as `Secret` takes them. */
export function contentsOf(values: Readonly<Record<string, SecretValue>>) {
  const all = Object.values(values);
  return {
    data: Object.fromEntries(
      Object.entries(values).map(([key, { text }]) => [key, text]),
    ),
    sources: all.flatMap(({ sources }) => sources),
    plainParts: all.flatMap((value) => value.plain ?? []),
  };
}
