import fc from "fast-check";
import { type SettingsInput } from "../../modules/schema";
import { arbitraryComputeEnv } from "./arbitrary-compute-env";
import { arbitraryData } from "./arbitrary-data";
import {
  arbitraryExistingCluster,
  arbitraryExistingNetwork,
} from "./arbitrary-existing";
import { arbitraryNetwork } from "./arbitrary-network";
import { type Basis, some } from "./arbitrary-parts";
import { arbitraryWave } from "./arbitrary-wave";

/** What the other parts follow: line, mode, region, account, nodes for arm64, layer cache. */
const basis: fc.Arbitrary<Basis> = fc
  .record({
    shape: fc.constantFrom("classic", "current", "lite"),
    region: fc.constantFrom(
      "eu-central-1",
      "us-east-1",
      "ap-southeast-2",
      "us-gov-west-1",
      "cn-north-1",
    ),
    accountId: fc.constantFrom("123456789012", "210987654321"),
    arm64: fc.boolean(),
    version: fc.nat(),
    cache: fc.constantFrom("repository", "bucket", "s3", "docker.io"),
  })
  .map(({ region, shape, arm64, version, ...others }) => ({
    ...others,
    shape,
    region,
    partition: region.startsWith("cn-")
      ? "aws-cn"
      : region.startsWith("us-gov-")
        ? "aws-us-gov"
        : "aws",
    arm64: arm64 && shape === "current",
    version: releaseOf(shape, version),
  }));

const RELEASES: Readonly<Record<Basis["shape"], readonly string[]>> = {
  classic: ["1.3.3", "1.4.5", "1.6.0", "1.7.9"],
  current: ["1.33.0", "1.35.1", "1.37.0", "1.41.0"],
  lite: ["1.33.0", "1.37.0"],
};

const releaseOf = (shape: Basis["shape"], seed: number): string =>
  RELEASES[shape][seed % RELEASES[shape].length] ?? "";

/**
 * Settings files, most of them valid, with every section on and off: lines and Wave Lite, zones, endpoints, node groups,
 * back ends, DNS, mail, retention, stores, autoscaling, ingress, hardening, access and IAM.
 */
export const arbitrarySettings: fc.Arbitrary<SettingsInput> = basis
  .chain((given) => settingsOn(given, arbitraryNetwork(given)))
  .map(asWritten);

/** The same in a VPC that exists, with a cluster that is made there or exists too. */
export const arbitraryExistingSettings: fc.Arbitrary<SettingsInput> = basis
  .chain((given) =>
    fc.oneof(
      settingsOn(given, {
        network: arbitraryExistingNetwork,
        cluster: arbitraryNetwork(given).cluster,
      }),
      settingsOn(given, {
        network: arbitraryExistingNetwork,
        cluster: arbitraryExistingCluster(given),
      }).map(({ access, ...others }) => ({
        ...others,
        access: { ...access, manage: true },
      })),
    ),
  )
  .map(asWritten);

/** A compute environment in each of these, beside Wave and without it. */
export const arbitraryPipelines: fc.Arbitrary<SettingsInput> = fc
  .oneof(arbitrarySettings, arbitraryExistingSettings)
  .chain((settings) => {
    const partition = settings.access.deployer.split(":")[1] ?? "aws";
    return fc
      .tuple(arbitraryComputeEnv(partition), fc.boolean())
      .map(([computeEnv, isBeside]) => ({
        ...settings,
        ...(isBeside ? {} : { wave: undefined, data: undefined }),
        computeEnv,
      }));
  })
  .map(asWritten);

/** As YAML has it: a key without a value is not there. */
function asWritten(input: unknown): SettingsInput {
  return JSON.parse(JSON.stringify(input)) as SettingsInput;
}

/** Everything but VPC and cluster, and these. */
function settingsOn<Network, Cluster>(
  given: Basis,
  ground: {
    readonly network: fc.Arbitrary<Network>;
    readonly cluster: fc.Arbitrary<Cluster>;
  },
) {
  return fc.record({
    name: fc.constantFrom("wave", "w1", "team-wave", "a-very-long-name-26"),
    environment: fc.constantFrom("prod", "dev", "e2", "staging-eu"),
    region: fc.constant(given.region),
    accountId: fc.constant(given.accountId),
    retain: some(fc.boolean()),
    tags: some(
      fc.dictionary(
        fc.stringMatching(/^[a-z][A-Za-z0-9_./+@ -]{0,20}[a-z]$/),
        fc.stringMatching(
          /^[A-Za-z0-9_./=+@ -]{0,15}(:[A-Za-z0-9_./=+@-]{1,15})?$/,
        ),
        { maxKeys: 5 },
      ),
    ),
    backend: arbitraryBackend(given),
    kubeAuth: some(fc.constantFrom("exec" as const, "token" as const)),
    access: arbitraryAccess(given),
    iam: some(arbitraryIam(given)),
    registries: some(
      fc.constant([{ host: "harbor.example.com:8443", secret: "wave/h" }]),
    ),
    dns: arbitraryDns(given),
    ...ground,
    data: some(arbitraryData(given)),
    charts: some(arbitraryCharts(given)),
    wave: arbitraryWave(given),
  });
}

const arbitraryBackend = ({ partition, region, accountId }: Basis) =>
  fc.oneof(
    fc.record({
      kind: fc.constant("s3" as const),
      bucket: fc.constantFrom("state-of-wave", "a.b.c"),
      region: some(fc.constant(region)),
      keyPrefix: some(fc.constantFrom("wave/prod", "x")),
      kmsKeyArn: some(
        fc.constant(`arn:${partition}:kms:${region}:${accountId}:key/1`),
      ),
      assumeRole: some(
        fc.record({
          roleArn: fc.constant(`arn:${partition}:iam::210987654321:role/s`),
          externalId: some(fc.constant("wave:1")),
        }),
      ),
    }),
    fc.record({
      kind: fc.constant("cloud" as const),
      organization: fc.constant("acme"),
      project: some(fc.constant("wave")),
      hostname: some(fc.constant("tfe.example.com")),
    }),
    fc.record({ kind: fc.constant("local" as const) }),
  );

const arbitraryAccess = ({ partition, accountId }: Basis) => {
  const iam = `arn:${partition}:iam::${accountId}`;
  return fc.record({
    deployer: fc.constantFrom(
      `${iam}:role/deployer`,
      `${iam}:user/me`,
      `${iam}:role/team/ci/deployer`,
    ),
    admins: some(
      fc.uniqueArray(
        fc.record({
          principal: fc.constantFrom(
            `${iam}:role/platform`,
            `${iam}:role/path/platform`,
            `${iam}:user/you.and-me@example.com`,
          ),
          policy: some(
            fc.constantFrom("cluster-admin", "admin", "edit", "view"),
          ),
          groups: some(fc.subarray(["viewers", "team:a"])),
        }),
        { selector: ({ principal }) => principal },
      ),
    ),
  });
};

const arbitraryIam = ({ partition, accountId }: Basis) =>
  fc.record({
    path: some(fc.constantFrom("/", "/wave/", "/team/wave/")),
    permissionsBoundaryArn: some(
      fc.constantFrom(
        `arn:${partition}:iam::${accountId}:policy/boundary`,
        `arn:${partition}:iam::aws:policy/PowerUserAccess`,
      ),
    ),
  });

const arbitraryDns = ({ partition, region, accountId }: Basis) => {
  const zone = fc.constant("Z0123456789ABCDEFGHIJ");
  const certificate = fc.constant(
    `arn:${partition}:acm:${region}:${accountId}:certificate/1`,
  );
  const existingAlias = some(fc.boolean());
  return fc.oneof(
    fc.record({
      hostedZoneId: zone,
      certificateDomains: some(
        fc.constantFrom(
          ["wave.example.com"],
          ["*.example.com"],
          ["*.example.com", "example.com", "wave.example.com"],
        ),
      ),
      existingAlias,
    }),
    fc.record({
      hostedZoneId: zone,
      certificateArn: certificate,
      existingAlias,
    }),
    fc.record({ certificateArn: certificate }),
  );
};

const arbitraryCharts = ({ shape }: Basis) => {
  const mirror = (name: string) =>
    some(fc.constant(`registry.example.com/${name}:1.2.3`));
  const loadBalancerController = some(
    fc.record({
      repository: some(fc.constant("oci://registry.example.com/charts")),
      image: mirror("aws-load-balancer-controller"),
    }),
  );
  return shape === "lite"
    ? fc.record({ loadBalancerController })
    : fc.record({
        loadBalancerController,
        clusterAutoscaler: some(
          fc.record({ image: mirror("cluster-autoscaler") }),
        ),
        efsCsiDriver: some(
          fc.record({
            image: mirror("aws-efs-csi-driver"),
            livenessProbeImage: mirror("livenessprobe"),
          }),
        ),
      });
};
