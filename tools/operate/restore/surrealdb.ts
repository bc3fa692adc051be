import {
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
  type _Object as S3Object,
} from "@aws-sdk/client-s3";
import { ProblemReport } from "../../../modules/lib/problem";
import { type AwsAccess } from "../aws/clients";
import { errorName, failureOf } from "../aws/errors";
import { storedPassword } from "../aws/stored-password";
import { type ClusterLogin, askCluster } from "../kubernetes/cluster";
import { withForwardedPort } from "./port-forward";
import { type Step } from "./steps";
import { type RecoveryPoint, type RestorePlan, type Store } from "./store";
import { importInto } from "./surrealdb-import";
import { waitFor } from "./wait";
import { type Workload, refused, startStep, stopStep } from "./workload";

/** SurrealDB of the classic line, and its exports. */
export interface SurrealInputs {
  readonly aws: AwsAccess;
  readonly bucket: string;
  /** Folder of the exports in the bucket. */
  readonly prefix: string;
  /** Name tag of the secret that holds the password of its root user. */
  readonly secretName: string;
  readonly namespace: string;
  /** CronJob that exports. */
  readonly exporter: string;
  /** Deployment, and the port of its pods. */
  readonly deployment: string;
  readonly port: number;
  readonly users: Workload;
  readonly login: () => Promise<ClusterLogin>;
}

/** A restore of an export: what is there is exported first, then every table goes and the export comes in. */
export function surrealStore(inputs: SurrealInputs): Store {
  const s3 = inputs.aws.client(S3Client);
  return {
    name: "surrealdb",
    what: `SurrealDB, exports in ${inputs.bucket}/${inputs.prefix}`,
    points: () => exportsOf(s3, inputs),
    plan: async ({ from, stamp }) => {
      if (!(await exportsOf(s3, inputs)).some(({ id }) => id === from))
        throw new ProblemReport("restore", [
          {
            path: "--from",
            given: `${from}, which is not in ${inputs.bucket}`,
            allowed: "the key of an export",
            fix: "name one that --list shows",
          },
        ]);
      await refuseUnreadable(s3, inputs.bucket, from);
      return planOf(inputs, s3, from, stamp);
    },
  };
}

/** Who deploys may list the bucket and not read it: Wave would be stopped by then. One byte shows whether its key may be used, too. */
async function refuseUnreadable(
  s3: S3Client,
  Bucket: string,
  Key: string,
): Promise<void> {
  try {
    await s3.send(new GetObjectCommand({ Bucket, Key, Range: "bytes=0-0" }));
  } catch (error) {
    const isEmpty = errorName(error) === "InvalidRange";
    if (!isEmpty && failureOf(error) !== "denied") throw error;
    throw new ProblemReport("restore", [
      {
        path: "--from",
        given: isEmpty
          ? `${Key}, which is empty`
          : `${Key}, which these credentials may not read`,
        allowed: "an export that who runs this may read",
        fix: isEmpty
          ? "name another one that --list shows"
          : `run it with credentials that may do s3:GetObject on ${Bucket}, and kms:Decrypt with its key`,
      },
    ]);
  }
}

/** Newest first; none where there is no bucket. */
async function exportsOf(
  s3: S3Client,
  { bucket, prefix }: SurrealInputs,
): Promise<RecoveryPoint[]> {
  const found: S3Object[] = [];
  let ContinuationToken: string | undefined;
  do {
    try {
      const page = await s3.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: `${prefix}/`,
          ContinuationToken,
        }),
      );
      found.push(...(page.Contents ?? []));
      ContinuationToken = page.NextContinuationToken;
    } catch (error) {
      if (errorName(error) === "NoSuchBucket") return [];
      throw error;
    }
  } while (ContinuationToken !== undefined);
  return found
    .filter(({ Key = "" }) => Key.endsWith(".surql"))
    .map((one) => ({
      id: one.Key ?? "",
      at: one.LastModified ?? new Date(0),
      size: `${((one.Size ?? 0) / 2 ** 20).toFixed(1)} MiB`,
      state: "stored",
      usable: (one.Size ?? 0) > 0,
    }))
    .sort((a, b) => b.at.getTime() - a.at.getTime());
}

const planOf = (
  inputs: SurrealInputs,
  s3: S3Client,
  from: string,
  stamp: string,
): RestorePlan => ({
  interrupts: `${inputs.users.what} is away from step 2 to step 4: some minutes.`,
  loses: `What was written after ${from}. It stays in the export that step 1 makes.`,
  then: "",
  steps: [
    exportNow(inputs, `${inputs.exporter}-${stamp}`),
    stopStep(inputs.users),
    importExport(inputs, s3, from),
    startStep(inputs.users),
  ],
});

/** The Job of the CronJob, once more: its pod writes `<prefix>/<job>.surql`. */
const exportNow = (
  { namespace, exporter, login, bucket, prefix }: SurrealInputs,
  name: string,
): Step => ({
  id: "keep",
  does: `keep what is there, as ${bucket}/${prefix}/${name}.surql`,
  run: async () => {
    const jobs = `/apis/batch/v1/namespaces/${namespace}`;
    const cron = await askCluster(
      await login(),
      `${jobs}/cronjobs/${exporter}`,
    );
    if (cron.status !== 200)
      throw refused(`reading CronJob ${exporter}`, cron.status, cron.body);
    const { spec } = (cron.body as { spec: { jobTemplate: object } }).spec
      .jobTemplate as { spec: object };
    const made = await askCluster(await login(), `${jobs}/jobs`, {
      method: "POST",
      body: {
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: { name, labels: { app: exporter } },
        spec,
      },
    });
    // 409: by a run before this one.
    if (made.status !== 201 && made.status !== 409)
      throw refused(`making Job ${name}`, made.status, made.body);
    await waitFor(`the export ${name}`, 70, async () => {
      const { body } = await askCluster(await login(), `${jobs}/jobs/${name}`);
      const { status } = body as {
        status?: {
          succeeded?: number;
          conditions?: { type: string; status: string }[];
        };
      };
      if ((status?.succeeded ?? 0) > 0) return true;
      if (
        status?.conditions?.some(
          (one) => one.type === "Failed" && one.status === "True",
        )
      )
        throw new Error(`The export ${name} failed: see the log of its pod.`);
      return undefined;
    });
  },
});

const importExport = (
  {
    aws,
    bucket,
    secretName,
    namespace,
    deployment,
    port,
    login,
  }: SurrealInputs,
  s3: S3Client,
  from: string,
): Step => ({
  id: "import",
  does: `remove the tables of SurrealDB, and import ${from}`,
  run: async ({ say }) => {
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: from }),
    );
    const statements = await Body?.transformToString("utf8");
    if (!statements) throw new Error(`${from} is empty`);
    const password = await storedPassword(aws, secretName);
    await withForwardedPort(
      await login(),
      { namespace, to: `deployment/${deployment}`, port },
      (address) => importInto(address, { password, statements, say }),
    );
  },
});
