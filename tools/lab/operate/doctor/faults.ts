import { readFileSync, writeFileSync } from "node:fs";
import { type PolicyDocument } from "../../../../modules/lib/policy";
import { iamCall } from "../../aws/client";
import { attachDeployerPolicies } from "../../deployer/policies";
import { paths } from "../../paths";
import { labAccount } from "../../settings";
import { type Fault } from "./fault";
import { NAME_FAULTS } from "./name-faults";
import { REGION_FAULTS } from "./region-faults";
import { SECRET_FAULTS } from "./secret-faults";
import { STATE_FAULTS } from "./state-faults";

const ADMIN = "platform-engineers";

/** Faults of an account before its first deploy. */
export const FAULTS: readonly Fault[] = [
  ...SECRET_FAULTS,
  ...REGION_FAULTS,
  ...NAME_FAULTS,
  ...STATE_FAULTS,
  {
    name: "an admin does not exist",
    path: "access.admins[0].principal",
    says: /does not exist/,
    seed: ({ lab }) => iamCall(lab.aws, "DeleteRole", { RoleName: ADMIN }),
    fix: ({ lab }) =>
      iamCall(lab.aws, "CreateRole", {
        RoleName: ADMIN,
        AssumeRolePolicyDocument: "{}",
      }),
  },
  {
    name: "the caller is not the deployer",
    path: "access.deployer",
    says: /these credentials are of/,
    patch: {
      access: { deployer: `arn:aws:iam::${labAccount}:role/wave-other` },
    },
  },
  {
    name: "the account is another one",
    path: "accountId",
    says: /210987654321/,
    patch: {
      accountId: "210987654321",
      access: {
        deployer: "arn:aws:iam::210987654321:role/wave-deployer",
        admins: [],
      },
    },
  },
  {
    name: "a policy of the deployer is not attached",
    path: "access.deployer",
    says: /may not do eks:/,
    seed: detachClusterPolicy,
    fix: ({ lab }) => {
      attachDeployerPolicies(lab.settings);
    },
  },
  {
    name: "a certificate that does not exist",
    path: "dns.certificateArn",
    says: /has no certificate/,
    patch: {
      dns: {
        certificateArn: `arn:aws:acm:eu-central-1:${labAccount}:certificate/11111111-2222-3333-4444-555555555555`,
      },
    },
  },
  {
    name: "this machine is not admitted to the Kubernetes API",
    path: "cluster.endpoint.publicCidrs",
    says: /198\.51\.100\.7/,
    env: { RUNNER_ADDRESS: "198.51.100.7" },
  },
  {
    name: "there is no Terraform",
    path: "TERRAFORM_BINARY_NAME",
    says: /not on this machine/,
    env: { TERRAFORM_BINARY_NAME: "no-terraform-here" },
  },
];

/** Takes the document of the cluster away: whatever has `eks:CreateCluster`. */
function detachClusterPolicy(): void {
  const documents = JSON.parse(
    readFileSync(paths.deployerPolicies, "utf8"),
  ) as PolicyDocument[];
  const isOfCluster = ({ Statement }: PolicyDocument): boolean =>
    Statement.some(({ Action }) =>
      [Action].flat().includes("eks:CreateCluster"),
    );
  writeFileSync(
    paths.deployerPolicies,
    JSON.stringify(documents.filter((document) => !isOfCluster(document))),
  );
}
