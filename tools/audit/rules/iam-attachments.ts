import { at } from "../reading";

import { type WrittenRule, check, never, refersTo } from "../rule";
import { type Subject } from "../graph";

const ATTACHED = [
  "aws_iam_role_policy_attachment",
  "aws_iam_policy_attachment",
  "aws_iam_role",
];

/** Policies of AWS, and users. */
export const iamAttachmentRules: readonly WrittenRule[] = [
  {
    id: "iam-attachments/no-administrator-policy",
    sentence: "Nobody gets AWS's policy AdministratorAccess.",
    externalIds: ["CKV_AWS_274", "CKV_AWS_275", "cdk-nag IAM4"],
    types: ATTACHED,
    ...check(["policy_arn", "managed_policy_arns"], ({ body }) =>
      attached(body).filter((arn) =>
        /\/(AdministratorAccess|PowerUserAccess)$/.test(arn),
      ),
    ),
  },
  {
    id: "iam-attachments/service-role-policies",
    sentence: "AWS's policies are attached for the service they are made for.",
    types: ["aws_iam_role_policy_attachment"],
    ...check("policy_arn", ({ body }) =>
      attached(body).filter(
        (arn) =>
          !/\/(AmazonEKSClusterPolicy|AmazonEKSWorkerNodePolicy|AmazonEKS_CNI_Policy|AmazonEC2ContainerRegistryPullOnly|AWSBackupServiceRolePolicyForBackup|AmazonRDSEnhancedMonitoringRole)$/.test(
            arn,
          ),
      ),
    ),
  },
  {
    id: "iam-attachments/own-role",
    sentence: "Rights are given to a role of the same stack.",
    types: ["aws_iam_role_policy", "aws_iam_role_policy_attachment"],
    ...refersTo("role", "aws_iam_role"),
  },
  {
    id: "iam-attachments/no-users",
    sentence: "No IAM user or access key is made: workloads have roles.",
    externalIds: ["CKV_AWS_273"],
    types: ["aws_iam_user", "aws_iam_access_key", "aws_iam_user_policy"],
    ...never(),
  },
];

const attached = (body: Subject["body"]): string[] =>
  [...at(body, "policy_arn"), ...at(body, "managed_policy_arns")].map(String);
