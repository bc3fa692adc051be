import { z } from "zod";
import {
  cidr,
  cpu,
  hostname,
  httpsUrl,
  kubernetesName,
  memory,
  positiveInt,
  secretName,
} from "../../settings/formats";
import { autoscalingSchema } from "./autoscaling-schema";
import { buildSchema } from "./build-schema";
import { classicSchema } from "./classic-schema";
import { currentSchema } from "./current-schema";
import { egressSchema } from "./egress-schema";
import { imageSchema, imagesSchema } from "./images-schema";
import { ingressSchema } from "./ingress-schema";
import { mailSchema } from "./mail-schema";
import { profileSchema } from "./profile-schema";
import { rateLimitSchema } from "./rate-limit-schema";
import { redisPoolSchema } from "./redis-pool-schema";
import { scanSchema } from "./scan-schema";

/** Section `wave`. */
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
  profile: profileSchema,
  hostname: hostname.describe(
    "Host name of Wave; https://<hostname> is what Platform and clients use.",
  ),
  namespace: kubernetesName.default("wave").describe("Namespace of Wave."),
  buildNamespace: kubernetesName
    .default("wave-build")
    .describe("Namespace of builds; must differ."),
  platform: z.strictObject({
    apiUrl: httpsUrl.describe(
      "API address of the Seqera Platform that requests without an address of their own mean, as Platform announces it when it pairs.",
    ),
    pairingCidrs: z
      .array(cidr)
      .optional()
      .describe(
        "Where Platform comes from: only these ranges may open a pairing session, and who pairs is sent the tokens of users. Unset: everybody who reaches an internal load balancer or is in `ingress.inboundCidrs`; nobody where the internet reaches it.",
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
  classic: classicSchema,
  current: currentSchema,
  image: imageSchema,
  images: imagesSchema,
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
  logLevel: z
    .enum(["DEBUG", "INFO"])
    .default("DEBUG")
    .describe(
      "Level of Wave's own classes; the rest is at INFO. DEBUG, which is Wave's own, writes about 12 KB for each pull of an image, and the line that proves the pairing with Platform. Classes that would print logins stay above it.",
    ),
  allowAnonymous: z
    .boolean()
    .default(false)
    .describe(
      "Serve requests without a Platform token, and pulls without the token of a request, with Wave's own logins.",
    ),
  rateLimit: rateLimitSchema,
  redisPool: redisPoolSchema,
  publicRepository: z
    .string()
    .optional()
    .describe("Repository for images that stay (wave.build.public-repo)."),
  licenseServerUrl: httpsUrl
    .optional()
    .describe(
      "Address of the license server: a Platform pairs only with a licence that it finds valid.",
    ),
  egress: egressSchema,
  build: buildSchema,
  scan: scanSchema,
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
