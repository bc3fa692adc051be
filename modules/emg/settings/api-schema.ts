import { z } from "zod";
import {
  cpu,
  hostname,
  imageReference,
  memory,
  positiveInt,
  secretName,
} from "../../settings/formats";

const absolutePath = z
  .string()
  .regex(/^\/[\w./-]*$/, "a path that begins with a slash, such as /hps/work");

const id = z.int().min(1).max(65535);

/** Section `emg.api`: the EMG API, in Django. */
export const apiSchema = z.strictObject({
  host: hostname.describe("Host name of the API."),
  image: imageReference.describe(
    "Image of the application (github.com/EBI-Metagenomics/emgapi-v2): users build it. A new one migrates the database before it serves.",
  ),
  pullSecret: secretName
    .optional()
    .describe(
      'Operator-made secret {"username", "password"} for the registry of the image. Unset: ECR of the account, or `registries`.',
    ),
  replicas: positiveInt.default(2).describe("Pods that answer."),
  gunicornWorkers: positiveInt
    .default(3)
    .describe("Processes of gunicorn in each pod."),
  user: z
    .strictObject({
      uid: id
        .default(7123)
        .describe(
          "User of the processes. The files are of 7123:1347 whoever it is.",
        ),
      gid: id.default(1347).describe("Group of the processes."),
    })
    .prefault({})
    .describe("Who the application runs as; not root."),
  healthPath: z
    .string()
    .regex(/^\/[\w./-]*$/, "a path that begins with a slash, such as /api/v2/")
    .default("/api/v2/")
    .describe("Path that answers 200 when the application is well."),
  basePath: z
    .string()
    .regex(
      /^([\w-]+\/)*$/,
      "path segments that each end with a slash, such as api/v2/, or nothing",
    )
    .default("api/v2/")
    .describe(
      "EMG_SERVICE_URLS__BASE_URL: what stands before every path. Images older than April 2025 have their API at api/v2/ in any case.",
    ),
  taskWorker: z
    .boolean()
    .default(false)
    .describe(
      "Run `manage.py db_worker` too, for searches of genomes: with an image since August 2026 that has sourmash in it.",
    ),
  readOnlyRoot: z
    .boolean()
    .default(false)
    .describe("Whether the image writes to its volumes and /tmp only."),
  extraEnv: z
    .record(
      z
        .string()
        .regex(/^[A-Za-z_]\w*$/, "the name of a variable")
        .describe("the name of a variable"),
      z.string(),
    )
    .default({})
    .describe("More variables of the application. No secrets."),
  cpu: cpu.default("500m").describe("CPU that each pod asks for."),
  memory: memory
    .default("1Gi")
    .describe("Memory that each pod asks for; its limit is twice that."),
  slurm: z.strictObject({
    sharedRootOnSlurm: absolutePath.describe(
      "Shared file system, as the nodes of Slurm see it.",
    ),
    defaultWorkdir: absolutePath.describe("Where flows work."),
    editingAllowedInside: absolutePath.describe(
      "Where samplesheets may be edited.",
    ),
  }),
  storage: z
    .strictObject({
      results: z
        .boolean()
        .default(true)
        .describe(
          "Mount the second folder at /results, read-only. It is empty until somebody fills it.",
        ),
      throughputMode: z
        .enum(["elastic", "bursting"])
        .default("elastic")
        .describe("Throughput of the file system."),
      backupRetentionDays: positiveInt
        .default(14)
        .describe("Days to keep its daily backups."),
    })
    .prefault({}),
  secretKeyVersion: positiveInt
    .default(1)
    .describe(
      "Raise to generate Django's secret key anew: sessions of its admin pages end.",
    ),
});
