import { PackageURL } from "packageurl-js";

/** A component of CycloneDX 1.6, as far as it is written here (https://cyclonedx.org/docs/1.6/json/). */
export interface Component {
  readonly type: "application" | "container" | "library" | "platform";
  readonly name: string;
  readonly version?: string | undefined;
  readonly purl?: string;
  readonly description?: string;
  readonly [more: string]: unknown;
}

/** A package of `package-lock.json`; without a name where the folder has it. */
interface Locked {
  readonly name?: string;
  readonly version: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
}

/** Each once; one that is for development only at one place and needed at another is needed. */
export function lockedPackages(lock: string): Component[] {
  const { packages = {} } = JSON.parse(lock) as {
    readonly packages?: Readonly<Record<string, Locked>>;
  };
  return Object.entries(packages)
    .filter(([place]) => place !== "")
    .sort(([, a], [, b]) => Number(b.dev ?? false) - Number(a.dev ?? false))
    .map(([place, locked]) =>
      packageComponent(
        locked.name ?? place.replace(/^.*node_modules\//, ""),
        locked,
      ),
    );
}

/** One npm package. */
export function packageComponent(
  full: string,
  { version, integrity, license, dev }: Locked,
): Component {
  const [, namespace, name = full] = /^(@[^/]+)\/(.+)$/.exec(full) ?? [];
  const [, sum] = /^sha512-(\S+)$/.exec(integrity ?? "") ?? [];
  return {
    type: "library",
    name: full,
    version,
    purl: new PackageURL("npm", namespace, name, version).toString(),
    ...(sum && { hashes: [{ alg: "SHA-512", content: hex(sum) }] }),
    ...(license && { licenses: [licenseOf(license)] }),
    ...(dev && {
      properties: [{ name: "cdx:npm:package:development", value: "true" }],
    }),
  };
}

/** An expression or an identifier of SPDX, or other words. */
const licenseOf = (text: string): object =>
  / (AND|OR|WITH) /.test(text)
    ? { expression: text }
    : { license: text.includes(" ") ? { name: text } : { id: text } };

const hex = (base64: string): string =>
  Buffer.from(base64, "base64").toString("hex");
