import { z } from "zod";
import { type CoreSettings } from "../../core/settings/schema";
import {
  bucketName,
  cpu,
  imageReference,
  kmsKeyArn,
  kubernetesName,
  memory,
  positiveInt,
} from "../../settings/formats";
import { launcherSchema } from "./launcher-schema";
import { nodesSchema } from "./nodes-schema";
import { storageSchema } from "./storage-schema";

const quotaSchema = z
  .strictObject({
    cpu: cpu.default("64").describe("Sum of CPU requests."),
    memory: memory.default("256Gi").describe("Sum of memory requests."),
    pods: positiveInt
      .default(400)
      .describe("Most pods at a time, head pods included."),
    jobs: positiveInt
      .default(2000)
      .describe("Most Jobs, finished ones included until they are removed."),
  })
  .prefault({});

const s3Schema = z
  .strictObject({
    workBucket: bucketName
      .optional()
      .describe("Bucket of work files whose logs Platform shows."),
    dataBuckets: z
      .array(bucketName)
      .default([])
      .describe("Buckets that Data Explorer and Studios read and write."),
    listAllBuckets: z
      .boolean()
      .default(false)
      .describe("Let Platform list the account's buckets, for its menus."),
    kmsKeyArns: z
      .array(kmsKeyArn)
      .default([])
      .describe("Keys of these buckets."),
  })
  .prefault({})
  .describe("What Platform may do in S3 with the role of the launcher.");

/** Section `computeEnv`: a compute environment of Seqera Platform. */
export const computeEnvSection = z.strictObject({
  namespace: kubernetesName
    .default("tower-nf")
    .describe("Namespace of the pipelines: Namespace of the form."),
  headServiceAccount: kubernetesName
    .default("tower-launcher-sa")
    .describe("Account of head pods: Head service account of the form."),
  computeServiceAccount: kubernetesName
    .default("tower-job-sa")
    .describe(
      "Account of tasks, which may do nothing in Kubernetes: Compute service account of the form.",
    ),
  launcher: launcherSchema,
  storage: storageSchema,
  nodes: nodesSchema,
  quota: quotaSchema,
  defaults: z
    .strictObject({
      cpu: cpu.default("1").describe("CPU request."),
      memory: memory.default("2Gi").describe("Memory request."),
    })
    .prefault({})
    .describe("Requests of a container that names none."),
  egress: z
    .strictObject({
      ports: z
        .array(z.int().min(1).max(65535))
        .default([80, 443])
        .describe("Ports of the internet that pods reach."),
      closeVpc: z
        .boolean()
        .default(true)
        .describe(
          "Keep pods from the VPC, but for DNS, the Kubernetes API and port 443.",
        ),
    })
    .prefault({}),
  s3: s3Schema,
  extraUserSubjects: z
    .array(
      z
        .string()
        .regex(/^(?!system:)[^\s]{1,256}$/, "a user name, not of system:"),
    )
    .default([])
    .describe(
      "More users of Kubernetes that may launch: another identity provider's.",
    ),
  serviceAccountToken: z
    .boolean()
    .default(false)
    .describe(
      "Make a token of the head account that does not expire, for a compute environment of the kind Kubernetes. Terraform does not read it.",
    ),
  admissionPolicy: z
    .boolean()
    .default(false)
    .describe(
      "Refuse pods that run as another account, mount a folder of the node, read the logins of registries or the token, or are privileged, by a ValidatingAdmissionPolicy: who launches may make any pod that Pod Security lets through.",
    ),
  images: z
    .strictObject({
      cleanup: imageReference
        .default("registry.k8s.io/kubectl:v1.36.0")
        .describe("kubectl: removes what still runs before a destroy."),
      fusePlugin: imageReference
        .default("quay.io/nextflow/k8s-fuse-plugin:0.3")
        .describe("Device plugin for /dev/fuse."),
    })
    .prefault({}),
});

/** Settings of an environment with `computeEnv`: the sections that every environment has, and this one. */
export type ComputeEnvSettings = CoreSettings & {
  readonly computeEnv: z.output<typeof computeEnvSection>;
};
