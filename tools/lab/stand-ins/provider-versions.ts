import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type Lane } from "../../../modules/core/versions/lanes";
import { type LaneProgram } from "../terraform/program";

/** A provider as the stacks of a lane require it. */
export interface Provider {
  /** `hashicorp/aws`. */
  readonly source: string;
  readonly version: string;
}

/** What a mirror holds of a provider. */
export interface Held {
  /** The folder of its version, or where archives lie, that of all versions. */
  readonly folder: string;
  readonly version: string;
  /** Files or folders in it, one for each platform. */
  readonly names: readonly string[];
}

/** Where a program looks for a provider whose source names no registry. */
export const registryOf = ({
  product,
}: Pick<LaneProgram, "product">): string =>
  product === "OpenTofu" ? "registry.opentofu.org" : "registry.terraform.io";

export const isAws = ({ source }: Provider): boolean => source.endsWith("/aws");

export const requiredProviders = ({ providers }: Lane): Provider[] =>
  Object.entries(providers).map(([name, version]) => ({
    source: `hashicorp/${name}`,
    version,
  }));

/** First mirror of this machine: a folder whose `<host>/hashicorp/aws` is there. */
export function findMirror(): string | undefined {
  const roots = [
    "/opt",
    "/usr/share",
    "/usr/local/share",
    join(homedir(), ".terraform.d"),
  ];
  for (const root of roots)
    for (const folder of foldersOf(root))
      for (const host of foldersOf(folder))
        if (existsSync(join(host, "hashicorp", "aws"))) return dirname(host);
  return undefined;
}

const foldersOf = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
        .map((entry) => join(folder, entry.name))
    : [];

/** What a mirror holds below any registry: the pinned version, else the newest. */
export function findProvider(
  mirror: string,
  { source, version }: Provider,
): Held | undefined {
  const held = foldersOf(mirror)
    .map((host) => join(host, source))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [
      ...archivesOf(folder, version),
      ...foldersOf(folder).map((one) => ({
        folder: one,
        version: basename(one),
        names: readdirSync(one),
      })),
    ]);
  return (
    held.find((one) => one.version === version) ??
    held.sort((a, b) => byNumber(a.version, b.version)).at(-1)
  );
}

function archivesOf(folder: string, version: string): Held[] {
  const names = readdirSync(folder).filter(
    (file) => file.endsWith(".zip") && file.includes(`_${version}_`),
  );
  return names.length > 0 ? [{ folder, version, names }] : [];
}

const byNumber = (a: string, b: string): number =>
  a.localeCompare(b, "en", { numeric: true });

/**
 * Why a mirror that was given cannot serve a lane; undefined where it can. Of AWS any version stands in for the pinned one;
 * one of Kubernetes or Helm that is not there at all leaves `workloads` to a translation.
 */
export function lackOf(
  provider: Provider,
  held: Held | undefined,
  {
    mirror,
    lane,
    registry,
  }: {
    readonly mirror: string;
    readonly lane: Lane;
    readonly registry: string;
  },
): string | undefined {
  const { source, version } = provider;
  const anyServes = isAws(provider);
  if (held ? anyServes || held.version === version : !anyServes)
    return undefined;
  const instead = anyServes
    ? "unset LAB_PROVIDER_MIRROR"
    : `take ${source} out of it, and workloads is a translation`;
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const place = join(source, version, `${process.platform}_${arch}`);
  return `Lane ${lane.name} needs provider ${source} ${version} of ${registry}, and LAB_PROVIDER_MIRROR ${mirror} has ${held?.version ?? "none"}: put it into ${join(mirror, registry, place)}, or ${instead}.`;
}
