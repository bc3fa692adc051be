import { isIPv4 } from "node:net";
import { z } from "zod";
import {
  bucketName,
  kmsKeyArn,
  kubernetesName,
  positiveInt,
} from "../../settings/formats";

const folder = z
  .string()
  .regex(
    /^(?!.*\/\.{1,2}(\/|$))(\/[\w.-]+)+$/,
    "an absolute path of letters, digits and _ . -, such as /scratch, without . and .. and a slash at its end",
  );

/** Version 4 of NFS, and EFS with it, exports a root as a rule. */
const exported = z
  .string()
  .regex(
    /^(?!.*\/\.{1,2}(\/|$))(\/|(\/[\w.-]+)+)$/,
    "/ or an absolute path of letters, digits and _ . -, such as /export/scratch, without . and .. and a slash at its end",
  );

/** What every storage that is mounted has. */
const mounted = {
  claimName: kubernetesName
    .default("tower-scratch")
    .describe("Persistent volume claim: Storage claim of the form."),
  mountPath: folder
    .default("/scratch")
    .describe("Where pods mount it: Storage mount path of the form."),
  workDir: folder
    .optional()
    .describe(
      "Work directory of the pipelines, in `mountPath`. Unset: mountPath.",
    ),
};

const bucketSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("created").default("created"),
      expireDays: positiveInt
        .default(30)
        .describe("Days before a work file is removed."),
    }),
    z.strictObject({
      kind: z.literal("existing"),
      name: bucketName
        .regex(/^[^.]*$/, "without dots, which TLS does not match")
        .describe("Name of the bucket, in `region`."),
      kmsKeyArn: kmsKeyArn
        .optional()
        .describe("Key of the bucket, when it has one of its own."),
    }),
  ])
  .prefault({})
  .describe("The work bucket: made here, or one that exists.");

/** Section `computeEnv.storage`. */
export const storageSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("efs").default("efs"),
      ...mounted,
      permissions: z
        .string()
        .regex(/^[01]777$/, '"0777" or "1777", in quotes')
        .default("1777")
        .describe(
          "Mode of the root folder, when it is made: tasks run as many users. 1777: nobody removes what another one put into the root folder.",
        ),
      throughputMode: z
        .enum(["elastic", "bursting"])
        .default("elastic")
        .describe("EFS throughput mode."),
    }),
    z.strictObject({
      kind: z.literal("fusion"),
      bucket: bucketSchema,
      prefix: z
        .string()
        .regex(
          /^(?!(.*\/)?\.{1,2}(\/|$))[\w.=-]+(\/[\w.=-]+)*$/,
          "path segments of letters, digits and _ . = -, without a slash at the ends",
        )
        .default("work")
        .describe(
          "Folder of the bucket that the pods may use: the work directory is s3://<bucket>/<prefix>.",
        ),
      fuse: z
        .enum(["devicePlugin", "privileged"])
        .default("devicePlugin")
        .describe(
          "How pods get /dev/fuse: from a device plugin in a namespace of its own, or as privileged pods, which are root on their node.",
        ),
    }),
    z.strictObject({
      kind: z.literal("nfs"),
      ...mounted,
      server: z
        .string()
        .regex(
          /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
          "a host name in lower case or an IPv4 address",
        )
        .refine(
          (server) => /[a-z]/.test(server) || isIPv4(server),
          "an address of four numbers below 256",
        )
        .describe("NFS server that the nodes reach."),
      path: exported.describe("Folder that it exports; / for the root of EFS."),
    }),
    z.strictObject({
      kind: z.literal("claim"),
      ...mounted,
      claimName: kubernetesName.describe(
        "A claim of the namespace that somebody else makes, ReadWriteMany: FSx for Lustre, for example.",
      ),
    }),
  ])
  .prefault({})
  .describe(
    "Work files of the pipelines: efs (a file system made here), fusion (S3, by Seqera's Fusion), nfs (a server that exists), claim (anything).",
  );
