import { type TerraformRemoteState, type TerraformStack } from "cdktf";
import { writeOutput } from "./output";

/** What `identity` tells the other stacks. */
export interface IdentityOutputs {
  /** Role of service account `wave-sa` (SET-06). */
  readonly serverRoleArn: string;
  /** Role of service account `wave-build-sa` (SET-06). */
  readonly buildRoleArn: string;
  /** Role of the SurrealDB export job (DEC-15). */
  readonly exportRoleArn: string;
  /** Role of `efs-csi-controller-sa` (SEC-G20). */
  readonly efsCsiControllerRoleArn: string;
  /** Role of `efs-csi-node-sa` (SEC-G20). */
  readonly efsCsiNodeRoleArn: string;
  /** Role of `aws-load-balancer-controller` (SEC-G2). */
  readonly loadBalancerControllerRoleArn: string;
  /** Certificate of the load balancer, validated (SET-05). */
  readonly certificateArn: string;
}

/** What `identity` tells people. */
export interface IdentityNotes {
  /** Policy to attach to the IAM user of `wave.classic.ecrKeySecret`; empty without it (IAM-10, DEC-35). */
  readonly ecrKeyPolicyArn: string;
  /** DNS records of the mail domain the operator has to make, `<name> <type> <value>`; empty when the hosted zone is managed (DEC-09). */
  readonly mailDnsRecords: Readonly<Record<string, string>>;
}

export function writeIdentityOutputs(
  stack: TerraformStack,
  outputs: IdentityOutputs & IdentityNotes,
): void {
  writeOutput(
    stack,
    "server_role_arn",
    outputs.serverRoleArn,
    "Role of Wave's server.",
  );
  writeOutput(
    stack,
    "build_role_arn",
    outputs.buildRoleArn,
    "Role of build pods: push and pull in two repositories.",
  );
  writeOutput(
    stack,
    "export_role_arn",
    outputs.exportRoleArn,
    "Role of the SurrealDB export.",
  );
  writeOutput(
    stack,
    "efs_csi_controller_role_arn",
    outputs.efsCsiControllerRoleArn,
    "Role of the EFS CSI controller.",
  );
  writeOutput(
    stack,
    "efs_csi_node_role_arn",
    outputs.efsCsiNodeRoleArn,
    "Role of the EFS CSI node agent.",
  );
  writeOutput(
    stack,
    "load_balancer_controller_role_arn",
    outputs.loadBalancerControllerRoleArn,
    "Role of the AWS Load Balancer Controller.",
  );
  writeOutput(
    stack,
    "certificate_arn",
    outputs.certificateArn,
    "Certificate of the load balancer.",
  );
  writeOutput(
    stack,
    "ecr_key_policy_arn",
    outputs.ecrKeyPolicyArn,
    "Policy to attach to the IAM user of wave.classic.ecrKeySecret; empty without it.",
  );
  writeOutput(
    stack,
    "mail_dns_records",
    outputs.mailDnsRecords,
    "DNS records of the mail domain to make by hand; empty when the hosted zone is managed.",
  );
}

export function readIdentityOutputs(
  state: TerraformRemoteState,
): IdentityOutputs {
  return {
    serverRoleArn: state.getString("server_role_arn"),
    buildRoleArn: state.getString("build_role_arn"),
    exportRoleArn: state.getString("export_role_arn"),
    efsCsiControllerRoleArn: state.getString("efs_csi_controller_role_arn"),
    efsCsiNodeRoleArn: state.getString("efs_csi_node_role_arn"),
    loadBalancerControllerRoleArn: state.getString(
      "load_balancer_controller_role_arn",
    ),
    certificateArn: state.getString("certificate_arn"),
  };
}
