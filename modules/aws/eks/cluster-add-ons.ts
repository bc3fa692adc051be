import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type CoreSettings } from "../../core/settings/schema";
import { EksAddOn } from "./eks-add-on";
import { NODE_SERVICE } from "../../core/cluster/node-groups";

/** Properties of `NodeAddOns`. */
export interface NodeAddOnsProps {
  readonly clusterName: string;
  /** Section `cluster`: Kubernetes minor, and versions to stay on. */
  readonly settings: CoreSettings;
}

/** Properties of `PodAddOns`. */
export interface PodAddOnsProps extends NodeAddOnsProps {
  /** Running nodes. */
  readonly after: readonly ITerraformDependable[];
}

/** Versions that run, by their key in `cluster.addOns` (DEC-19). */
type Versions = Readonly<Record<string, string>>;

/** Add-ons that a node needs before it is ready: network, service addresses, identities (DEC-11). */
export class NodeAddOns extends Construct {
  readonly versions: Versions;
  /** Node groups depend on these. */
  readonly resources: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NodeAddOnsProps) {
    super(scope, id);
    const { clusterName } = props;
    const { cluster } = props.settings;
    const common = { clusterName, kubernetesVersion: cluster.version };
    const vpcCni = new EksAddOn(this, "vpc-cni", {
      ...common,
      addOn: "vpc-cni",
      version: cluster.addOns.vpcCni,
      // Without it NetworkPolicies are accepted and do nothing (SEC-E14). The add-on's schema wants text.
      configuration: { enableNetworkPolicy: "true" },
    });
    const kubeProxy = new EksAddOn(this, "kube-proxy", {
      ...common,
      addOn: "kube-proxy",
      version: cluster.addOns.kubeProxy,
    });
    const podIdentityAgent = new EksAddOn(this, "pod-identity-agent", {
      ...common,
      addOn: "eks-pod-identity-agent",
      version: cluster.addOns.podIdentityAgent,
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

/** Add-ons that are pods and need running nodes: host names and metrics (DEC-11). */
export class PodAddOns extends Construct {
  readonly versions: Versions;

  constructor(scope: Construct, id: string, props: PodAddOnsProps) {
    super(scope, id);
    const { clusterName, after } = props;
    const { cluster } = props.settings;
    const common = { clusterName, kubernetesVersion: cluster.version, after };
    const coreDns = new EksAddOn(this, "coredns", {
      ...common,
      addOn: "coredns",
      version: cluster.addOns.coreDns,
      // Off the build nodes, which are not tainted (HARD-16).
      configuration: { nodeSelector: { service: NODE_SERVICE.system } },
    });
    const metricsServer = new EksAddOn(this, "metrics-server", {
      ...common,
      addOn: "metrics-server",
      version: cluster.addOns.metricsServer,
    });
    this.versions = {
      coreDns: coreDns.version,
      metricsServer: metricsServer.version,
    };
  }
}
