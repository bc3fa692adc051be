import { WITHOUT_INTERNET, WITHOUT_INTERNET_CURRENT } from "./private-network";
import { type Place } from "../../tools/audit/reachability";
import {
  type CreatedWaveSettings,
  type SettingsChange,
  currentSettings,
  exampleSettings,
  liteSettings,
} from "./settings";

/** A host that has no group of ours. */
export const outside = (address: string): Place => ({ address });
const OFFICE = outside("203.0.113.7");
const VPN = outside("10.8.3.4");

/** Settings of each kind, and from where they are deployed. */
export const NETWORK_VARIANTS: Readonly<
  Record<string, readonly [CreatedWaveSettings, Place]>
> = {
  classic: [exampleSettings(), OFFICE],
  current: [currentSettings(), OFFICE],
  lite: [liteSettings(), OFFICE],
  "private, over a VPN": [
    currentSettings(privateFor({ privateCidrs: ["10.8.0.0/16"] })),
    VPN,
  ],
  "private, from a runner in the VPC": [
    exampleSettings(privateFor({ privateCidrs: ["10.40.0.0/16"] })),
    outside("10.40.1.9"),
  ],
  "private, from a runner by its security group": [
    liteSettings(
      privateFor({ privateSecurityGroups: ["sg-0123456789abcdef0"] }),
    ),
    { address: "10.40.1.9", groupId: "sg-0123456789abcdef0" },
  ],
  "public and private": [
    currentSettings({
      cluster: { endpoint: { privateCidrs: ["10.8.0.0/16"] } },
    }),
    VPN,
  ],
  "interface endpoints": [
    currentSettings({ network: { interfaceEndpoints: ["ecr.api", "sts"] } }),
    OFFICE,
  ],
  "classic, without internet": [exampleSettings(WITHOUT_INTERNET), OFFICE],
  "current, without internet, and pods in a range of their own": [
    currentSettings({
      ...WITHOUT_INTERNET_CURRENT,
      network: { internet: false, podCidr: "100.64.0.0/16" },
    }),
    OFFICE,
  ],
  "internal, two zones, other ranges": [
    exampleSettings({
      network: { cidr: "10.60.0.0/18", zones: ["b", "c"] },
      cluster: { serviceCidr: "172.20.0.0/16" },
      wave: { ingress: { scheme: "internal" } },
    }),
    OFFICE,
  ],
  "builds for arm64": [
    currentSettings({
      cluster: {
        nodeGroups: {
          buildArm64: {
            instanceTypes: ["m7g.2xlarge"],
            amiType: "AL2023_ARM_64_STANDARD",
            minSize: 1,
            desiredSize: 1,
            maxSize: 8,
          },
        },
      },
      wave: { build: { arm64: true } },
    }),
    OFFICE,
  ],
  "other namespaces, with a password": [
    currentSettings({
      data: { redis: { auth: true } },
      wave: { namespace: "tools", buildNamespace: "tools-builds" },
    }),
    OFFICE,
  ],
};

function privateFor(
  lists: NonNullable<
    Extract<
      NonNullable<SettingsChange["cluster"]>,
      { endpoint?: unknown }
    >["endpoint"]
  >,
): SettingsChange {
  return {
    cluster: { endpoint: { public: false, publicCidrs: [], ...lists } },
  };
}
