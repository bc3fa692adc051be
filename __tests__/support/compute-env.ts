import { type ITerraformDependable, type TerraformStack } from "cdktf";
import { GroupAccess } from "../../modules/aws/eks/group-access";
import { type IdentityOutputs } from "../../modules/contracts/identity";
import { type NetworkOutputs } from "../../modules/contracts/network";
import { type RoleRights } from "../../tools/audit/permissions/roles";
import { type ComputeEnvSettings } from "../../modules/compute-env/settings/schema";
import { type Settings } from "../../modules/schema";
import { type SettingsChange, platformsSettings } from "./settings";
import { type World, worldOfRoles } from "./simulate";
import { type ResourceJson, type StackJson } from "./synth";

export const ACCOUNT = "123456789012";
const ISSUER_HOST = "oidc.eks.eu-central-1.amazonaws.com/id/CLUSTER";

/** What `network` gives. */
export const NETWORK: NetworkOutputs = {
  vpcId: "vpc-1",
  vpcOwnerId: ACCOUNT,
  privateSubnetIds: { a: "subnet-a", b: "subnet-b", c: "subnet-c" },
  publicSubnetIds: {},
  clusterName: "pipelines-prod-eks",
  clusterArn: `arn:aws:eks:eu-central-1:${ACCOUNT}:cluster/pipelines-prod-eks`,
  clusterEndpoint: "https://api.example.com",
  clusterCertificateAuthority: "Y2E=",
  clusterSecurityGroupId: "sg-cluster",
  buildSecurityGroupId: "sg-builds",
  oidcIssuer: `https://${ISSUER_HOST}`,
  alarmTopicArn: "",
};

/** What `identity` gives to the storage. */
export const IDENTITY: Pick<
  IdentityOutputs,
  "oidcProviderArn" | "efsCsiNodeRoleName"
> = {
  oidcProviderArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER_HOST}`,
  efsCsiNodeRoleName: "pipelines-prod-euc1-efs-csi-node",
};

/** Settings of a cluster that exists, with controllers of its owner's, in a VPC that exists. */
export const EXISTING: SettingsChange = {
  network: {
    kind: "existing",
    vpcId: "vpc-0123456789abcdef0",
    cidrs: ["10.20.0.0/16"],
    subnets: {
      private: {
        a: { id: "subnet-0aaaaaaaaaaaaaaa1", cidr: "10.20.0.0/20" },
        b: { id: "subnet-0bbbbbbbbbbbbbbb1", cidr: "10.20.16.0/20" },
      },
    },
  },
  cluster: {
    kind: "existing",
    name: "research-eks",
    version: "1.35",
    serviceCidr: "172.20.0.0/16",
    clientSecurityGroupIds: ["sg-0123456789abcdef0"],
    controllers: {
      loadBalancerController: "existing",
      efsCsiDriver: "existing",
      metricsServer: "existing",
    },
    oidcProvider: "existing",
    networkPolicies: "enforced",
  },
  computeEnv: { nodes: { minSize: 1 } },
};

type Document = RoleRights["trust"];

/** A document of the JSON; the expressions in it become what they name, `${aws_kms_key.key.arn}` → `arn-of-key`. */
export const documentOf = (text: unknown): Document =>
  JSON.parse(
    String(text)
      .replace(/\$\{trimprefix\("https:\/\/([^"]+)", "https:\/\/"\)\}/g, "$1")
      .replace(/\$\{aws_(\w+)\.([\w-]+)\.\w+\}/g, (_, type: string) =>
        literalOf(type),
      ),
  ) as Document;

const LITERALS: Readonly<Record<string, string>> = {
  kms_key: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/storage`,
  efs_file_system: `arn:aws:elasticfilesystem:eu-central-1:${ACCOUNT}:file-system/fs-1`,
  efs_access_point: `arn:aws:elasticfilesystem:eu-central-1:${ACCOUNT}:access-point/fsap-1`,
  iam_openid_connect_provider: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
  s3_bucket_policy: `pipelines-prod-nf-work-${ACCOUNT}-eu-central-1`,
};

/** What stands for the id or ARN of the only resource of a type. */
export function literalOf(type: string): string {
  const literal = LITERALS[type];
  if (literal === undefined) throw new Error(`no literal for aws_${type}`);
  return literal;
}

const of = (stack: StackJson, type: string): [string, ResourceJson][] =>
  Object.entries(stack.resource?.[`aws_${type}`] ?? {});

/** Somebody in a stack who needs these, as pods do. */
export const waitFor = (
  stack: TerraformStack,
  dependsOn: readonly ITerraformDependable[],
): void => {
  new GroupAccess(stack, "who-waits", {
    clusterName: NETWORK.clusterName,
    principalArn: `arn:aws:iam::${ACCOUNT}:role/somebody`,
    kubernetesGroups: ["somebody"],
    dependsOn,
  });
};

/** Addresses of what they wait for. */
export const waiting = (stack: StackJson): unknown =>
  stack.resource?.aws_eks_access_entry?.["who-waits"]?.depends_on;

/** Roles of a stack and its resources with a policy, to ask who may do what; `roles` are those of other stacks. */
export function worldOfStack(
  stack: StackJson,
  ...roles: readonly RoleRights[]
): World {
  const own = of(stack, "iam_role").map(([id, body]): RoleRights => {
    const name = String(body.name);
    const policies = of(stack, "iam_role_policy").filter(
      ([, policy]) => policy.role === `\${aws_iam_role.${id}.id}`,
    );
    return {
      key: name.replace(/^[a-z]+-prod-euc1-/, ""),
      name,
      arn: `arn:aws:iam::${ACCOUNT}:role${String(body.path)}${name}`,
      path: id,
      trust: documentOf(body.assume_role_policy),
      policies: Object.fromEntries(
        policies.map(([, policy]) => [
          String(policy.name),
          documentOf(policy.policy),
        ]),
      ),
      managed: [],
    };
  });
  return worldOfRoles({
    accountId: ACCOUNT,
    roles: [...own, ...roles],
    resourcePolicies: [
      ...of(stack, "kms_key").map(
        ([, { policy }]) => [literalOf("kms_key"), documentOf(policy)] as const,
      ),
      ...of(stack, "efs_file_system_policy").map(
        ([, { policy }]) =>
          [literalOf("efs_file_system"), documentOf(policy)] as const,
      ),
    ],
    issuerHost: ISSUER_HOST,
  });
}

/** The example with a change of its section. */
export const withComputeEnv = (
  computeEnv: SettingsChange["computeEnv"],
): Settings & ComputeEnvSettings => platformsSettings({ computeEnv });

/** Storage of each kind, as an operator writes it. */
export const STORAGES = {
  efs: { kind: "efs" },
  fusion: { kind: "fusion" },
  privileged: { kind: "fusion", fuse: "privileged" },
  nfs: { kind: "nfs", server: "10.0.3.4", path: "/export/scratch" },
  claim: { kind: "claim", claimName: "my-fsx-claim" },
} as const;
