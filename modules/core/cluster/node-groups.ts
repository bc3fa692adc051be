import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { createNodeRole } from "../../aws/eks/node-role";
import { type ServiceRole } from "../../aws/iam/service-role";
import { namesOf } from "../../lib/names";
import { type CoreSettings } from "../settings/schema";
import { NodeGroup } from "../../aws/eks/node-group";

/** Properties of `NodeGroups`. */
export interface NodeGroupsProps {
  readonly settings: CoreSettings;
  readonly clusterName: string;
  /** Private subnets. */
  readonly subnetIds: readonly string[];
  /** What nodes need to come up and to be drained. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Value of the label `service` of each group, for node selectors (INF-17, HARD-16). */
export const NODE_SERVICE = {
  system: "wave-system",
  build: "wave-build",
  "build-arm64": "wave-build-arm64",
} as const;

/** EKS appends its own suffix to the prefix: 37 characters with the hyphen. */
const NAME_LIMIT = 36;

/**
 * The group of Wave itself, the groups of builds that the settings have, and the role of their nodes (INF-13, INF-17).
 * None is tainted: Wave sets no tolerations on its builds (DEC-16, HARD-16).
 */
export class NodeGroups extends Construct {
  /** For those who need running nodes of the system group. */
  readonly system: ITerraformDependable;

  constructor(scope: Construct, id: string, props: NodeGroupsProps) {
    super(scope, id);
    const { settings } = props;
    const role = createNodeRole(this, "role", {
      ...settings.iam,
      name: namesOf(settings).iam("eks-node"),
      region: settings.region,
    });
    const { system, build, buildArm64 } = settings.cluster.nodeGroups;
    this.system = this.createGroup("system", system, role, props).resource;
    if (build !== undefined) this.createGroup("build", build, role, props);
    if (buildArm64 !== undefined)
      this.createGroup("build-arm64", buildArm64, role, props);
  }

  private createGroup(
    group: keyof typeof NODE_SERVICE,
    nodes: CoreSettings["cluster"]["nodeGroups"]["system"],
    role: ServiceRole,
    { settings, clusterName, subnetIds, dependsOn }: NodeGroupsProps,
  ): NodeGroup {
    return new NodeGroup(this, group, {
      name: namesOf(settings).of(group, NAME_LIMIT),
      clusterName,
      version: settings.cluster.version,
      nodeRoleArn: role.arn,
      subnetIds,
      ...nodes,
      labels: { service: NODE_SERVICE[group] },
      tags: settings.tags,
      dependsOn: [...role.permissions, ...dependsOn],
    });
  }
}
