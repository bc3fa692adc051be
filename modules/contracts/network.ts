import { map, optional, text, type Values } from "./outputs";

/** What `network` gives the other stacks. */
export const networkOutputs = {
  vpcId: text("Id of the VPC."),
  vpcOwnerId: optional(
    text("Account of a VPC that exists, which may share it with this one."),
  ),
  privateSubnetIds: map("Private subnets by zone letter."),
  publicSubnetIds: map("Public subnets by zone letter."),
  clusterName: text("Name of the EKS cluster."),
  clusterArn: text("ARN of the EKS cluster."),
  clusterEndpoint: text("Address of the Kubernetes API."),
  clusterCertificateAuthority: text(
    "Certificate authority of the Kubernetes API, base64.",
  ),
  clusterSecurityGroupId: text(
    "Security group of nodes and control plane, made by EKS.",
  ),
  buildSecurityGroupId: optional(
    text("Security group of the nodes that builds run on."),
  ),
  oidcIssuer: text("Issuer of service-account tokens."),
  alarmTopicArn: optional(text("SNS topic that gets the alarms.")),
};

/** What `network` prints for people; no stack reads it. */
export const networkNotes = {
  kubeconfigCommand: text("Adds the cluster to your kubeconfig."),
  addonVersions: map("Add-on versions that run, ready for cluster.addOns."),
};

export type NetworkOutputs = Values<typeof networkOutputs>;
