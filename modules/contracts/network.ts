import { type TerraformRemoteState, type TerraformStack } from "cdktf";
import { writeOutput } from "./output";
import { mapValue } from "../core/state/remote-state";

/** What `network` tells the other stacks. */
export interface NetworkOutputs {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Private subnets by zone letter. */
  readonly privateSubnetIds: Readonly<Record<string, string>>;
  /** Name of the EKS cluster. */
  readonly clusterName: string;
  /** HTTPS address of the Kubernetes API. */
  readonly clusterEndpoint: string;
  /** Certificate authority of the API, base64. */
  readonly clusterCertificateAuthority: string;
  /** Security group that EKS puts on nodes and control plane: the source of every ingress rule of `data`. */
  readonly clusterSecurityGroupId: string;
  /** Issuer of service-account tokens, `https://…`. */
  readonly oidcIssuer: string;
}

/** What `network` tells people. */
export interface NetworkNotes {
  /** Command that adds the cluster to a kubeconfig. */
  readonly kubeconfigCommand: string;
  /** Add-on versions that run, ready to paste into `cluster.addOns` (DEC-19). */
  readonly addOnVersions: Readonly<Record<string, string>>;
}

export function writeNetworkOutputs(
  stack: TerraformStack,
  outputs: NetworkOutputs & NetworkNotes,
): void {
  writeOutput(stack, "vpc_id", outputs.vpcId, "Id of the VPC.");
  writeOutput(
    stack,
    "private_subnet_ids",
    outputs.privateSubnetIds,
    "Private subnets by zone letter.",
  );
  writeOutput(
    stack,
    "cluster_name",
    outputs.clusterName,
    "Name of the EKS cluster (SET-03).",
  );
  writeOutput(
    stack,
    "cluster_endpoint",
    outputs.clusterEndpoint,
    "Address of the Kubernetes API.",
  );
  writeOutput(
    stack,
    "cluster_certificate_authority",
    outputs.clusterCertificateAuthority,
    "Certificate authority of the Kubernetes API, base64.",
  );
  writeOutput(
    stack,
    "cluster_security_group_id",
    outputs.clusterSecurityGroupId,
    "Security group of nodes and control plane, made by EKS.",
  );
  writeOutput(
    stack,
    "oidc_issuer",
    outputs.oidcIssuer,
    "Issuer of service-account tokens (SET-04).",
  );
  writeOutput(
    stack,
    "kubeconfig_command",
    outputs.kubeconfigCommand,
    "Adds the cluster to your kubeconfig.",
  );
  writeOutput(
    stack,
    "addon_versions",
    outputs.addOnVersions,
    "Add-on versions that run, ready for cluster.addOns.",
  );
}

export function readNetworkOutputs(
  state: TerraformRemoteState,
  zones: readonly string[],
): NetworkOutputs {
  return {
    vpcId: state.getString("vpc_id"),
    privateSubnetIds: Object.fromEntries(
      zones.map((zone) => [zone, mapValue(state, "private_subnet_ids", zone)]),
    ),
    clusterName: state.getString("cluster_name"),
    clusterEndpoint: state.getString("cluster_endpoint"),
    clusterCertificateAuthority: state.getString(
      "cluster_certificate_authority",
    ),
    clusterSecurityGroupId: state.getString("cluster_security_group_id"),
    oidcIssuer: state.getString("oidc_issuer"),
  };
}
