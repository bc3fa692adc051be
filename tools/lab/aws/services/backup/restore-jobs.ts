import { iamCall } from "../../client";
import { xmlTexts } from "../../xml";
import { type Operation, AwsError, jsonAnswer, jsonOf } from "../call";
import { type World, nextId, now } from "../world";
import { type Vault, need } from "./store";

interface RestoreRequest {
  readonly RecoveryPointArn: string;
  readonly IamRoleArn: string;
  readonly IdempotencyToken?: string;
  readonly Metadata: Readonly<Record<string, string>>;
}

interface RestoreJob {
  readonly RestoreJobId: string;
  readonly request: RestoreRequest;
  readonly created: number;
  /** Why it fails; it is known once the job runs. */
  readonly failure?: string;
}

/** How long a job is pending, and how long it runs, in milliseconds: half a minute to hours on AWS. */
const PENDING = 1000;
const RUNNING = 4000;

/** Restores of EFS: a job runs as the role of the request, and fails when that may not restore. */
export function restoreOperations(
  world: World,
  vaults: ReadonlyMap<string, Vault>,
): Operation[] {
  const jobs = new Map<string, RestoreJob>();
  const pointOf = (arn: string) => {
    for (const { points } of vaults.values()) {
      const point = points.get(arn);
      if (point) return point;
    }
    throw new AwsError(
      "ResourceNotFoundException",
      `Recovery point ${arn} not found.`,
    );
  };
  return [
    {
      name: "GetRecoveryPointRestoreMetadata",
      route:
        "GET /backup-vaults/{vault}/recovery-points/{point}/restore-metadata",
      answer: ({ params }) => {
        const point = need(
          need(vaults, params.vault).points,
          params.point ?? "",
        );
        const fileSystem = String(point.ResourceArn).replace(/^.*\//, "");
        return jsonAnswer({
          RecoveryPointArn: params.point,
          RestoreMetadata: { "file-system-id": fileSystem },
        });
      },
    },
    {
      name: "StartRestoreJob",
      route: "PUT /restore-jobs",
      answer: async (call) => {
        const request = jsonOf(call) as RestoreRequest;
        const known = [...jobs.values()].find(
          (job) =>
            request.IdempotencyToken !== undefined &&
            job.request.IdempotencyToken === request.IdempotencyToken,
        );
        if (known) return jsonAnswer({ RestoreJobId: known.RestoreJobId });
        pointOf(request.RecoveryPointArn);
        refuseBadMetadata(request);
        const RestoreJobId = nextId(36);
        jobs.set(RestoreJobId, {
          RestoreJobId,
          request,
          created: Date.now(),
          failure: await failureOf(world, request),
        });
        return jsonAnswer({ RestoreJobId });
      },
    },
    {
      name: "DescribeRestoreJob",
      route: "GET /restore-jobs/{job}",
      answer: ({ params }) => {
        const job = need(jobs, params.job);
        const { request } = job;
        const age = Date.now() - job.created;
        const Status =
          age < PENDING
            ? "PENDING"
            : job.failure !== undefined
              ? "FAILED"
              : age < PENDING + RUNNING
                ? "RUNNING"
                : "COMPLETED";
        return jsonAnswer({
          RestoreJobId: job.RestoreJobId,
          RecoveryPointArn: request.RecoveryPointArn,
          IamRoleArn: request.IamRoleArn,
          ResourceType: "EFS",
          CreationDate: job.created / 1000,
          Status,
          PercentDone: Status === "COMPLETED" ? "100.00%" : "0.00%",
          ...(Status === "FAILED" && { StatusMessage: job.failure }),
          ...(Status === "COMPLETED" && {
            CompletionDate: now(),
            CreatedResourceArn: pointOf(request.RecoveryPointArn).ResourceArn,
          }),
        });
      },
    },
  ];
}

/** @throws AwsError for metadata that AWS Backup does not take of EFS. */
function refuseBadMetadata({ Metadata }: RestoreRequest): void {
  for (const key of ["file-system-id", "newFileSystem", "Encrypted"])
    if (Metadata[key] === undefined)
      throw new AwsError(
        "InvalidParameterValueException",
        `Invalid restore metadata. ${key} is required.`,
      );
}

/** A role that is not there is refused at once; one that may not restore fails the job. */
async function failureOf(
  { moto }: World,
  { IamRoleArn }: RestoreRequest,
): Promise<string | undefined> {
  const RoleName = IamRoleArn.replace(/^.*\//, "");
  const names = await iamCall(moto, "ListRolePolicies", { RoleName }).catch(
    () => {
      throw new AwsError(
        "InvalidParameterValueException",
        `IAM Role ${IamRoleArn} cannot be assumed by AWS Backup`,
      );
    },
  );
  const attached = await iamCall(moto, "ListAttachedRolePolicies", {
    RoleName,
  });
  const inline = await Promise.all(
    xmlTexts(names, "member").map((PolicyName) =>
      iamCall(moto, "GetRolePolicy", { RoleName, PolicyName }),
    ),
  );
  const may =
    attached.includes("AWSBackupServiceRolePolicyForRestores") ||
    inline.some((text) =>
      decodeURIComponent(text).includes("elasticfilesystem:Restore"),
    );
  return may
    ? undefined
    : `Access Denied trying to call AWS Backup service: ${IamRoleArn} is not authorized to perform elasticfilesystem:Restore`;
}
