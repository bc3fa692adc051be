import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Lane, laneOf } from "../../../modules/core/versions/lanes";
import { paths } from "../paths";
import { type LaneProgram } from "../terraform/program";
import {
  type Held,
  type Provider,
  findMirror,
  findProvider,
  isAws,
  lackOf,
  registryOf,
  requiredProviders,
} from "./provider-versions";

/** How the program of a run gets its providers. */
export interface Providers {
  /** Environment variables for the program and the CLI, which they also name the program. */
  readonly env: NodeJS.ProcessEnv;
  /** Sentences for the report. */
  readonly notices: readonly string[];
  /** An older AWS provider stands in for the pinned one. */
  readonly standIn: boolean;
  /** What the mirror does not hold, such as `hashicorp/helm 3.1.2`. */
  readonly missing: readonly string[];
}

/** Where providers come from, and where they go to. */
interface MirrorOptions {
  /** @default that of the run */
  readonly lane?: Lane;
  /** Mirror of the caller. @default `LAB_PROVIDER_MIRROR` */
  readonly given?: string;
  /** Mirror of the machine, where none is given. @default is looked for */
  readonly machine?: string;
  /** The lab's own mirror, and the configuration that names it. @default those below `.lab` */
  readonly own?: Pick<typeof paths, "mirror" | "cliConfig">;
}

/**
 * A mirror of the lab's own, which links to the one of `LAB_PROVIDER_MIRROR` or of this machine. Where it holds only another
 * version of the AWS provider, that one is linked as the pinned one. Without a mirror, the program uses its registry.
 *
 * @throws Error, before anything is written, when the mirror that was given cannot serve the lane.
 */
export function prepareProviders(
  program: LaneProgram,
  {
    lane = laneOf(),
    given = process.env.LAB_PROVIDER_MIRROR,
    machine = findMirror(),
    own = paths,
  }: MirrorOptions = {},
): Providers {
  const registry = registryOf(program);
  const mirror = given ?? machine;
  if (mirror === undefined) {
    writeConfig(own.cliConfig, "");
    return {
      env: envOf(program, own.cliConfig),
      notices: [`the pinned providers are downloaded from ${registry}`],
      standIn: false,
      missing: [],
    };
  }
  const found = requiredProviders(lane).map((provider) => ({
    provider,
    held: findProvider(mirror, provider),
  }));
  for (const { provider, held } of found) {
    const lack = lackOf(provider, held, { mirror, lane, registry });
    if (given !== undefined && lack !== undefined) throw new Error(lack);
  }
  rmSync(own.mirror, { recursive: true, force: true });
  const used = found.flatMap(({ provider, held }) =>
    held && (held.version === provider.version || isAws(provider))
      ? [{ provider, held }]
      : [],
  );
  for (const { provider, held } of used)
    link(join(own.mirror, registry), provider, held);
  writeConfig(
    own.cliConfig,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(own.mirror)}\n  }\n}\n`,
  );
  return {
    env: {
      ...envOf(program, own.cliConfig),
      // `cdktf deploy` locks the providers, and that command ignores the configuration.
      TF_CLI_ARGS_providers_lock: `-fs-mirror=${own.mirror}`,
    },
    notices: used.map(({ provider, held }) =>
      held.version === provider.version
        ? `${label(provider)} provider ${held.version} of a mirror`
        : `${label(provider)} provider ${held.version} stands in for ${provider.version}`,
    ),
    standIn: used.some(
      ({ provider, held }) => held.version !== provider.version,
    ),
    missing: found
      .filter(({ provider }) => !used.some((one) => one.provider === provider))
      .map(({ provider }) => `${provider.source} ${provider.version}`),
  };
}

const envOf = ({ path }: LaneProgram, cliConfig: string) => ({
  TERRAFORM_BINARY_NAME: path,
  TF_CLI_CONFIG_FILE: cliConfig,
});

function writeConfig(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const label = (provider: Provider): string =>
  isAws(provider) ? "AWS" : provider.source;

/**
 * Links a provider into the lab's mirror as the pinned version. The programs follow a link only where a package itself
 * stands, so the folders above are real ones.
 */
function link(
  registry: string,
  { source, version }: Provider,
  { folder, names }: Held,
): void {
  const isPacked = names.some((name) => name.endsWith(".zip"));
  const target = join(registry, source, isPacked ? "" : version);
  mkdirSync(target, { recursive: true });
  for (const name of names) symlinkSync(join(folder, name), join(target, name));
}
