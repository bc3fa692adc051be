import { z } from "zod";
import {
  arnOf,
  cpu,
  hostname,
  httpsUrl,
  imageReference,
  kubernetesName,
  memory,
  positiveInt,
  secretName,
} from "../../settings/formats";
import { buildSchema } from "./build-schema";
import { currentSchema } from "./current-schema";
import { ingressSchema } from "./ingress-schema";
import { mailSchema } from "./mail-schema";

const autoscalingSchema = z.strictObject({
  minReplicas: positiveInt.default(3).describe("Fewest Wave pods."),
  maxReplicas: positiveInt.default(10).describe("Most Wave pods."),
  cpuAverage: cpu.default("500m").describe("Average CPU per pod to hold."),
  requestsPerSecond: z
    .string()
    .regex(/^[1-9]\d*[km]?$/, "a quantity such as 1k")
    .optional()
    .describe(
      "Average http_server_requests per pod; needs a custom-metrics adapter and `metrics`.",
    ),
});

export const waveSchema = z.strictObject({
  version: z
    .string()
    .describe(
      "Wave release; it decides the line. classic: 1.3.3 to 1.7.9 (SurrealDB, Kaniko). current: 1.33.0 and later (PostgreSQL, BuildKit), checked up to 1.37.0.",
    ),
  mode: z
    .enum(["full", "lite"])
    .default("full")
    .describe(
      "full builds, scans and mirrors images; lite only augments and proxies them, without build namespace, EFS and ECR. lite needs the current line.",
    ),
  hostname: hostname.describe(
    "Host name of Wave; https://<hostname> is what Platform and clients use.",
  ),
  namespace: kubernetesName.default("wave").describe("Namespace of Wave."),
  buildNamespace: kubernetesName
    .default("wave-build")
    .describe("Namespace of builds; must differ."),
  platform: z.strictObject({
    apiUrl: httpsUrl.describe(
      "API address of Seqera Platform, byte for byte as Platform announces it when it pairs.",
    ),
  }),
  secrets: z.strictObject({
    seqeraRegistry: secretName.describe(
      'Operator-made secret {"username", "password"} for cr.seqera.io.',
    ),
    dockerHub: secretName
      .optional()
      .describe('Operator-made secret {"username", "password"} for docker.io.'),
    quay: secretName
      .optional()
      .describe('Operator-made secret {"username", "password"} for quay.io.'),
  }),
  classic: z
    .strictObject({
      ecrKeySecret: secretName
        .optional()
        .describe(
          'Operator-made secret {"accessKeyId", "secretAccessKey"} of an IAM user, so that built images can be pulled through Wave.',
        ),
      ecrKeyUserArn: arnOf("iam", ":\\d{12}:user/.+")
        .optional()
        .describe(
          "The IAM user of that key: with it, only this user and the build role may push. Unset: any IAM user with the permission may.",
        ),
      surrealPasswordVersion: positiveInt
        .default(1)
        .describe(
          "Raise to generate a new SurrealDB password; read the runbook first.",
        ),
      surrealMemory: memory
        .default("2000Mi")
        .describe("Memory request and limit of SurrealDB."),
      exportSchedule: z
        .string()
        .default("17 3 * * *")
        .describe("Cron schedule (UTC) of the SurrealDB export."),
    })
    .prefault({})
    .describe("The classic line only."),
  current: currentSchema,
  image: z
    .strictObject({
      repository: z
        .string()
        .optional()
        .describe(
          "Repository of the Wave image. Unset: cr.seqera.io/private/nf-tower-enterprise/wave on the classic line, cr.seqera.io/enterprise/wave/server on the current one.",
        ),
      tag: z.string().optional().describe("Unset: v<version>."),
      digest: z
        .string()
        .regex(/^sha256:[0-9a-f]{64}$/, "sha256: and 64 hexadecimal digits")
        .optional()
        .describe("Digest to pin."),
    })
    .prefault({}),
  images: z
    .strictObject({
      surrealdb: imageReference
        .default("surrealdb/surrealdb:v1.5.4")
        .describe(
          "SurrealDB image; the classic line speaks 1.x only. Classic only.",
        ),
      kaniko: imageReference
        .optional()
        .describe(
          "Mirror of the Kaniko executor. Unset: the one Wave names. Classic only.",
        ),
      buildkit: imageReference
        .optional()
        .describe("Mirror of the BuildKit image. Current only."),
      singularity: imageReference
        .optional()
        .describe("Mirror of the Singularity image."),
      singularityInit: imageReference
        .optional()
        .describe(
          "Mirror of the image that prepares a Singularity build; upstream's is busybox:latest, unpinned. Current only.",
        ),
      scanner: imageReference
        .optional()
        .describe("Mirror of the scanner's image."),
      skopeo: imageReference
        .optional()
        .describe(
          "Mirror of the image that copies images; upstream's is unpinned. Current only.",
        ),
      upload: imageReference
        .default("public.ecr.aws/aws-cli/aws-cli:2.31.0")
        .describe("AWS CLI: uploads the SurrealDB export. Classic only."),
      sweep: imageReference
        .default("registry.k8s.io/kubectl:v1.36.0")
        .describe(
          "kubectl: removes failed build pods on the classic line, and what is left of builds before a destroy on both.",
        ),
    })
    .prefault({}),
  replicas: positiveInt
    .default(1)
    .describe("Wave pods when `autoscaling` is absent."),
  autoscaling: autoscalingSchema
    .optional()
    .describe(
      "Scale by CPU. Absent: `replicas`. On the classic line a scale-down loses running builds.",
    ),
  cpuRequest: cpu.default("1000m").describe("CPU request of a Wave pod."),
  cpuLimit: cpu
    .optional()
    .describe(
      "CPU limit of a Wave pod. Unset: none on the classic line, 2000m on the current one.",
    ),
  memory: memory
    .optional()
    .describe(
      "Memory request and limit of a Wave pod. Unset: 4000Mi on the classic line, 4Gi on the current one.",
    ),
  jvmOptions: z
    .string()
    .optional()
    .describe(
      "Replaces WAVE_JVM_OPTS. On the current line they must hold -Dio.netty.allocator.type=pooled and fit `memory`.",
    ),
  environments: z
    .array(z.string())
    .default([])
    .describe(
      "More Micronaut environments than the settings imply, such as prod.",
    ),
  metrics: z
    .boolean()
    .default(false)
    .describe(
      "Environment prometheus: metrics on port 9090, hidden from the load balancer.",
    ),
  allowAnonymous: z
    .boolean()
    .default(false)
    .describe("Serve requests without a Platform token."),
  rateLimit: z
    .strictObject({
      pullAnonymous: z
        .string()
        .default("250/1h")
        .describe("Pulls without token."),
      pullAuthenticated: z
        .string()
        .default("2000/1m")
        .describe("Pulls with token."),
      buildAnonymous: z
        .string()
        .default("10/1h")
        .describe("Builds without token."),
      buildAuthenticated: z
        .string()
        .default("100/1h")
        .describe("Builds with token."),
      timeoutErrorsMaxRate: z
        .string()
        .optional()
        .describe(
          "Time-outs Wave tolerates, such as 30/1m. Unset: Wave's own. Current only.",
        ),
    })
    .optional()
    .describe(
      "Absent: no limits on the classic line, Wave's own on the current one.",
    ),
  publicRepository: z
    .string()
    .optional()
    .describe("Repository for images that stay (wave.build.public-repo)."),
  licenseServerUrl: httpsUrl
    .optional()
    .describe("Address of the license server (license.server.url)."),
  build: buildSchema,
  scan: z
    .strictObject({
      enabled: z.boolean().default(true).describe("Scan built images."),
      severity: z
        .string()
        .regex(
          /^(LOW|MEDIUM|HIGH|CRITICAL)(,(LOW|MEDIUM|HIGH|CRITICAL))*$/,
          "LOW, MEDIUM, HIGH, CRITICAL, comma-separated",
        )
        .default("MEDIUM,HIGH,CRITICAL")
        .describe("Severities to report."),
      requestMemory: memory
        .default("2000Mi")
        .describe(
          "Memory request of a scan pod, and its limit on the current line.",
        ),
    })
    .prefault({}),
  mirror: z
    .strictObject({
      requestMemory: memory
        .default("1000Mi")
        .describe("Memory request and limit of a pod that copies an image."),
    })
    .prefault({})
    .describe("Copying images to another registry. Current only."),
  ingress: ingressSchema,
  mail: mailSchema.optional().describe("Send mails by SES. Absent: no mail."),
  hardening: z
    .strictObject({
      runAsNonRoot: z
        .boolean()
        .default(true)
        .describe(
          "Run Wave as uid 101. Turn off if the image cannot; the namespace then enforces baseline.",
        ),
      readOnlyRootFilesystem: z
        .boolean()
        .default(true)
        .describe("Turn off if the JVM needs more writable paths."),
    })
    .prefault({}),
});
