import { type IdentityOutputs } from "../../contracts/identity";
import { partitionOf } from "../../lib/aws-partition";
import { type PolicyDocument, readPolicy } from "../../lib/policy";
import { type CoreSettings } from "../settings/schema";
import { efsCsiNodeRoleArn } from "./efs-csi-driver";
import { controllersOf } from "./given";

/**
 * Policy of a file system that is mounted through access points of ours only. The role that mounts is a condition and no
 * principal: the file system may be older, and EFS looks principals up. Of a driver that is in the cluster already nobody here
 * knows the role: then it is any of this account's.
 */
export function mountPolicy(
  settings: CoreSettings,
  fileSystemArn: string,
  accessPointArns: readonly string[],
): PolicyDocument {
  const partition = partitionOf(settings.region);
  const common = {
    FILE_SYSTEM_ARN: fileSystemArn,
    ACCESS_POINT_ARNS: [...accessPointArns],
  };
  return hasOurDriver(settings)
    ? readPolicy("efs/file-system.json", partition, {
        ...common,
        MOUNT_ROLE_ARN: efsCsiNodeRoleArn(settings),
      })
    : readPolicy("efs/file-system-existing-driver.json", partition, {
        ...common,
        ACCOUNT_ID: settings.accountId,
      });
}

/** Role of our driver's agents, and the policy by which they may look up mount targets; undefined of a driver that is not ours. */
export const lookUpBy = (
  settings: CoreSettings,
  { efsCsiNodeRoleName }: Pick<IdentityOutputs, "efsCsiNodeRoleName">,
  policyName: string,
) =>
  hasOurDriver(settings)
    ? { roleName: efsCsiNodeRoleName, policyName }
    : undefined;

/** Whether EFS volumes are mounted by the driver that is installed here. */
export const hasOurDriver = (settings: CoreSettings): boolean =>
  controllersOf(settings).efsCsiDriver === "ours";
