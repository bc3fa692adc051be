import fc from "fast-check";

/** What all sections of one environment have in common. */
export interface Basis {
  readonly shape: "classic" | "current" | "lite";
  /** Release of Wave, of the line of the shape. */
  readonly version: string;
  readonly region: string;
  readonly partition: string;
  readonly accountId: string;
  /** Builds for arm64; on the current line only. */
  readonly arm64: boolean;
  /** Where layers are cached: our repository or bucket, or a bucket or repository that exists. The last three: current line only. */
  readonly cache: "repository" | "bucket" | "s3" | "docker.io";
}

/** A value, or a key that is not there. */
export const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });

/** A value on some shapes, and nothing on the others. */
export const only = <T>(
  condition: boolean,
  value: fc.Arbitrary<T>,
): fc.Arbitrary<T | undefined> =>
  condition ? some(value) : fc.constant(undefined);
