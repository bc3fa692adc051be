import { EfsAccessPoint as AwsEfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { Construct } from "constructs";

/** Properties of `EfsAccessPoint`. */
export interface EfsAccessPointProps {
  /** Value of the Name tag. */
  readonly name: string;
  readonly fileSystemId: string;
  /** Folder that clients see as the root; made at the first mount. Never `/`. */
  readonly path: string;
  /**
   * User id of every file operation, whoever the client is; also the owner of the folder.
   * @default each client is who it is, and the folder is root's: for pods of many users that keep what they own apart
   */
  readonly uid?: number;
  /**
   * Group id beside it.
   * @default the user's number
   */
  readonly gid?: number;
  /** Mode of the folder, such as `0750`. */
  readonly permissions: string;
}

const ROOT = 0;

/** Door to one folder of a file system, with one identity for all who enter, or their own. Everything in it is fixed at creation. */
export class EfsAccessPoint extends Construct {
  /** Id, such as `fsap-0123456789abcdef0`. */
  readonly accessPointId: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EfsAccessPointProps) {
    super(scope, id);
    const { name, fileSystemId, path, uid, permissions } = props;
    const { gid = uid } = props;
    const accessPoint = new AwsEfsAccessPoint(this, "Default", {
      fileSystemId,
      posixUser:
        uid === undefined || gid === undefined ? undefined : { uid, gid },
      rootDirectory: {
        path,
        creationInfo: {
          ownerUid: uid ?? ROOT,
          ownerGid: gid ?? ROOT,
          permissions,
        },
      },
      tags: { Name: name },
    });
    this.accessPointId = accessPoint.id;
    this.arn = accessPoint.arn;
  }
}
