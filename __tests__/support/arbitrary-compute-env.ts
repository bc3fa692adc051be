import fc from "fast-check";
import { type SettingsInput } from "../../modules/schema";
import { some } from "./arbitrary-parts";

type ComputeEnvInput = NonNullable<SettingsInput["computeEnv"]>;

const launcher = (partition: string) =>
  fc.oneof(
    fc.record({
      externalId: fc.constantFrom("5f9c1a52", "a:b/c@d"),
      compatUsername: some(fc.constant("tower-launcher-user")),
    }),
    fc.record({
      trust: fc.constant({
        principalArn: `arn:${partition}:iam::111122223333:role/platform`,
      }),
      // Not none: that a stranger needs no external id is an exception of the register.
      externalId: fc.constant("an-id"),
    }),
    fc.constant({
      kind: "user" as const,
      arn: `arn:${partition}:iam::111122223333:user/tower`,
    }),
    fc.constant({ kind: "none" as const }),
  );

const storage = fc.oneof(
  fc.record({
    kind: some(fc.constant("efs" as const)),
    mountPath: some(fc.constant("/mnt/scratch")),
    claimName: some(fc.constant("files")),
    permissions: some(fc.constantFrom("0777", "1777")),
  }),
  fc.record({
    kind: fc.constant("fusion" as const),
    fuse: some(fc.constantFrom("devicePlugin" as const, "privileged" as const)),
    prefix: some(fc.constant("a/b")),
    bucket: some(
      fc.constantFrom(
        { expireDays: 7 },
        { kind: "existing" as const, name: "my-bucket" },
      ),
    ),
  }),
  fc.constant({
    kind: "nfs" as const,
    server: "files.example.com",
    path: "/export",
  }),
  fc.constant({ kind: "claim" as const, claimName: "my-claim" }),
);

const nodes = fc.oneof(
  fc.record({
    capacityType: some(fc.constantFrom("SPOT" as const, "ON_DEMAND" as const)),
    minSize: some(fc.constantFrom(0, 1, 2)),
    instanceTypes: some(fc.constant(["c6i.4xlarge"])),
  }),
  fc.record({
    kind: fc.constant("existing" as const),
    nodeSelector: some(fc.constant({ "karpenter.sh/nodepool": "nextflow" })),
    tolerations: some(
      fc.constant([{ operator: "Exists" as const }, { key: "a", value: "b" }]),
    ),
  }),
);

/** A section `computeEnv`, most of them valid: each way in, storage and kind of nodes. */
export const arbitraryComputeEnv = (
  partition: string,
): fc.Arbitrary<ComputeEnvInput> =>
  fc.record({
    namespace: some(fc.constant("nextflow")),
    launcher: launcher(partition),
    storage: some(storage),
    nodes: some(nodes),
    quota: some(fc.constant({ cpu: "16", memory: "64Gi", pods: 50 })),
    egress: some(
      fc.record({
        ports: fc.constantFrom([443], [], [22, 443, 8443]),
        closeVpc: fc.boolean(),
      }),
    ),
    extraUserSubjects: some(fc.constant(["a@example.com"])),
    serviceAccountToken: some(fc.boolean()),
  }) as fc.Arbitrary<ComputeEnvInput>;
