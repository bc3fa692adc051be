import { type Settings, settingsSchema } from "../../../../modules/schema";
import {
  type SettingsChange,
  currentSettings,
  deliveryInput,
  deliverySettings,
  emgInput,
  emgSettings,
  exampleSettings,
  liteSettings,
  platformsSettings,
} from "../../../support/settings";
import {
  ALL_OURS,
  EXISTING_CLUSTER,
  EXISTING_NETWORK,
  companyVpcSettings,
  existingInput,
  existingSettings,
} from "../../../support/existing";
import { GIVEN } from "../../../support/emg";
import { WITHOUT_INTERNET_CURRENT } from "../../../support/private-network";

const IAM = "arn:aws:iam::123456789012:";

const SSM = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

const CERTIFICATE =
  "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";

/** The same place in another partition: region, and every ARN that the example names. */
const inPartition = (partition: string, region: string): SettingsChange => ({
  region,
  access: {
    deployer: `arn:${partition}:iam::123456789012:role/wave-deployer`,
    admins: [],
  },
});

const MAIL_OFF: SettingsChange = { wave: { mail: undefined } };

const ON_EXISTING: SettingsChange = {
  network: EXISTING_NETWORK,
  cluster: EXISTING_CLUSTER,
  access: { admins: [] },
  computeEnv: { nodes: { minSize: 1 } },
};

/** Under the names that the others have. */
const pipelines = (change: SettingsChange = {}): Settings =>
  platformsSettings({ name: "wave", environment: "prod", ...change });

/** Environments that differ in what their deployer has to do. */
export const VARIANTS: Readonly<Record<string, Settings>> = {
  classic: exampleSettings(),
  "classic, with a user's key for ECR": exampleSettings({
    wave: { classic: { ecrKeySecret: "wave/ecr-key" } },
  }),
  current: currentSettings(),
  "current, retired": currentSettings({ retain: false }),
  "current, made of snapshots": currentSettings({
    data: {
      postgres: { restoreFrom: "wave-prod-past" },
      redis: { restoreFrom: "automatic.wave-prod-redis-2026-01-31-02-00" },
    },
  }),
  lite: liteSettings(),
  "lite, without mail": liteSettings(MAIL_OFF),
  "current, with interface endpoints": currentSettings({
    network: { interfaceEndpoints: ["ecr.api", "ecr.dkr", "sts", "ec2"] },
  }),
  "current, with a range for pods": currentSettings({
    network: { podCidr: "100.64.0.0/16" },
  }),
  "current, without internet": currentSettings(WITHOUT_INTERNET_CURRENT),
  "current, with one NAT gateway and a layer cache": currentSettings({
    network: { natGateways: "single" },
    data: { buildCache: {} },
  }),
  "current, with own keys": currentSettings({
    cluster: {
      nodeGroups: {
        system: {
          volumeKmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/1",
        },
      },
    },
  }),
  "current, with more policies for nodes": currentSettings({
    cluster: { nodePolicyArns: [SSM, `${IAM}policy/agents/inventory`] },
  }),
  "classic, with a boundary and more policies for nodes": exampleSettings({
    iam: { permissionsBoundaryArn: `${IAM}policy/company-boundary` },
    cluster: { nodePolicyArns: [SSM] },
  }),
  "current, with arm64": currentSettings({
    cluster: {
      nodeGroups: {
        buildArm64: {
          minSize: 1,
          desiredSize: 1,
          maxSize: 2,
          instanceTypes: ["m7g.2xlarge"],
          amiType: "AL2023_ARM_64_STANDARD",
        },
      },
    },
    wave: { build: { arm64: true } },
  }),
  "current, with what exists": currentSettings({
    dns: {
      certificateArn: CERTIFICATE,
      existingAlias: true,
    },
    data: { ecr: { existing: true } },
    wave: { mail: { existingIdentity: true } },
  }),
  "current, with every record of mail": currentSettings({
    dns: { certificateDomains: ["*.example.com"] },
    wave: {
      mail: { mailFromDomain: "bounce.example.com", dmarc: "v=DMARC1; p=none" },
    },
  }),
  "classic, with a boundary and a path": exampleSettings({
    iam: {
      path: "/wave/",
      permissionsBoundaryArn: `${IAM}policy/company-boundary`,
    },
  }),
  "current, on Terraform Cloud": currentSettings({
    backend: { kind: "cloud", organization: "example", project: "wave" },
  }),
  "current, with a private endpoint and a name of the cluster": currentSettings(
    {
      cluster: {
        name: "research",
        endpoint: {
          public: false,
          publicCidrs: undefined,
          privateCidrs: ["10.8.0.0/16"],
          privateSecurityGroups: ["sg-0123456789abcdef0"],
        },
      },
    },
  ),
  "current, without zone": currentSettings({
    dns: { hostedZoneId: undefined, certificateArn: CERTIFICATE },
  }),
  "current, with roles, a mirror, and charts in ECR": currentSettings({
    backend: {
      kind: "s3",
      bucket: "central-state",
      assumeRole: { roleArn: "arn:aws:iam::210987654321:role/terraform-state" },
    },
    registries: [{ host: "harbor.example.com", secret: "wave/harbor" }],
    charts: {
      loadBalancerController: {
        repository: "oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/c",
      },
    },
    network: { proxy: { url: "http://proxy.example.com:3128" } },
  }),
  "current, with a web ACL": currentSettings({
    wave: {
      ingress: {
        wafAclArn:
          "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/wave/11111111-2222-3333-4444-555555555555",
      },
    },
  }),
  "in a company's VPC": companyVpcSettings(),
  "on a cluster that exists": existingSettings(),
  "on a cluster that exists, with a provider, nodes and access of ours":
    existingSettings(ALL_OURS),
  "on a cluster that exists, with agents of ours": existingSettings({
    observability: { addOn: "ours" },
  }),
  "a compute environment": pipelines(),
  "a compute environment on a cluster that exists": pipelines(ON_EXISTING),
  "a compute environment with Fusion on a cluster that exists": pipelines({
    ...ON_EXISTING,
    computeEnv: { storage: { kind: "fusion" }, nodes: { kind: "existing" } },
  }),
  "current, in China": currentSettings({
    ...inPartition("aws-cn", "cn-north-1"),
    ...MAIL_OFF,
    network: { interfaceEndpoints: ["ecr.api", "sts"] },
  }),
  "classic, in GovCloud": exampleSettings(
    inPartition("aws-us-gov", "us-gov-west-1"),
  ),
  // The table of calls names an Auto Scaling group of this environment.
  pipelines: platformsSettings({ name: "wave" }),
  "pipelines with Fusion, retired": platformsSettings({
    name: "wave",
    retain: false,
    computeEnv: {
      storage: { kind: "fusion" },
      s3: { dataBuckets: ["my-data"], listAllBuckets: true },
    },
  }),
  "pipelines of a user, on nodes and files that exist": platformsSettings({
    computeEnv: {
      launcher: { kind: "user", arn: `${IAM}user/tower` },
      storage: { kind: "nfs", server: "10.0.3.4", path: "/export" },
      nodes: { kind: "existing", nodeSelector: { pool: "nextflow" } },
    },
  }),
  "pipelines on a cluster that exists": settingsSchema.parse(
    existingInput({
      wave: undefined,
      computeEnv: { launcher: { externalId: "an-id" } },
    }),
  ),
  services: deliverySettings({ name: "wave" }),
  "services with names and a zone of their own, Redis and image automation":
    deliverySettings({
      retain: false,
      delivery: {
        hostedZoneId: "ZDELIVERYDELIVERY",
        dns: { ipv6: false },
        flux: { imageAutomation: true, write: true },
        services: [
          {
            name: "api",
            repository: "example/api",
            namespaces: ["api-default"],
            ecr: { kind: "existing" },
            role: {
              physicalName: "api-role-prod",
              statements: [
                { actions: ["s3:ListAllMyBuckets"], resources: ["*"] },
              ],
            },
          },
        ],
        stores: { redis: { nodeType: "cache.t4g.micro" } },
      },
    }),
  "services behind NGINX, with external-dns": deliverySettings({
    delivery: {
      ingress: { class: "nginx" },
      tls: { kind: "letsencrypt", email: "ops@example.org" },
      dns: { owner: "external-dns" },
    },
  }),
  "services beside Wave": currentSettings({
    delivery: (deliveryInput() as { delivery: object }).delivery,
  }),
  Prefect: emgSettings({ name: "wave" }),
  "Prefect alone, retired, with a zone of its own": emgSettings({
    retain: false,
    emg: {
      hostedZoneId: "ZPREFECTPREFECT",
      api: undefined,
      auth: { mode: "prefect-basic" },
    },
  }),
  "Prefect with a database and a certificate that exist": emgSettings(GIVEN),
  "Prefect on a cluster that exists": settingsSchema.parse(
    existingInput({
      wave: undefined,
      emg: (emgInput() as { emg: object }).emg,
    }),
  ),
  "Prefect beside Wave": currentSettings({
    emg: (emgInput() as { emg: object }).emg,
  }),
  "pipelines beside Wave": currentSettings({
    computeEnv: { launcher: { externalId: "an-id" } },
  }),
};
