import { sha256 } from "./sha256";
import { shortRegion } from "./aws-partition";

/** What every AWS name of one environment starts with. */
export interface NameParts {
  /** Setting `name`, such as `wave`. */
  readonly name: string;
  /** Setting `environment`, such as `prod`. */
  readonly environment: string;
  /** Setting `region`. */
  readonly region: string;
}

/** Makes the physical names of one environment. */
export interface Names {
  /** `<name>-<environment>`. */
  readonly prefix: string;
  /** `of("efs")` → `wave-prod-efs`. Longer than `limit` characters: cut, and made unique by a hash. */
  of(what: string, limit?: number): string;
  /** Name of an IAM object: unique per account whatever the region, so it carries the region's short form. */
  iam(what: string): string;
}

/** IAM role and policy names end at 64 characters. */
const IAM_NAME_LIMIT = 64;

export function namesOf({ name, environment, region }: NameParts): Names {
  const prefix = `${name}-${environment}`;
  return {
    prefix,
    of: (what, limit = 255) => withinLimit(`${prefix}-${what}`, limit),
    iam: (what) =>
      withinLimit(`${prefix}-${shortRegion(region)}-${what}`, IAM_NAME_LIMIT),
  };
}

/** The name, or where it is longer its start and a hash of the whole. */
export function withinLimit(name: string, limit: number): string {
  if (name.length <= limit) return name;
  const hash = sha256(name).slice(0, 6);
  return `${name.slice(0, limit - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}

/** `buildArm64` → `build-arm64`, as names of AWS and ids of constructs are written. */
export const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
