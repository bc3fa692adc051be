import { workspaceName } from "../../../modules/core/state/state-location";
import { partitionOf } from "../../../modules/lib/aws-partition";
import {
  type Settings,
  hasComputeEnv,
  hasDelivery,
  hasEmg,
} from "../../../modules/schema";
import { type PolicyDocument, readPolicy } from "../../../modules/lib/policy";

/** Host of Terraform Cloud where `backend.hostname` names none. */
const HOSTED = "app.terraform.io";

/** Stacks with a workspace. */
const stacksOf = (settings: Settings): string[] => [
  "network",
  "data",
  "identity",
  "workloads",
  ...(hasComputeEnv(settings) ? ["compute-env"] : []),
  ...(hasDelivery(settings) ? ["delivery"] : []),
  ...(hasEmg(settings) ? ["emg"] : []),
];

/**
 * Trust policy of the role that runs on Terraform Cloud (HCP Terraform) assume: plans and applies of this environment's
 * workspaces, and no others. The account has an OIDC provider for the host, with the audience `aws.workload.identity`. Undefined
 * with another back end.
 *
 * Source: HashiCorp, "Use dynamic credentials with the AWS provider".
 */
export function runRoleTrust(settings: Settings): PolicyDocument | undefined {
  const { backend, accountId, region } = settings;
  if (backend.kind !== "cloud") return undefined;
  const { organization, project = "*", hostname = HOSTED } = backend;
  const run = `organization:${organization}:project:${project}`;
  return readPolicy(
    "deployer/trust-terraform-cloud.json",
    partitionOf(region),
    {
      ACCOUNT_ID: accountId,
      HOST: hostname,
      RUNS: stacksOf(settings).map(
        (stack) =>
          `${run}:workspace:${workspaceName(settings, stack)}:run_phase:*`,
      ),
    },
  );
}
