import { warningsOf } from "../../../modules/rules";
import { settingsSchema } from "../../../modules/schema";
import {
  type SettingsChange,
  currentInput,
  platformsInput,
} from "../../support/settings";
import { existingInput } from "../../support/existing";

const said = (input: unknown): string =>
  warningsOf(settingsSchema.parse(input)).join("\n");
const of = (change: SettingsChange = {}): string =>
  said(platformsInput(change));

const PRIVATE: SettingsChange = {
  cluster: {
    endpoint: { public: false, privateCidrs: ["10.40.0.0/16"] },
  },
};
const OWN: SettingsChange = {
  computeEnv: {
    launcher: {
      trust: { principalArn: "arn:aws:iam::111122223333:role/platform" },
    },
  },
};

test("the example is silent", () => {
  expect(of()).not.toContain("computeEnv");
  expect(of()).not.toContain("Seqera Cloud");
});

test("Seqera Cloud has no way to a private endpoint; a Platform of one's own may have one", () => {
  const sentence = /Seqera Cloud does not reach the Kubernetes API/;
  expect(of(PRIVATE)).toMatch(sentence);
  expect(of({ ...PRIVATE, ...OWN })).not.toMatch(sentence);
});

test.each<[string, SettingsChange, RegExp]>([
  [
    "head pods that do not reach Seqera Cloud",
    { computeEnv: { egress: { ports: [80] } } },
    /egress\.ports is without 443/,
  ],
  [
    "a VPC without internet",
    { network: { internet: false } },
    /head pods report to Seqera Cloud/,
  ],
  [
    "a launcher that nobody is",
    { computeEnv: { launcher: { kind: "none" } } },
    /Platform has no way in until/,
  ],
  [
    "nodes that cost while nothing runs",
    {
      cluster: { autoscaler: undefined },
      computeEnv: { nodes: { minSize: 2 } },
    },
    /2 × m6a\.2xlarge run and cost while nothing is launched/,
  ],
  [
    "any node",
    { computeEnv: { nodes: { kind: "existing" } } },
    /nodeSelector is empty/,
  ],
  [
    "types of two sizes",
    {
      computeEnv: { nodes: { instanceTypes: ["m6a.2xlarge", "m6a.4xlarge"] } },
    },
    /instanceTypes differ in size/,
  ],
  [
    "Spot of one type",
    {
      computeEnv: {
        nodes: { capacityType: "SPOT", instanceTypes: ["m6a.2xlarge"] },
      },
    },
    /SPOT: .*more often with one instance type/,
  ],
  [
    "the device plugin on Bottlerocket",
    {
      computeEnv: {
        storage: { kind: "fusion" },
        nodes: { amiType: "BOTTLEROCKET_x86_64" },
      },
    },
    /not run on Bottlerocket/,
  ],
  [
    "privileged pods",
    { computeEnv: { storage: { kind: "fusion", fuse: "privileged" } } },
    /whoever may launch is root on the node/,
  ],
  [
    "a key of the volumes",
    {
      computeEnv: {
        nodes: {
          volumeKmsKeyArn:
            "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555",
        },
      },
    },
    /^computeEnv\.nodes\.volumeKmsKeyArn: the key's policy must let/m,
  ],
])("a synth tells of %s, and only then", (_, change, sentence) => {
  expect(of(change)).toMatch(sentence);
  expect(of()).not.toMatch(sentence);
});

test("a token makes up for a launcher that nobody is", () => {
  const change = { launcher: { kind: "none" }, serviceAccountToken: true };
  expect(of({ computeEnv: change as never })).not.toContain("no way in");
});

test("a cluster that does not enforce network policies is told of", () => {
  const change = (networkPolicies: string) =>
    said(
      existingInput({
        cluster: { networkPolicies },
        computeEnv: { launcher: { kind: "none" } },
      } as never),
    );
  expect(change("notEnforced")).toContain("whatever computeEnv.egress says");
  expect(change("enforced")).not.toContain("computeEnv.egress");
});

test("beside Wave, who trusts Seqera Cloud is told whose Wave that uses", () => {
  const beside = (trust: unknown) =>
    said(
      currentInput({
        computeEnv: { launcher: { trust, externalId: "an-id" } },
      } as never),
    );
  const sentence = "pairs with Platform Enterprise";
  expect(beside("seqera-cloud")).toContain(sentence);
  expect(
    beside({ principalArn: "arn:aws:iam::111122223333:role/platform" }),
  ).not.toContain(sentence);
});
