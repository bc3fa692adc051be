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
} from "./formats";
import { buildSchema } from "./wave-build-schema";
import { ingressSchema } from "./wave-ingress-schema";
import { mailSchema } from "./wave-mail-schema";

const autoscalingSchema = z.strictObject({
  minReplicas: positiveInt.default(3).describe("Fewest Wave pods (HPA-01)."),
  maxReplicas: positiveInt.default(10).describe("Most Wave pods."),
  cpuAverage: cpu
    .default("500m")
    .describe("Average CPU per pod to hold (HPA-02)."),
  requestsPerSecond: z
    .string()
    .regex(/^[1-9]\d*[km]?$/, "a quantity such as 1k")
    .optional()
    .describe(
      "Average http_server_requests per pod; needs a custom-metrics adapter and `metrics` (HPA-03).",
    ),
});

export const waveSchema = z.strictObject({
  version: z.string().describe("Wave release. classic: 1.3.3 to 1.7.9."),
  hostname: hostname.describe(
    "Host name of Wave; https://<hostname> is what Platform and clients use (SET-14).",
  ),
  namespace: kubernetesName.default("wave").describe("Namespace of Wave."),
  buildNamespace: kubernetesName
    .default("wave-build")
    .describe("Namespace of builds; must differ."),
  platform: z.strictObject({
    apiUrl: httpsUrl.describe(
      "API address of Seqera Platform, byte for byte as Platform announces it when it pairs (PP-03).",
    ),
  }),
  secrets: z.strictObject({
    seqeraRegistry: secretName.describe(
      'Operator-made secret {"username", "password"} for cr.seqera.io (DEC-27).',
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
          'Operator-made secret {"accessKeyId", "secretAccessKey"} of an IAM user, so that built images can be pulled through Wave (IAM-10, D-27).',
        ),
      ecrKeyUserArn: arnOf("iam", ":\\d{12}:user/.+")
        .optional()
        .describe(
          "The IAM user of that key: with it, only this user and the build role may push. Unset: any IAM user with the permission may.",
        ),
      surrealPasswordVersion: positiveInt
        .default(1)
        .describe(
          "Raise to generate a new SurrealDB password; read the runbook first (SUR-09).",
        ),
      surrealMemory: memory
        .default("2000Mi")
        .describe("Memory request and limit of SurrealDB (SUR-06)."),
      exportSchedule: z
        .string()
        .default("17 3 * * *")
        .describe("Cron schedule (UTC) of the SurrealDB export (BAK-05)."),
    })
    .prefault({})
    .describe("The classic line only."),
  image: z
    .strictObject({
      repository: z
        .string()
        .default("cr.seqera.io/private/nf-tower-enterprise/wave")
        .describe("Repository of the Wave image (DEP-01)."),
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
        .describe("SurrealDB (SUR-01)."),
      kaniko: imageReference
        .optional()
        .describe(
          "Mirror of the Kaniko executor. Unset: the one Wave names (VER-06).",
        ),
      singularity: imageReference
        .optional()
        .describe("Mirror of the Singularity image (CFG-R8)."),
      scanner: imageReference
        .optional()
        .describe("Mirror of the Trivy image (CFG-R8)."),
      upload: imageReference
        .default("public.ecr.aws/aws-cli/aws-cli:2.31.0")
        .describe("AWS CLI: uploads the SurrealDB export."),
      sweep: imageReference
        .default("registry.k8s.io/kubectl:v1.36.0")
        .describe("kubectl: removes failed build pods."),
    })
    .prefault({}),
  replicas: positiveInt
    .default(1)
    .describe("Wave pods when `autoscaling` is absent."),
  autoscaling: autoscalingSchema
    .optional()
    .describe(
      "Scale by CPU. Absent: `replicas`. On the classic line a scale-down loses running builds (DEP-21).",
    ),
  cpuRequest: cpu.default("1000m").describe("CPU request of a Wave pod."),
  memory: memory
    .default("4000Mi")
    .describe("Memory request and limit of a Wave pod (DEP-09)."),
  jvmOptions: z
    .string()
    .optional()
    .describe("Replaces WAVE_JVM_OPTS (DEP-08)."),
  environments: z
    .array(z.string())
    .default([])
    .describe(
      "More Micronaut environments than the settings imply, such as prod (ENV-01).",
    ),
  metrics: z
    .boolean()
    .default(false)
    .describe(
      "Environment prometheus: metrics on port 9090, hidden from the load balancer (ING-17).",
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
    })
    .optional()
    .describe("Absent: no limits (CFG-R5)."),
  publicRepository: z
    .string()
    .optional()
    .describe("wave.build.public-repo (CFG-R6)."),
  licenseServerUrl: httpsUrl
    .optional()
    .describe("license.server.url (CFG-R9)."),
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
        .describe("Severities to report (CFG-17)."),
      requestMemory: memory
        .default("2000Mi")
        .describe("Memory request of a scan pod (CFG-18)."),
    })
    .prefault({}),
  ingress: ingressSchema,
  mail: mailSchema.optional().describe("Send mails by SES. Absent: no mail."),
  hardening: z
    .strictObject({
      runAsNonRoot: z
        .boolean()
        .default(true)
        .describe(
          "Run Wave as uid 101. Turn off if the image cannot (DEP-15); the namespace then enforces baseline.",
        ),
      readOnlyRootFilesystem: z
        .boolean()
        .default(true)
        .describe("Turn off if the JVM needs more writable paths (EXC-11)."),
    })
    .prefault({}),
});
