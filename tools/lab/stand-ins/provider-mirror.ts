import {
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { paths } from "../paths";
import { type SynthesizedStack } from "../terraform/synthesized";

/** A provider as a stack requires it. */
interface Provider {
  /** `hashicorp/aws`. */
  readonly source: string;
  readonly version: string;
}

/** How Terraform gets its providers in this run. */
export interface Providers {
  /** Environment variables for Terraform and the CDKTF CLI. */
  readonly env: NodeJS.ProcessEnv;
  /** Sentences for the report. */
  readonly notices: readonly string[];
  /** An older AWS provider stands in for the pinned one. */
  readonly standIn: boolean;
  /** Sources that the mirror does not hold at all. */
  readonly missing: readonly string[];
}

/**
 * A mirror of the lab's own, which links to the one of `LAB_PROVIDER_MIRROR` or of this machine. Where it holds only an
 * older version, that one is linked as the pinned one. Without a mirror, Terraform uses the registry.
 */
export function prepareProviders(
  stacks: readonly SynthesizedStack[],
): Providers {
  rmSync(paths.mirror, { recursive: true, force: true });
  const mirror = process.env.LAB_PROVIDER_MIRROR ?? findMirror();
  if (mirror === undefined) {
    writeFileSync(paths.cliConfig, "");
    return {
      env: { TF_CLI_CONFIG_FILE: paths.cliConfig },
      notices: ["Terraform downloads the pinned providers from the registry"],
      standIn: false,
      missing: [],
    };
  }
  const notices: string[] = [];
  const missing: string[] = [];
  let standIn = false;
  for (const provider of requiredProviders(stacks)) {
    const linked = link(mirror, provider);
    if (linked === undefined) missing.push(provider.source);
    else if (linked !== provider.version) {
      standIn ||= provider.source.endsWith("/aws");
      notices.push(
        `${label(provider)} provider ${linked} stands in for ${provider.version}`,
      );
    } else notices.push(`${label(provider)} provider ${linked} of ${mirror}`);
  }
  writeFileSync(
    paths.cliConfig,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(paths.mirror)}\n  }\n}\n`,
  );
  return {
    env: {
      TF_CLI_CONFIG_FILE: paths.cliConfig,
      // `cdktf deploy` locks the providers, and that command ignores the configuration.
      TF_CLI_ARGS_providers_lock: `-fs-mirror=${paths.mirror}`,
    },
    notices,
    standIn,
    missing,
  };
}

const label = ({ source }: Provider): string =>
  source.endsWith("/aws") ? "AWS" : source;

function requiredProviders(stacks: readonly SynthesizedStack[]): Provider[] {
  const bySource = new Map<string, Provider>();
  for (const { json } of stacks)
    for (const { source, version } of Object.values(
      json.terraform.required_providers,
    )) {
      const full = source.includes("/") ? source : `hashicorp/${source}`;
      bySource.set(full, { source: full, version });
    }
  return [...bySource.values()];
}

/** First mirror of this machine: a folder whose `<host>/hashicorp/aws` is there. */
function findMirror(): string | undefined {
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

/**
 * Links one provider into the lab's mirror. Terraform follows a link only where a package itself stands, so the folders above
 * are real ones.
 * @returns the version that is linked; undefined when there is none.
 */
function link(
  mirror: string,
  { source, version }: Provider,
): string | undefined {
  for (const host of foldersOf(mirror)) {
    const held = join(host, source);
    if (!existsSync(held)) continue;
    const target = join(paths.mirror, relative(mirror, held));
    const archives = readdirSync(held).filter(
      (file) => file.endsWith(".zip") && file.includes(`_${version}_`),
    );
    if (archives.length > 0) {
      linkAll(held, target, archives);
      return version;
    }
    const versions = foldersOf(held).map((folder) => basename(folder));
    const found = versions.includes(version)
      ? version
      : versions.sort(byNumber).at(-1);
    if (found === undefined) continue;
    const from = join(held, found);
    linkAll(from, join(target, version), readdirSync(from));
    return found;
  }
  return undefined;
}

function linkAll(from: string, to: string, names: readonly string[]): void {
  mkdirSync(to, { recursive: true });
  for (const name of names) symlinkSync(join(from, name), join(to, name));
}

const byNumber = (a: string, b: string): number =>
  a.localeCompare(b, "en", { numeric: true });
