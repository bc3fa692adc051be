import {
  requireWave,
  settingsSchema,
  withDefaults,
} from "../../modules/schema";
import { type WaveSettings } from "../../modules/wave/settings/schema";
import { type SettingsChange, currentInput, emgInput, merge } from "./settings";

/** A VPC that somebody else made, over two zones. */
export const EXISTING_NETWORK = {
  kind: "existing",
  vpcId: "vpc-0123456789abcdef0",
  cidrs: ["10.20.0.0/16", "100.64.0.0/16"],
  subnets: {
    private: {
      a: { id: "subnet-0aaaaaaaaaaaaaaa1", cidr: "10.20.0.0/20" },
      b: { id: "subnet-0bbbbbbbbbbbbbbb1", cidr: "10.20.16.0/20" },
    },
    public: {
      a: { id: "subnet-0aaaaaaaaaaaaaaa2", cidr: "10.20.240.0/24" },
      b: { id: "subnet-0bbbbbbbbbbbbbbb2", cidr: "10.20.241.0/24" },
    },
  },
} as const satisfies SettingsChange["network"];

/** A cluster that somebody else made: its nodes carry a group of their own, and all controllers run. */
export const EXISTING_CLUSTER = {
  kind: "existing",
  name: "research-eks",
  version: "1.35",
  serviceCidr: "172.20.0.0/16",
  clientSecurityGroupIds: ["sg-0123456789abcdef0"],
  nodeSelectors: {
    system: { nodegroup: "general" },
    build: { nodegroup: "builders" },
  },
  controllers: {
    loadBalancerController: "existing",
    efsCsiDriver: "existing",
    metricsServer: "existing",
  },
  oidcProvider: "existing",
  networkPolicies: "enforced",
} as const satisfies SettingsChange["cluster"];

/** The current example in a VPC that exists, with a cluster that is made there, and a change. */
export const companyVpcInput = (change: SettingsChange = {}): unknown =>
  copied(currentInput({ network: EXISTING_NETWORK }), change);

/** That one, parsed. */
export const companyVpcSettings = (change: SettingsChange = {}): WaveSettings =>
  parsed(companyVpcInput(change));

/** The current example on a cluster that exists, with nothing of ours but Wave, and a change. */
export const existingInput = (change: SettingsChange = {}): unknown =>
  copied(
    currentInput({
      network: EXISTING_NETWORK,
      cluster: EXISTING_CLUSTER,
      observability: { addOn: "none" },
      access: { admins: [] },
    }),
    change,
  );

/** The example of `emg` on that cluster, without Wave, and a change. */
export const emgExistingInput = (change: SettingsChange = {}): unknown =>
  copied(
    emgInput({
      network: EXISTING_NETWORK,
      cluster: {
        ...EXISTING_CLUSTER,
        nodeSelectors: { system: { nodegroup: "general" } },
      },
      observability: { addOn: "none" },
      access: { admins: [] },
    }),
    change,
  );

/** That one, parsed. */
export const existingSettings = (change: SettingsChange = {}): WaveSettings =>
  parsed(existingInput(change));

/** A change of that one: nodes, access and controllers are ours, and so is the provider of service accounts. */
export const ALL_OURS: SettingsChange = {
  access: { manage: true },
  cluster: {
    nodeSelectors: { system: undefined, build: undefined },
    controllers: {
      loadBalancerController: "ours",
      efsCsiDriver: "ours",
      metricsServer: "ours",
    },
    oidcProvider: "ours",
    nodeGroups: {
      system: { minSize: 2, desiredSize: 2, maxSize: 3 },
      build: { minSize: 1, desiredSize: 1, maxSize: 3 },
    },
    nodePolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"],
  },
};

const parsed = (input: unknown): WaveSettings =>
  requireWave(settingsSchema.parse(withDefaults(input)));

/** Merged into a copy, which may be changed. */
const copied = (base: unknown, change: SettingsChange): unknown =>
  structuredClone(merge(base, change));
