import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { type NetworkOutputs } from "../contracts/network";
import { placeEphemeral } from "../lib/ephemeral";
import { type CoreSettings } from "../core/settings/schema";

/** How Terraform logs in to Kubernetes: `token` where no AWS CLI can be expected, else `exec` (CDK-H5). */
export function kubeAuthOf({
  kubeAuth,
  backend,
}: Pick<CoreSettings, "kubeAuth" | "backend">): "exec" | "token" {
  return kubeAuth ?? (backend.kind === "cloud" ? "token" : "exec");
}

/**
 * Gives a stack the kubernetes and helm providers, logged in to our cluster. Never both ways at once (CDK-I2); nothing
 * of the login reaches state or outputs.
 */
export function placeClusterAccess(
  stack: TerraformStack,
  settings: CoreSettings,
  network: Pick<
    NetworkOutputs,
    "clusterName" | "clusterEndpoint" | "clusterCertificateAuthority"
  >,
): void {
  const cluster = {
    host: network.clusterEndpoint,
    clusterCaCertificate: Fn.base64decode(network.clusterCertificateAuthority),
  };
  if (kubeAuthOf(settings) === "token") {
    const token = placeToken(stack, network.clusterName);
    new KubernetesProvider(stack, "kubernetes", { ...cluster, token });
    new HelmProvider(stack, "helm", { kubernetes: { ...cluster, token } });
    return;
  }
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args: [
      "eks",
      "get-token",
      "--cluster-name",
      network.clusterName,
      "--region",
      settings.region,
      "--output",
      "json",
    ],
  };
  // A list for one provider, an object for the other (CDK-B1, CDK-B2).
  new KubernetesProvider(stack, "kubernetes", { ...cluster, exec: [exec] });
  new HelmProvider(stack, "helm", { kubernetes: { ...cluster, exec } });
}

/** Token of 15 minutes, opened anew in plan and apply and never stored (CDK-H6). */
function placeToken(stack: TerraformStack, clusterName: string): string {
  const login = placeEphemeral(
    new Construct(stack, "cluster"),
    "aws_eks_cluster_auth",
    { name: clusterName },
  );
  return login("token");
}
