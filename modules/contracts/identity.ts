import { type TerraformRemoteState, type TerraformStack } from "cdktf";
import { outputName, writeOutput } from "./output";

/**
 * What `identity` tells the other stacks. A role that an environment does not have is not written; a reader that asks for
 * it all the same fails the graph check.
 */
export interface IdentityOutputs {
  /** Role of service account `wave-sa` (SET-06). Not with `wave.mode: lite` without mail and jump role (DEC-36). */
  readonly serverRoleArn: string;
  /** Role of service account `wave-build-sa` (SET-06). Classic only. */
  readonly buildRoleArn: string;
  /** Role of the SurrealDB export job (DEC-15). Classic only. */
  readonly exportRoleArn: string;
  /** Role that Wave's server assumes to log in to ECR (CFG-R1). Current only, not with lite. */
  readonly ecrRoleArn: string;
  /** Role of service account `wave-build-sa` with a layer cache in S3 (IAM-08). Current only. */
  readonly cacheRoleArn: string;
  /** Role of `efs-csi-controller-sa` (SEC-G20). Not with lite. */
  readonly efsCsiControllerRoleArn: string;
  /** Role of `efs-csi-node-sa` (SEC-G20). Not with lite. */
  readonly efsCsiNodeRoleArn: string;
  /** Role of `aws-load-balancer-controller` (SEC-G2). */
  readonly loadBalancerControllerRoleArn: string;
  /** Certificate of the load balancer, validated (SET-05). */
  readonly certificateArn: string;
}

/** What `identity` tells people. */
export interface IdentityNotes {
  /** Policy to attach to the IAM user of `wave.classic.ecrKeySecret`; empty without it (IAM-10, DEC-35). Classic only. */
  readonly ecrKeyPolicyArn: string;
  /** DNS records of the mail domain the operator has to make, `<name> <type> <value>`; empty when the hosted zone is managed (DEC-09). */
  readonly mailDnsRecords: Readonly<Record<string, string>>;
}

const descriptions: Record<keyof (IdentityOutputs & IdentityNotes), string> = {
  serverRoleArn: "Role of Wave's server.",
  buildRoleArn: "Role of build pods: push and pull in two repositories.",
  exportRoleArn: "Role of the SurrealDB export.",
  ecrRoleArn: "Role that Wave's server assumes to log in to ECR.",
  cacheRoleArn: "Role of build pods: read and write the layer cache in S3.",
  efsCsiControllerRoleArn: "Role of the EFS CSI controller.",
  efsCsiNodeRoleArn: "Role of the EFS CSI node agent.",
  loadBalancerControllerRoleArn: "Role of the AWS Load Balancer Controller.",
  certificateArn: "Certificate of the load balancer.",
  ecrKeyPolicyArn:
    "Policy to attach to the IAM user of wave.classic.ecrKeySecret; empty without it.",
  mailDnsRecords:
    "DNS records of the mail domain to make by hand; empty when the hosted zone is managed.",
};

/** Writes what the environment has. */
export function writeIdentityOutputs(
  stack: TerraformStack,
  outputs: Partial<IdentityOutputs> & Partial<IdentityNotes>,
): void {
  for (const [field, description] of Object.entries(descriptions)) {
    const value = outputs[field as keyof typeof descriptions];
    if (value !== undefined)
      writeOutput(stack, outputName(field), value, description);
  }
}

export function readIdentityOutputs(
  state: TerraformRemoteState,
): IdentityOutputs {
  return {
    serverRoleArn: state.getString("server_role_arn"),
    buildRoleArn: state.getString("build_role_arn"),
    exportRoleArn: state.getString("export_role_arn"),
    ecrRoleArn: state.getString("ecr_role_arn"),
    cacheRoleArn: state.getString("cache_role_arn"),
    efsCsiControllerRoleArn: state.getString("efs_csi_controller_role_arn"),
    efsCsiNodeRoleArn: state.getString("efs_csi_node_role_arn"),
    loadBalancerControllerRoleArn: state.getString(
      "load_balancer_controller_role_arn",
    ),
    certificateArn: state.getString("certificate_arn"),
  };
}
