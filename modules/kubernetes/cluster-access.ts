import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn, type TerraformProvider, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { createEphemeral } from "../lib/ephemeral";

/** Properties of `createClusterAccess`. */
export interface ClusterAccessProps {
  readonly clusterName: string;
  /** HTTPS address of the Kubernetes API. */
  readonly clusterEndpoint: string;
  /** Certificate authority of the API, base64. */
  readonly clusterCertificateAuthority: string;
  /** Region of the cluster. */
  readonly region: string;
  /**
   * How Terraform logs in: `exec` runs the AWS CLI whenever a token is needed; `token` takes one of 15 minutes at the
   * start of plan and apply, where no AWS CLI can be expected.
   * @default "exec"
   */
  readonly auth?: "exec" | "token";
  /**
   * ARN of a role that the AWS CLI assumes for `exec`. A role that asks for an external id is none: `aws eks get-token` has
   * no option for it. `token` uses the role of the stack's AWS provider.
   * @default the credentials that Terraform is started with
   */
  readonly roleArn?: string;
  /**
   * Logins to registries of charts. The provider uses them when it starts, and Helm keeps them in its registry configuration
   * on the machine that runs Terraform.
   * @default none
   */
  readonly chartRegistries?: readonly ChartRegistry[];
  /**
   * Exact versions of the Terraform providers, such as `3.2.1`.
   * @default those that the bindings were generated from
   */
  readonly versions?: Readonly<Record<"kubernetes" | "helm", string>>;
}

/** Login to an OCI registry of charts; ephemeral values are welcome. */
export interface ChartRegistry {
  /** `oci://<host>`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/**
 * Gives a stack the kubernetes and helm providers, logged in to an EKS cluster. Never both ways at once; nothing of the
 * login reaches state or outputs.
 */
export function createClusterAccess(
  stack: TerraformStack,
  props: ClusterAccessProps,
): void {
  const cluster = {
    host: props.clusterEndpoint,
    clusterCaCertificate: Fn.base64decode(props.clusterCertificateAuthority),
  };
  const { chartRegistries = [], versions } = props;
  const registries =
    chartRegistries.length === 0 ? undefined : [...chartRegistries];
  const login =
    props.auth === "token"
      ? { token: createToken(stack, props.clusterName) }
      : { exec: execOf(props) };
  const kubernetes = new KubernetesProvider(stack, "kubernetes", {
    ...cluster,
    // The bindings want a list for one provider and an object for the other.
    ...(login.exec === undefined ? login : { exec: [login.exec] }),
  });
  const helm = new HelmProvider(stack, "helm", {
    kubernetes: { ...cluster, ...login },
    registries,
  });
  if (versions === undefined) return;
  setVersion(stack, kubernetes, versions.kubernetes);
  setVersion(stack, helm, versions.helm);
}

/** Writes another version than that of the bindings, for which no newer ones may be published. */
function setVersion(
  stack: TerraformStack,
  {
    terraformResourceType: name,
    terraformGeneratorMetadata,
  }: TerraformProvider,
  version: string,
): void {
  if (terraformGeneratorMetadata?.providerVersion === version) return;
  stack.addOverride(`terraform.required_providers.${name}.version`, version);
}

const execOf = ({ clusterName, region, roleArn }: ClusterAccessProps) => ({
  apiVersion: "client.authentication.k8s.io/v1beta1",
  command: "aws",
  args: [
    "eks",
    "get-token",
    "--cluster-name",
    clusterName,
    "--region",
    region,
    "--output",
    "json",
    ...(roleArn === undefined ? [] : ["--role-arn", roleArn]),
  ],
});

/** Token of 15 minutes, opened anew in plan and apply and never stored. */
function createToken(stack: TerraformStack, clusterName: string): string {
  const login = createEphemeral(
    new Construct(stack, "cluster"),
    "aws_eks_cluster_auth",
    { name: clusterName },
  );
  return login("token");
}
