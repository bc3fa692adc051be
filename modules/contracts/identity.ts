import { map, optional, text, type Values } from "./outputs";

/** What `identity` gives the other stacks. A role that an environment does not have is not written. */
export const identityOutputs = {
  oidcProviderArn: text(
    "OIDC provider of the cluster: the principal of roles for service accounts.",
  ),
  serverRoleArn: optional(text("Role of Wave's server.")),
  buildRoleArn: optional(
    text("Role of build pods: push and pull in two repositories."),
  ),
  exportRoleArn: optional(text("Role of the SurrealDB export.")),
  ecrRoleArn: optional(
    text("Role that Wave's server assumes to log in to ECR."),
  ),
  cacheRoleArn: optional(
    text("Role of build pods: read and write the layer cache in S3."),
  ),
  efsCsiControllerRoleArn: optional(text("Role of the EFS CSI controller.")),
  efsCsiNodeRoleArn: optional(text("Role of the EFS CSI node agent.")),
  efsCsiNodeRoleName: optional(
    text(
      "Name of that role, for the right to mount a file system of a platform's own.",
    ),
  ),
  loadBalancerControllerRoleArn: optional(
    text("Role of the AWS Load Balancer Controller."),
  ),
  clusterAutoscalerRoleArn: optional(text("Role of the Cluster Autoscaler.")),
  cloudwatchAgentRoleArn: optional(
    text("Role of the CloudWatch agent and of Fluent Bit."),
  ),
  certificateArn: optional(text("Certificate of the load balancer.")),
};

/** What `identity` prints for people; no stack reads it. */
export const identityNotes = {
  ecrKeyPolicyArn: optional(
    text(
      "Policy to attach to the IAM user of wave.classic.ecrKeySecret; empty without it.",
    ),
  ),
  mailDnsRecords: optional(
    map(
      "DNS records of the mail domain to make by hand; empty when the hosted zone is managed.",
    ),
  ),
};

export type IdentityOutputs = Values<typeof identityOutputs>;
