import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { EksAddOn } from "./eks-add-on";

/** Properties of `BeforeComputeAddOns`. */
export interface BeforeComputeAddOnsProps {
  readonly clusterName: string;
  /** Kubernetes minor of the cluster as text, such as `1.36`: known at plan, so the versions are too. */
  readonly kubernetesVersion: string;
  /**
   * Versions to stay on, such as `v1.20.4-eksbuild.1`.
   * @default those that EKS recommends for the minor
   */
  readonly versions?: {
    readonly vpcCni?: string;
    readonly kubeProxy?: string;
    readonly podIdentityAgent?: string;
  };
  /**
   * What a pod may do before its network policies are in force: all in `standard`, nothing in `strict`, where a pod without
   * any policy stays closed ("Policy enforcement modes" of the EKS user guide).
   * @default "standard"
   */
  readonly networkPolicyMode?: "standard" | "strict";
}

/** Properties of `AfterComputeAddOns`. */
export interface AfterComputeAddOnsProps {
  readonly clusterName: string;
  /** Kubernetes minor of the cluster as text, such as `1.36`: known at plan, so the versions are too. */
  readonly kubernetesVersion: string;
  /**
   * Versions to stay on, such as `v1.12.4-eksbuild.1`.
   * @default those that EKS recommends for the minor
   */
  readonly versions?: {
    readonly coreDns?: string;
    readonly metricsServer?: string;
  };
  /**
   * Labels of the nodes that the add-ons run on.
   * @default any node
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Running nodes: without one the add-ons never become healthy, and their creation fails. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Versions that run, by their short name. */
type Versions = Readonly<Record<string, string>>;

/** Add-ons that a node needs before it is ready: network, service addresses, identities. */
export class BeforeComputeAddOns extends Construct {
  readonly versions: Versions;
  /** Node groups depend on these. */
  readonly resources: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: BeforeComputeAddOnsProps) {
    super(scope, id);
    const { clusterName, kubernetesVersion, versions = {} } = props;
    const { networkPolicyMode = "standard" } = props;
    const common = { clusterName, kubernetesVersion };
    const vpcCni = new EksAddOn(this, "vpc-cni", {
      ...common,
      addOn: "vpc-cni",
      version: versions.vpcCni,
      // Without it NetworkPolicies are accepted and do nothing. The add-on's schema wants text.
      configuration: {
        enableNetworkPolicy: "true",
        ...(networkPolicyMode === "strict" && {
          env: { NETWORK_POLICY_ENFORCING_MODE: networkPolicyMode },
        }),
      },
    });
    const kubeProxy = new EksAddOn(this, "kube-proxy", {
      ...common,
      addOn: "kube-proxy",
      version: versions.kubeProxy,
    });
    const podIdentityAgent = new EksAddOn(this, "pod-identity-agent", {
      ...common,
      addOn: "eks-pod-identity-agent",
      version: versions.podIdentityAgent,
    });
    this.resources = [vpcCni, kubeProxy, podIdentityAgent].map(
      (addOn) => addOn.resource,
    );
    this.versions = {
      vpcCni: vpcCni.version,
      kubeProxy: kubeProxy.version,
      podIdentityAgent: podIdentityAgent.version,
    };
  }
}

/** Add-ons that are pods and need running nodes: host names and metrics. */
export class AfterComputeAddOns extends Construct {
  readonly versions: Versions;

  constructor(scope: Construct, id: string, props: AfterComputeAddOnsProps) {
    super(scope, id);
    const { clusterName, kubernetesVersion, dependsOn } = props;
    const { versions = {}, nodeSelector } = props;
    const configuration = nodeSelector && { nodeSelector };
    const common = {
      clusterName,
      kubernetesVersion,
      configuration,
      dependsOn,
    };
    const coreDns = new EksAddOn(this, "coredns", {
      ...common,
      addOn: "coredns",
      version: versions.coreDns,
    });
    const metricsServer = new EksAddOn(this, "metrics-server", {
      ...common,
      addOn: "metrics-server",
      version: versions.metricsServer,
    });
    this.versions = {
      coreDns: coreDns.version,
      metricsServer: metricsServer.version,
    };
  }
}
