import { AutoscalingGroupTagA } from "@cdktf/provider-aws/lib/autoscaling-group-tag";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { newestRelease } from "./image-release";
import { type NodeProxy } from "./user-data";
import { LaunchTemplate } from "./launch-template";

/** Taint of a node: pods without a toleration for it stay away. */
export interface NodeTaint {
  readonly key: string;
  /** @default no value */
  readonly value?: string;
  /** As the API of EKS spells it. */
  readonly effect: "NO_SCHEDULE" | "NO_EXECUTE" | "PREFER_NO_SCHEDULE";
}

/** Properties of `NodeGroup`. */
export interface NodeGroupProps {
  /** Name of launch template and nodes; with a hyphen and a suffix of AWS, name of the group. At most 36 characters. */
  readonly name: string;
  /** Cluster that the nodes join. */
  readonly clusterName: string;
  /** Kubernetes minor, such as `1.36`: the cluster's, or up to three older. */
  readonly version: string;
  /** Role of the nodes: `createNodeRole`. */
  readonly nodeRoleArn: string;
  /** Private subnets. */
  readonly subnetIds: readonly string[];
  /** Instance types of one architecture: that of `amiType`. */
  readonly instanceTypes: readonly string[];
  /**
   * `SPOT`: spare capacity at a lower price, which AWS takes back at two minutes' notice. EKS cannot change it later: another
   * one makes the group anew.
   * @default EKS starts nodes on demand
   */
  readonly capacityType?: "ON_DEMAND" | "SPOT";
  /** Fewest nodes. */
  readonly minSize: number;
  /**
   * Nodes to run. Terraform owns the number, and writes it again at every apply; with `autoscaledBy` the group starts with
   * it, and Terraform leaves it alone from then on.
   */
  readonly desiredSize: number;
  /**
   * An autoscaler changes the number of nodes. The Auto Scaling group that EKS makes carries this tag, by which the
   * autoscaler finds the group and its role may change it: what EKS itself writes there is on the groups of all node
   * groups. An update of the nodes gives pods that may not be evicted fifteen minutes, and then goes on without them.
   * @default nothing changes the number at run time
   */
  readonly autoscaledBy?: { readonly key: string; readonly value: string };
  /**
   * What a device plugin adds to each node, such as `{"nextflow.io/fuse": "5000"}`: of a group without nodes an autoscaler
   * knows it only by a tag ("How can I scale a node group to 0?" of the README of Cluster Autoscaler for AWS).
   * @default none
   */
  readonly pluginResources?: Readonly<Record<string, string>>;
  /** Most nodes at rest. For an update EKS raises it for a while, by up to twice the number of zones. */
  readonly maxSize: number;
  /**
   * EKS image family.
   * @default "AL2023_x86_64_STANDARD"
   */
  readonly amiType?: string;
  /**
   * EKS image release to stay on, such as `1.36.0-20260901`, or `latest`: the newest of each plan, so that nodes roll with
   * the first deployment after AWS has published one.
   * @default EKS chooses when the group is made, and nothing raises it later
   */
  readonly releaseVersion?: string;
  /**
   * Size of each node's encrypted gp3 volume, in GiB.
   * @default 100
   */
  readonly diskGiB?: number;
  /**
   * Key of the volumes.
   * @default the account's aws/ebs
   */
  readonly volumeKmsKeyArn?: string;
  /**
   * Kernel setting `user.max_user_namespaces`, which rootless BuildKit needs. Bottlerocket only.
   * @default the image's own: 0 with Bottlerocket
   */
  readonly maxUserNamespaces?: number;
  /**
   * Proxy by which the nodes pull images and reach AWS. A change rolls the nodes.
   * @default none
   */
  readonly proxy?: NodeProxy;
  /**
   * Groups of the nodes: all of them, since EKS then adds none (`NodeSecurityGroup` has the rules). A change rolls the nodes.
   * @default the group that EKS makes for the cluster
   */
  readonly securityGroupIds?: readonly string[];
  /**
   * Kubernetes labels, by which pods choose the group.
   * @default none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Taints that keep pods without a toleration away.
   * @default none
   */
  readonly taints?: readonly NodeTaint[];
  /**
   * Tags of instances, volumes and network interfaces, which the provider's default tags do not reach.
   * @default the Name tag only
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * What nodes need to come up and to be drained: permissions of the role, network, add-ons, the deployer's access.
   * @default only what the other properties refer to
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Begin of the tags by which the Cluster Autoscaler knows resources of a group that has no nodes. */
const NODE_RESOURCES = "k8s.io/cluster-autoscaler/node-template/resources/";

/** Managed node group, by launch template. Cost: the instances. */
export class NodeGroup extends Construct {
  /** For those who need running nodes. */
  readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const group = this.createNodeGroup(this.createTemplate(props), props);
    this.resource = group;
    if (props.autoscaledBy === undefined) return;
    const autoscalingGroupName = group.resources
      .get(0)
      .autoscalingGroups.get(0).name;
    new AutoscalingGroupTagA(this, "autoscaled-by", {
      autoscalingGroupName,
      tag: { ...props.autoscaledBy, propagateAtLaunch: false },
    });
    for (const [name, value] of Object.entries(props.pluginResources ?? {}))
      new AutoscalingGroupTagA(this, `resource-${name.replace(/[./]/g, "-")}`, {
        autoscalingGroupName,
        tag: {
          key: `${NODE_RESOURCES}${name}`,
          value,
          propagateAtLaunch: false,
        },
      });
  }

  private createTemplate(props: NodeGroupProps): LaunchTemplate {
    const { name, amiType, diskGiB, tags } = props;
    const { volumeKmsKeyArn, maxUserNamespaces, securityGroupIds, proxy } =
      props;
    return new LaunchTemplate(this, "launch-template", {
      name,
      amiType,
      diskGiB,
      volumeKmsKeyArn,
      maxUserNamespaces,
      proxy,
      securityGroupIds,
      tags,
    });
  }

  private createNodeGroup(
    template: LaunchTemplate,
    props: NodeGroupProps,
  ): EksNodeGroup {
    const { name, amiType = "AL2023_x86_64_STANDARD", labels } = props;
    const { minSize, desiredSize, maxSize, dependsOn = [] } = props;
    return new EksNodeGroup(this, "Default", {
      clusterName: props.clusterName,
      // Most changes replace the group: with a prefix the new one comes up before the old one goes.
      nodeGroupNamePrefix: `${name}-`,
      lifecycle: {
        createBeforeDestroy: true,
        ...(props.autoscaledBy && leaveSizeAlone(props)),
      },
      forceUpdateVersion: props.autoscaledBy && true,
      // An update drains one node after the other.
      timeouts: { create: "60m", update: "180m", delete: "60m" },
      version: props.version,
      releaseVersion:
        props.releaseVersion === "latest"
          ? newestRelease(this, "release", { version: props.version, amiType })
          : props.releaseVersion,
      amiType,
      capacityType: props.capacityType,
      instanceTypes: [...props.instanceTypes],
      launchTemplate: {
        id: template.launchTemplateId,
        version: template.version,
      },
      nodeRoleArn: props.nodeRoleArn,
      subnetIds: [...props.subnetIds],
      labels,
      taint: taintsOf(props),
      scalingConfig: { minSize, desiredSize, maxSize },
      updateConfig: { maxUnavailable: 1 },
      nodeRepairConfig: { enabled: true },
      tags: { Name: name },
      dependsOn: [...dependsOn],
    });
  }
}

/**
 * The number of nodes is the autoscaler's. The provider sends all three sizes together, and EKS refuses bounds that the
 * running number is outside of: the plan says so first, with the command that helps.
 */
function leaveSizeAlone({ clusterName, minSize, maxSize }: NodeGroupProps) {
  const desired = "self.scaling_config[0].desired_size";
  const inside = `\${max(${minSize}, min(${maxSize}, ${desired}))}`;
  return {
    ignoreChanges: ["scaling_config[0].desired_size"],
    postcondition: [
      {
        condition: `\${${desired} >= ${minSize} && ${desired} <= ${maxSize}}`,
        errorMessage: `This group runs \${${desired}} nodes: outside of minSize ${minSize} and maxSize ${maxSize}, which EKS refuses. Bring it inside first: aws eks update-nodegroup-config --cluster-name ${clusterName} --nodegroup-name \${self.node_group_name} --scaling-config minSize=${minSize},maxSize=${maxSize},desiredSize=${inside} (while an update of the nodes runs, wait for its end instead).`,
      },
    ],
  };
}

/** Absent, not an empty list, where there is none. */
const taintsOf = ({ taints = [] }: NodeGroupProps) =>
  taints.length > 0 ? taints.map((taint) => ({ ...taint })) : undefined;
