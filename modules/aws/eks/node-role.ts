import { type Construct } from "constructs";
import { dnsSuffixOf, partitionOf } from "../../lib/aws-partition";
import { type RoleOptions } from "../iam/role";
import { ServiceRole } from "../iam/service-role";

/** Properties of `createNodeRole`. */
export interface NodeRoleProps extends RoleOptions {
  /** Name, unique in the account: at most 64 characters. */
  readonly name: string;
  readonly region: string;
  /**
   * More managed policies, by ARN: what agents on the nodes need.
   * @default none
   */
  readonly policyArns?: readonly string[];
}

/**
 * Role of the nodes of a cluster. By itself it pulls images and no more from ECR; the CNI uses it too, because it runs on the
 * host network. Node groups depend on its `permissions`.
 */
export function createNodeRole(
  scope: Construct,
  id: string,
  { region, ...props }: NodeRoleProps,
): ServiceRole {
  return new ServiceRole(scope, id, {
    ...props,
    description: "Nodes of the EKS cluster.",
    service: `ec2.${dnsSuffixOf(region)}`,
    partition: partitionOf(region),
    managedPolicies: [
      "AmazonEKSWorkerNodePolicy",
      "AmazonEKS_CNI_Policy",
      "AmazonEC2ContainerRegistryPullOnly",
    ],
  });
}
