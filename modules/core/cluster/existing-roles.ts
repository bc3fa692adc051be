import { type DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { DataAwsIamRole } from "@cdktf/provider-aws/lib/data-aws-iam-role";
import { DataAwsIamRoles } from "@cdktf/provider-aws/lib/data-aws-iam-roles";
import { type Construct } from "constructs";
import { namesOf } from "../../lib/names";
import { type ExistingClusterSettings } from "../kinds";
import { addressOf, lifecycleOf, quoted } from "../preflight/expectation";

/** In the ARN of the provider of a cluster: other issuers, such as that of a deployer's role, are none. */
const OF_EKS = ":oidc-provider/oidc.eks.";

/**
 * The environment runs on no other cluster: what it has there would stay behind. The roles of its service accounts tell,
 * because each trusts the tokens of one cluster.
 */
export function readRoles(
  scope: Construct,
  settings: ExistingClusterSettings,
  cluster: DataAwsEksCluster,
): void {
  const { name } = settings.cluster;
  const roles = new DataAwsIamRoles(scope, "roles", {
    nameRegex: `^${namesOf(settings).iam("")}`,
  });
  const issuer = `trimprefix(${addressOf(cluster)}.identity[0].oidc[0].issuer, "https://")`;
  const role = new DataAwsIamRole(scope, "role", {
    name: "${each.value}",
    lifecycle: lifecycleOf([
      {
        condition: `!strcontains(self.assume_role_policy, ${quoted(OF_EKS)}) || strcontains(self.assume_role_policy, ${issuer})`,
        otherwise: `cluster.name is ${name} and retain is true, but the role \${self.name} of this environment trusts the service accounts of another cluster: what runs there would stay behind. Write the name of that cluster; for another one make a new environment. Or, to give up what runs there, set retain to false, deploy, destroy workloads, and then change it.`,
      },
    ]),
  });
  role.addOverride("for_each", `\${toset(${addressOf(roles)}.names)}`);
}
