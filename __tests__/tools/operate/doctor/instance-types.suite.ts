import { type Answers, examinedBy } from "../../../support/fake-aws";
import { currentSettings, platformsSettings } from "../../../support/settings";
import { type Settings } from "../../../../modules/schema";
import { examine } from "../../../../tools/operate/doctor/check";
import { instanceTypeChecks } from "../../../../tools/operate/doctor/instance-types";
import { reportOf } from "../../../../tools/operate/doctor/report";

const current = currentSettings();
const zone = (letter: string, fields: object = {}) => ({
  ZoneName: current.region + letter,
  ZoneId: `euc1-az-${letter}`,
  State: "available",
  ...fields,
});
const everywhere = (types: readonly string[]) => ({
  InstanceTypeOfferings: types.flatMap((InstanceType) =>
    ["a", "b", "c"].map((letter) => ({
      InstanceType,
      Location: current.region + letter,
    })),
  ),
});
interface Filtered {
  readonly Filters: readonly { readonly Values: readonly string[] }[];
}
const valuesOf = (input: unknown) =>
  (input as Filtered).Filters[0]?.Values ?? [];
const answers: Answers = {
  DescribeAvailabilityZones: () => ({
    AvailabilityZones: ["a", "b", "c"].map((letter) => zone(letter)),
  }),
  DescribeInstanceTypeOfferings: (input) => everywhere(valuesOf(input)),
  DescribeInstanceTypes: (input) => ({
    InstanceTypes: valuesOf(input).map((InstanceType) => ({
      InstanceType,
      ProcessorInfo: {
        SupportedArchitectures: [
          InstanceType.startsWith("m7g") ? "arm64" : "x86_64",
        ],
      },
    })),
  }),
};

const asked = async (change: Answers = {}, settings: Settings = current) =>
  reportOf(
    "prod",
    await examine(
      instanceTypeChecks(examinedBy(settings, { ...answers, ...change })),
      1000,
    ),
  );

test.each([current, platformsSettings()])(
  "types that are offered everywhere pass",
  async (settings) => {
    const { findings, notAsked } = await asked({}, settings);
    expect([...findings, ...notAsked]).toEqual([]);
  },
);

test.each([
  ["is not this account's", []],
  ["is impaired", [zone("c", { State: "impaired" })]],
  ["takes no control plane", [zone("c", { ZoneId: "use1-az3" })]],
])("a zone that %s", async (_how, more) => {
  const { findings } = await asked({
    DescribeAvailabilityZones: () => ({
      AvailabilityZones: [zone("a"), zone("b"), ...more],
    }),
  });
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ path: "network.zones" });
  expect(findings[0]?.found).toMatch(/^"c"/);
});

test("a type that the region does not have", async () => {
  const { findings } = await asked({
    DescribeInstanceTypeOfferings: () => everywhere([]),
  });
  expect(findings.map(({ path }) => path)).toEqual([
    "cluster.nodeGroups.system.instanceTypes",
    "cluster.nodeGroups.build.instanceTypes",
  ]);
});

test("a zone without any type of a group", async () => {
  const { findings } = await asked({
    DescribeInstanceTypeOfferings: (input) => ({
      InstanceTypeOfferings: everywhere(
        valuesOf(input),
      ).InstanceTypeOfferings.filter(({ Location }) => !Location.endsWith("b")),
    }),
  });
  expect(findings[0]?.found).toContain(`${current.region}b`);
});

test("a zone that does not exist is no fault of the types", async () => {
  const { findings } = await asked(
    {},
    currentSettings({ network: { zones: ["a", "b", "f"] } }),
  );
  expect(findings.map(({ path }) => path)).toEqual(["network.zones"]);
});

test("a type of another architecture than the image", async () => {
  const { findings } = await asked(
    {},
    currentSettings({
      cluster: { nodeGroups: { build: { instanceTypes: ["m7g.large"] } } },
    }),
  );
  expect(findings).toHaveLength(1);
  expect(findings[0]?.path).toBe("cluster.nodeGroups.build.instanceTypes");
  expect(findings[0]?.found).toContain("AL2023_x86_64_STANDARD");
});
