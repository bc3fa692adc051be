import fc from "fast-check";
import { type Basis, only, some } from "./arbitrary-parts";

const subnet = (name: string, cidr: string) => ({
  id: `subnet-0123456789abcde${name}`,
  cidr,
});

const SUBNETS = {
  private: {
    a: subnet("a0", "10.20.0.0/20"),
    c: subnet("c0", "10.20.16.0/20"),
  },
  public: {
    a: subnet("a1", "10.20.240.0/24"),
    c: subnet("c1", "10.20.241.0/24"),
  },
};

/** A VPC that exists. */
export const arbitraryExistingNetwork = fc.record({
  kind: fc.constant("existing" as const),
  vpcId: fc.constant("vpc-0123456789abcdef0"),
  cidrs: fc.constantFrom(["10.20.0.0/16"], ["10.20.0.0/16", "100.64.0.0/16"]),
  subnets: fc.constant(SUBNETS),
  endpointCidrs: some(fc.constantFrom([], ["10.20.64.0/24"])),
  proxy: some(fc.constant({ url: "http://proxy.example.com:3128" })),
});

/** A cluster that exists, with controllers and nodes for builds of its own, or of ours. */
export const arbitraryExistingCluster = (given: Basis) =>
  fc
    .record({
      owner: fc.constantFrom("ours" as const, "existing" as const),
      driver: fc.constantFrom("ours" as const, "existing" as const),
      groups: fc.boolean(),
      system: fc.boolean(),
      rest: fc.record({
        version: fc.constantFrom("1.35", "1.36"),
        clientSecurityGroupIds: some(
          fc.constantFrom([], ["sg-0123456789abcdef0", "sg-01234567"]),
        ),
        oidcProvider: fc.constantFrom("ours" as const, "existing" as const),
        networkPolicies: fc.constantFrom(
          "enforced" as const,
          "notEnforced" as const,
        ),
        nodePolicyArns: only(false, fc.constant([])),
      }),
    })
    .map(({ owner, driver, groups, system, rest }) => {
      const builds = given.shape !== "lite";
      const group = { minSize: 2, maxSize: 4 };
      return {
        kind: "existing" as const,
        name: "research",
        serviceCidr: "172.20.0.0/16",
        ...rest,
        controllers: {
          loadBalancerController: owner,
          efsCsiDriver: builds ? driver : ("none" as const),
          metricsServer: owner,
        },
        nodeSelectors: {
          ...(!system && { system: { pool: "general" } }),
          ...(builds && !groups && { build: { pool: "builds" } }),
          ...(given.arm64 && !groups && { buildArm64: { pool: "arm" } }),
        },
        nodeGroups: {
          ...(system && {
            system: {
              instanceTypes: ["m5a.8xlarge"],
              desiredSize: 4,
              minSize: 4,
              maxSize: 4,
            },
          }),
          ...(builds &&
            groups && {
              build: { ...group, instanceTypes: ["m5a.8xlarge"] },
            }),
          ...(given.arm64 &&
            groups && {
              buildArm64: {
                ...group,
                instanceTypes: ["m7g.8xlarge"],
                amiType: "AL2023_ARM_64_STANDARD" as const,
              },
            }),
        },
      };
    });
