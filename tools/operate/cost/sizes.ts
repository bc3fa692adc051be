import { type SettingsInput } from "../../../modules/schema";
import { PROFILES } from "../../../modules/wave/settings/profile-schema";

/** Nodes of one group. */
interface Nodes {
  readonly count: number;
  readonly type: string;
}

/** What docs/sizing.md advises beside a profile: it stands in the settings file of whoever follows it. */
export interface Size {
  readonly profile: (typeof PROFILES)[number];
  readonly system: Nodes;
  /** At the most: none stands without builds. */
  readonly build: Nodes;
  readonly natGateways: "single" | "perZone";
}

/** The rows "System nodes" and "Build nodes" of docs/sizing.md. */
export const SIZES: readonly Size[] = [
  {
    profile: "trial",
    system: { count: 2, type: "m5a.large" },
    build: { count: 1, type: "m5a.xlarge" },
    natGateways: "single",
  },
  {
    profile: 50,
    system: { count: 2, type: "m5a.xlarge" },
    build: { count: 2, type: "m5a.2xlarge" },
    natGateways: "perZone",
  },
  {
    profile: 300,
    system: { count: 3, type: "m5a.xlarge" },
    build: { count: 3, type: "m5a.2xlarge" },
    natGateways: "perZone",
  },
  {
    profile: 1000,
    system: { count: 3, type: "m5a.2xlarge" },
    build: { count: 5, type: "m5a.2xlarge" },
    natGateways: "perZone",
  },
];

/** A settings file that follows the advice. */
export function sized(example: SettingsInput, size: Size): SettingsInput {
  const group = ({ type, count }: Nodes, minSize: number) => ({
    instanceTypes: [type],
    minSize,
    desiredSize: minSize,
    maxSize: Math.max(count, minSize + 1),
  });
  return {
    ...example,
    network: { ...example.network, natGateways: size.natGateways },
    cluster: {
      ...example.cluster,
      nodeGroups: {
        system: group(size.system, size.system.count),
        build: group(size.build, 0),
      },
    },
    wave: { ...example.wave, profile: size.profile },
  } as SettingsInput;
}
