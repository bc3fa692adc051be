import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type CoreSettings } from "../../core/settings/schema";
import { LaunchTemplate } from "./launch-template";

/** Properties of `NodeGroup`. */
export interface NodeGroupProps {
  /** Name of launch template and nodes; with a hyphen and a suffix of AWS, name of the group. At most 36 characters. */
  readonly name: string;
  readonly clusterName: string;
  /** Kubernetes minor (DEC-18). */
  readonly version: string;
  /** Role of the nodes. */
  readonly nodeRoleArn: string;
  /** Private subnets. */
  readonly subnetIds: readonly string[];
  /** Instance types, sizes, image and disk. */
  readonly nodes: CoreSettings["cluster"]["nodeGroups"]["system"];
  /** Kubernetes label `service`, by which pods choose the group (HARD-16). */
  readonly service: string;
  /** Tags of instances, volumes and network interfaces. */
  readonly tags: Readonly<Record<string, string>>;
  /** What nodes need to come up and to be drained: rights, network, add-ons, the deployer's access. */
  readonly after: readonly ITerraformDependable[];
}

/** Managed node group of fixed size, by launch template (SEC-E13, DEC-20). Cost: the instances. */
export class NodeGroup extends Construct {
  /** For those who need running nodes. */
  readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    this.resource = this.createNodeGroup(this.createTemplate(props), props);
  }

  private createTemplate({ name, nodes, tags }: NodeGroupProps) {
    return new LaunchTemplate(this, "launch-template", {
      name,
      amiType: nodes.amiType,
      diskGiB: nodes.diskGiB,
      volumeKmsKeyArn: nodes.volumeKmsKeyArn,
      maxUserNamespaces: nodes.maxUserNamespaces,
      tags,
    });
  }

  private createNodeGroup(
    template: LaunchTemplate,
    { name, nodes, ...props }: NodeGroupProps,
  ): EksNodeGroup {
    return new EksNodeGroup(this, "Default", {
      clusterName: props.clusterName,
      // Most changes replace the group: with a prefix the new one comes up before the old one goes (FAIL-07).
      nodeGroupNamePrefix: `${name}-`,
      lifecycle: { createBeforeDestroy: true },
      version: props.version,
      releaseVersion: nodes.releaseVersion,
      amiType: nodes.amiType,
      instanceTypes: nodes.instanceTypes,
      launchTemplate: {
        id: template.launchTemplateId,
        version: template.version,
      },
      nodeRoleArn: props.nodeRoleArn,
      subnetIds: [...props.subnetIds],
      labels: { service: props.service },
      // Terraform owns all three: nothing scales the group at run time (DEC-20).
      scalingConfig: {
        minSize: nodes.minSize,
        desiredSize: nodes.desiredSize,
        maxSize: nodes.maxSize,
      },
      updateConfig: { maxUnavailable: 1 },
      nodeRepairConfig: { enabled: true },
      tags: { Name: name },
      dependsOn: [...props.after],
    });
  }
}
