import {
  type Answer,
  type Forward,
  type EmulatedService,
  AwsError,
  jsonAnswer,
  jsonOf,
} from "./call";

interface FileSystem {
  readonly FileSystemId: string;
}

/** Backup policy, file system policy and updates of EFS; the rest is moto's. */
export function efsService(): EmulatedService {
  const policies = new Map<string, string>();
  const backups = new Map<string, string>();
  const updates = new Map<string, object>();
  const path = "/2015-02-01/file-systems";

  const patched = async (forward: Forward): Promise<Answer> => {
    const answer = await forward();
    if (answer.status >= 300) return answer;
    const body = JSON.parse(answer.body.toString("utf8")) as {
      FileSystems: FileSystem[];
    };
    return jsonAnswer({
      ...body,
      FileSystems: body.FileSystems.map((one) => ({
        ...one,
        ...updates.get(one.FileSystemId),
      })),
    });
  };

  return {
    service: "elasticfilesystem",
    errors: "json",
    operations: [
      {
        name: "DescribeFileSystems",
        route: `GET ${path}`,
        answer: (_call, forward) => patched(forward),
      },
      {
        name: "UpdateFileSystem",
        route: `PUT ${path}/{id}`,
        answer: (call) => {
          const { id = "" } = call.params;
          updates.set(id, {
            ...updates.get(id),
            ...(jsonOf(call) as object),
          });
          return jsonAnswer({ FileSystemId: id, ...updates.get(id) }, 202);
        },
      },
      {
        name: "PutBackupPolicy",
        route: `PUT ${path}/{id}/backup-policy`,
        answer: (call) => {
          const { BackupPolicy } = jsonOf(call) as {
            BackupPolicy: { Status: string };
          };
          backups.set(call.params.id ?? "", BackupPolicy.Status);
          return jsonAnswer({ BackupPolicy });
        },
      },
      {
        name: "DescribeBackupPolicy",
        route: `GET ${path}/{id}/backup-policy`,
        answer: ({ params }) => {
          const Status = backups.get(params.id ?? "");
          if (Status === undefined)
            throw new AwsError("PolicyNotFound", "No backup policy.", 404);
          return jsonAnswer({ BackupPolicy: { Status } });
        },
      },
      {
        name: "PutFileSystemPolicy",
        route: `PUT ${path}/{id}/policy`,
        answer: (call) => {
          const { Policy } = jsonOf(call) as { Policy: string };
          policies.set(call.params.id ?? "", Policy);
          return jsonAnswer({ FileSystemId: call.params.id, Policy });
        },
      },
      {
        name: "DescribeFileSystemPolicy",
        route: `GET ${path}/{id}/policy`,
        answer: ({ params }) => {
          const Policy = policies.get(params.id ?? "");
          if (Policy === undefined)
            throw new AwsError("PolicyNotFound", "No policy.", 404);
          return jsonAnswer({ FileSystemId: params.id, Policy });
        },
      },
      {
        name: "DeleteFileSystemPolicy",
        route: `DELETE ${path}/{id}/policy`,
        answer: ({ params }) => {
          policies.delete(params.id ?? "");
          return jsonAnswer({});
        },
      },
    ],
  };
}
