import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { projectFile } from "../../modules/lib/project-file";
import {
  type Settings,
  type SettingsInput,
  settingsSchema,
  withDefaults,
} from "../../modules/schema";
import { paths } from "./paths";

/** Account of the emulator. The example names the same one, and no AWS account has this number. */
export const labAccount = "123456789012";

/**
 * What is deployed: either example of Wave as it is, the classic one upgraded by nothing but its `wave.version`, Wave Lite, Wave
 * on a VPC and a cluster of somebody else, or without Wave the compute environment, services deployed from Git, or Prefect with
 * the EMG API.
 */
export const lines = [
  "classic",
  "upgraded",
  "current",
  "lite",
  "existing",
  "platforms",
  "delivery",
  "emg",
] as const;
export type Line = (typeof lines)[number];

/** Environments, which can stand beside each other, by the line that is deployed first; the other lines are of `lab` too. */
export const environments = {
  classic: "lab",
  lite: "lite",
  existing: "existing",
  platforms: "platforms",
  delivery: "delivery",
  emg: "emg",
} as const;
export type Environment = (typeof environments)[keyof typeof environments];
export const firstLines = Object.keys(
  environments,
) as (keyof typeof environments)[];

export const environmentOf = (line: Line): Environment =>
  line in environments
    ? environments[line as keyof typeof environments]
    : "lab";

/** Folder of the stacks of a line's environment. */
export const outputOf = (line: Line): string =>
  environmentOf(line) === "lab"
    ? paths.output
    : `${paths.output}-${environmentOf(line)}`;

/** Environment variables that make the app read the settings of a line, and write where they belong. */
export const settingsEnv = (line: Line) => ({
  SETTINGS_DIR: paths.settings,
  ENVIRONMENT: environmentOf(line),
  CDKTF_OUTPUT: outputOf(line),
});

export interface SettingsChange {
  readonly retain: boolean;
  readonly hostedZoneId?: string;
  readonly chartRepository?: string;
  /** What is written over the example. @default nothing */
  readonly patch?: Patch;
  /** What the settings start from. @default the example of the line */
  readonly base?: SettingsInput;
}

/** Part of a settings file, as people change one: `null` takes a key away, a list stands for the whole list. */
export interface Patch {
  readonly [key: string]:
    | Patch
    | string
    | number
    | boolean
    | null
    | undefined
    | readonly (string | number | Patch)[];
}

/** A file, or an earlier patch, with a patch written over it. */
export function patched<T extends object>(base: T, patch: Patch): T {
  const result = Object.fromEntries(Object.entries(base)) as Record<
    string,
    unknown
  >;
  for (const [key, value] of Object.entries(patch)) {
    const under = result[key];
    if (isSection(value))
      result[key] = patched(isSection(under) ? under : {}, value);
    else result[key] = value;
  }
  return result as T;
}

const isSection = (value: unknown): value is Patch =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Without the keys that a patch took away. */
export const withoutNull = (value: unknown): unknown =>
  isSection(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, one]) => one !== null)
          .map(([key, one]) => [key, withoutNull(one)]),
      )
    : value;

/**
 * Writes the settings of a line: its example with the emulator's hosted zone and the wanted retention; with a chart
 * repository of the lab, also with what a run of `workloads` needs.
 * @returns the parsed settings.
 */
export function writeLabSettings(line: Line, change: SettingsChange): Settings {
  const input = labSettings(line, change);
  mkdirSync(paths.settings, { recursive: true });
  writeFileSync(
    join(paths.settings, `${input.environment}.yaml`),
    stringify(input),
  );
  return settingsSchema.parse(withDefaults(input));
}

export function labSettings(
  line: Line,
  {
    retain,
    hostedZoneId,
    chartRepository,
    patch = {},
    base = exampleOf(line),
  }: SettingsChange,
): SettingsInput {
  const example = withoutNull(patched(base, patch)) as SettingsInput;
  // Names of its own: nothing of the lab lies beside what belongs to a real environment, such as its state file.
  const environment = environmentOf(line);
  return {
    ...example,
    environment,
    tags: { ...example.tags, environment },
    backend: { kind: "s3", bucket: `wave-lab-state-${labAccount}` },
    accountId: labAccount,
    retain,
    ...(example.dns.hostedZoneId !== undefined && {
      dns: { ...example.dns, hostedZoneId },
    }),
    ...(chartRepository !== undefined && {
      // No AWS CLI is needed on this machine.
      kubeAuth: "token",
      charts: Object.fromEntries(
        releasesOf(line, example).map((name) => [
          name,
          { repository: chartRepository },
        ]),
      ),
      ...(example.delivery && {
        delivery: withCharts(example.delivery, chartRepository),
      }),
    }),
  };
}

type DeliveryInput = NonNullable<SettingsInput["delivery"]>;

/** Every chart that the section may name, from one repository. */
function withCharts(
  { ingress, tls, dns, flux, ...delivery }: DeliveryInput,
  repository: string,
): DeliveryInput {
  const chart = { repository };
  return {
    ...delivery,
    ...(ingress && {
      ingress: ingress.class === "nginx" ? { ...ingress, chart } : ingress,
    }),
    ...(tls && { tls: tls.kind === "letsencrypt" ? { ...tls, chart } : tls }),
    ...(dns && { dns: dns.owner === "external-dns" ? { ...dns, chart } : dns }),
    ...(flux && { flux: { ...flux, chart } }),
  };
}

/** Keys of `charts` that the settings of a line may have. */
function releasesOf(
  line: Line,
  { cluster }: SettingsInput,
): (keyof NonNullable<SettingsInput["charts"]>)[] {
  if (line === "lite") return ["loadBalancerController"];
  if (cluster.kind !== "existing")
    return [
      "efsCsiDriver",
      "loadBalancerController",
      // Not one of the oldest versions.
      ...(cluster.autoscaler ? (["clusterAutoscaler"] as const) : []),
    ];
  const { controllers } = cluster;
  return (["efsCsiDriver", "loadBalancerController"] as const).filter(
    (name) => controllers[name] === "ours",
  );
}

function exampleOf(line: Line): SettingsInput {
  switch (line) {
    case "classic":
      return read("example.yaml");
    case "upgraded": {
      const { wave } = readWave("example-current.yaml");
      const classic = readWave("example.yaml");
      return { ...classic, wave: { ...classic.wave, version: wave.version } };
    }
    case "current":
      return read("example-current.yaml");
    case "lite":
      return liteOf(readWave("example-current.yaml"));
    case "existing":
      return existingOf(readWave("example-existing.yaml"));
    case "platforms":
      // Who deploys here, deploys all of it.
      return {
        ...read("example-platforms.yaml"),
        access: read("example.yaml").access,
      };
    case "delivery":
      return deliveryOf(read("example-delivery.yaml"));
    case "emg":
      return emgOf(read("example-emg.yaml"));
  }
}

const read = (file: string): SettingsInput =>
  parse(readFileSync(projectFile("settings", file), "utf8")) as SettingsInput;

/** A settings file with Wave. */
type WaveInput = SettingsInput & {
  readonly wave: NonNullable<SettingsInput["wave"]>;
};

const readWave = (file: string): WaveInput => read(file) as WaveInput;

/** With a host name that is no other environment's, in the zone that the lab has. */
function existingOf(example: WaveInput): SettingsInput {
  const { name, wave, access } = readWave("example.yaml");
  return patched(example, {
    name,
    access: { deployer: access.deployer },
    wave: { hostname: `existing-${wave.hostname}` },
    // Beside Wave, a compute environment on its owner's nodes.
    computeEnv: {
      launcher: { externalId: "lab-existing" },
      nodes: { kind: "existing", nodeSelector: { nodegroup: "general" } },
    },
  });
}

/** With a domain in the zone that the lab has. */
function deliveryOf(example: SettingsInput): SettingsInput {
  const { wave, access } = readWave("example.yaml");
  const domain = wave.hostname.replace(/^[^.]+/, "scp");
  return patched({ ...example, access }, { delivery: { domain } });
}

/** With hosts in the zone that the lab has, two workers, and everything that the API can have. */
function emgOf(example: SettingsInput): SettingsInput {
  const { wave, access } = readWave("example.yaml");
  const hostOf = (name: string) => wave.hostname.replace(/^[^.]+/, name);
  return patched(
    { ...example, access },
    {
      emg: {
        prefect: { host: hostOf("prefect") },
        auth: { workers: ["codon", "hl"] },
        api: { host: hostOf("emg"), taskWorker: true },
      },
    },
  );
}

/** Without builds, and with network and host name that are no other environment's. */
function liteOf(example: WaveInput): SettingsInput {
  return patched(example, {
    network: { cidr: "10.41.0.0/16" },
    cluster: { autoscaler: undefined, nodeGroups: { build: undefined } },
    wave: {
      mode: "lite",
      hostname: `lite-${example.wave.hostname}`,
      mail: undefined,
    },
    // Beside Wave, the compute environment of Fusion.
    computeEnv: {
      launcher: { externalId: "lab-lite" },
      storage: { kind: "fusion" },
      nodes: { minSize: 1, desiredSize: 1, maxSize: 2 },
    },
  });
}
