import { type Construct } from "constructs";
import { createSharedFolder } from "../aws/efs/shared-folder";
import { efsCsiNodeRoleArn } from "../core/controllers/efs-csi-driver";
import {
  clientSecurityGroupsOf,
  controllersOf,
} from "../core/controllers/given";
import { partitionOf } from "../lib/aws-partition";
import { namesOf } from "../lib/names";
import { SCRATCH_PATH, storageName } from "./names";
import { type Scratch, type ScratchInputs } from "./scratch-inputs";
import { type ComputeEnvSettings } from "./settings/schema";
import { createStorageKey } from "./storage-key";

type Efs = Extract<
  ComputeEnvSettings["computeEnv"]["storage"],
  { readonly kind: "efs" }
>;

/** A file system of the platform's own: tasks run as root and as any other user. */
export function createFiles(
  scope: Construct,
  { settings, network, identity, nodeSecurityGroupId }: ScratchInputs,
  { permissions, throughputMode }: Efs,
): Omit<Scratch, "kind"> {
  const { accountId, cluster, computeEnv, region, retain } = settings;
  const partition = partitionOf(region);
  const { build, buildArm64 } = cluster.nodeGroups;
  const hasOurDriver = controllersOf(settings).efsCsiDriver === "ours";
  return createSharedFolder(scope, {
    name: storageName(settings),
    description: "EFS mount targets of pipelines",
    path: SCRATCH_PATH,
    permissions,
    throughputMode,
    kmsKeyArn: createStorageKey(scope, settings),
    vpcId: network.vpcId,
    subnetIds: network.privateSubnetIds,
    sourceSecurityGroupId: network.clusterSecurityGroupId,
    // Nodes that are given may be those: builds have no taint.
    buildSecurityGroupId:
      computeEnv.nodes.kind === "existing" &&
      (build ?? buildArm64) !== undefined
        ? network.buildSecurityGroupId
        : undefined,
    clientSecurityGroupIds: clientSecurityGroupsOf(settings),
    nodeSecurityGroupIds:
      nodeSecurityGroupId === undefined
        ? {}
        : { "compute-nodes": nodeSecurityGroupId },
    // Of a driver that is not ours the role is not known: any of this account that signs, as the driver's agents do.
    mountRoleArn: hasOurDriver
      ? efsCsiNodeRoleArn(settings)
      : `arn:${partition}:iam::${accountId}:role/*`,
    lookUpBy: hasOurDriver
      ? {
          roleName: identity.efsCsiNodeRoleName,
          policyName: namesOf(settings).iam("compute-env-files"),
        }
      : undefined,
    partition,
    retain,
  });
}
