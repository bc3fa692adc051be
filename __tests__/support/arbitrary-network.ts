import fc from "fast-check";
import { type Basis, only, some } from "./arbitrary-parts";

const DAYS = fc.constantFrom(1, 30, 365, 3653);

/** Sections `network` and `cluster`. */
export const arbitraryNetwork = (given: Basis) => ({
  network: fc.record({
    cidr: some(
      fc.constantFrom("10.40.0.0/16", "172.20.8.0/21", "100.64.0.0/18"),
    ),
    podCidr: some(fc.constant("100.96.0.0/16")),
    zones: fc
      .shuffledSubarray(["a", "b", "c", "d", "e", "f"], {
        minLength: 2,
        maxLength: 3,
      })
      .map((zones) => [...zones]),
    natGateways: some(fc.constantFrom("single", "perZone")),
    interfaceEndpoints: some(
      fc.subarray(["ecr.api", "ecr.dkr", "sts", "eks-auth", "autoscaling"]),
    ),
    proxy: some(
      fc.record({
        url: fc.constant("http://proxy.example.com:3128"),
        noProxy: some(fc.subarray([".example.com", "10.9.0.0/21"])),
      }),
    ),
    flowLogRetentionDays: some(DAYS),
    disjointFrom: some(fc.subarray(["192.168.0.0/16", "10.99.0.0/24"])),
  }),
  cluster: fc.record({
    version: some(fc.constantFrom("1.34", "1.35", "1.36", "1.38")),
    serviceCidr: some(fc.constantFrom("10.100.0.0/16", "172.31.0.0/20")),
    // Never left out: with nobody who reaches the API the defaults are refused.
    endpoint: fc.constantFrom(
      { public: false, privateCidrs: ["10.8.0.0/16"] },
      { privateSecurityGroups: ["sg-0123456789abcdef0"] },
      { public: true, publicCidrs: ["203.0.113.0/24"] },
      { public: true, publicCidrs: ["203.0.113.0/24", "198.51.100.7/32"] },
    ),
    logRetentionDays: some(DAYS),
    addOns: some(
      fc.record({
        vpcCni: some(fc.constant("v1.20.4-eksbuild.1")),
        coreDns: some(fc.constant("v1.12.4-eksbuild.1")),
        metricsServer: some(fc.constant("v0.8.0-eksbuild.2")),
      }),
    ),
    autoscaler:
      given.shape === "lite"
        ? fc.constant(undefined)
        : some(fc.constantFrom({}, { scaleDownAfter: "1h" })),
    nodeGroups: fc.record({
      system: arbitraryNodes(given, [...AMD64, ...ARM64]),
      build:
        given.shape === "lite"
          ? fc.constant(undefined)
          : arbitraryNodes(given, AMD64),
      buildArm64: given.arm64
        ? arbitraryNodes(given, ARM64)
        : fc.constant(undefined),
    }),
  }),
});

const AMD64 = [
  { amiType: undefined, instanceTypes: undefined },
  { amiType: "AL2023_x86_64_STANDARD", instanceTypes: ["m7i.4xlarge"] },
  {
    amiType: "BOTTLEROCKET_x86_64",
    instanceTypes: ["m6a.2xlarge", "m5a.2xlarge"],
  },
];

const ARM64 = [
  { amiType: "AL2023_ARM_64_STANDARD", instanceTypes: ["m7g.2xlarge"] },
  { amiType: "BOTTLEROCKET_ARM_64", instanceTypes: ["r8gd.2xlarge"] },
];

const arbitraryNodes = (
  { partition, region, accountId }: Basis,
  machines: readonly {
    amiType: string | undefined;
    instanceTypes: string[] | undefined;
  }[],
) =>
  fc
    .record({
      machine: fc.constantFrom(...machines),
      sizes: fc.array(fc.integer({ min: 1, max: 9 }), {
        minLength: 3,
        maxLength: 3,
      }),
      diskGiB: some(fc.integer({ min: 20, max: 500 })),
      releaseVersion: only(true, fc.constant("latest")),
      volumeKmsKeyArn: some(
        fc.constant(`arn:${partition}:kms:${region}:${accountId}:key/nodes`),
      ),
    })
    .map(({ machine, sizes, ...others }) => {
      const [minSize = 1, desiredSize = 1, maxSize = 1] = sizes.sort(
        (a, b) => a - b,
      );
      return {
        ...others,
        ...machine,
        minSize,
        desiredSize,
        maxSize,
        maxUserNamespaces: machine.amiType?.startsWith("BOTTLEROCKET")
          ? 63359
          : undefined,
      };
    });
