import { z } from "zod";
import {
  cidr,
  cpu,
  domain,
  duration,
  email,
  hostname,
  httpsUrl,
  imageReference,
  kubernetesName,
  memory,
  positiveInt,
  secretName,
  arnOf,
} from "./formats";

const mailSchema = z.strictObject({
  domain: domain.describe(
    "Domain to verify in SES. Leaving the SES sandbox stays a manual request (INF-09).",
  ),
  sender: email.describe(
    "From address of Wave's mails, inside the domain (SET-18).",
  ),
  mailFromDomain: domain
    .optional()
    .describe("Custom MAIL FROM domain below `domain`. Unset: none (SEC-H9)."),
  dmarc: z
    .string()
    .regex(/^v=DMARC1;/, "a DMARC record that starts with v=DMARC1;")
    .optional()
    .describe(
      "TXT record _dmarc.<domain>. Unset: the record is left alone (DEC-08).",
    ),
  existingIdentity: z
    .boolean()
    .default(false)
    .describe(
      "Use a domain identity that is verified already, and do not manage it or its records (DEC-08).",
    ),
  configurationSet: z
    .string()
    .regex(/^[\w-]{1,64}$/, "the name of an SES configuration set")
    .optional()
    .describe(
      "Default configuration set of the existing identity, which Wave then needs permission for. Only with `existingIdentity`; the identity made here has its own.",
    ),
});

const buildSchema = z
  .strictObject({
    timeout: duration.default("15m").describe("Longest build (CFG-05)."),
    mountPath: z
      .string()
      .startsWith("/")
      .default("/efs/wave")
      .describe("Where the shared file system is mounted (CFG-11)."),
    workspace: z
      .string()
      .startsWith("/")
      .default("/efs/wave/build")
      .describe("Build folder, inside `mountPath` (CFG-06)."),
    cache: z
      .string()
      .optional()
      .describe(
        "Layer cache. Unset: the repository <prefix>/cache. An s3:// address needs the current line.",
      ),
    requestMemory: memory
      .default("3600Mi")
      .describe("Memory request of a build pod (CFG-14)."),
    singularity: z
      .boolean()
      .default(false)
      .describe(
        "Allow Singularity builds: privileged pods on the classic line (K8S-06).",
      ),
    arm64: z
      .boolean()
      .default(false)
      .describe("Build for arm64. The current line only (INF-14)."),
    quota: z
      .strictObject({
        pods: positiveInt
          .default(20)
          .describe(
            "Most pods at a time in the build namespace, scans included.",
          ),
        requestsCpu: cpu.default("32").describe("Sum of CPU requests."),
        requestsMemory: memory
          .default("20Gi")
          .describe(
            "Sum of memory requests; must fit the build group at its largest (DEC-20).",
          ),
        limitsMemory: memory.default("20Gi").describe("Sum of memory limits."),
      })
      .prefault({}),
    failedPodsAfterHours: z
      .union([1, 2, 3, 4, 6, 8, 12, 24].map((hours) => z.literal(hours)))
      .default(24)
      .describe(
        "Hours after which a failed build pod is removed, at the earliest; twice as many at the latest (K8S-24).",
      ),
  })
  .prefault({});

const ingressSchema = z
  .strictObject({
    scheme: z
      .enum(["internet-facing", "internal"])
      .default("internet-facing")
      .describe("Platform and compute environments must reach it (ING-11)."),
    inboundCidrs: z
      .array(cidr)
      .default([])
      .describe("Who may connect. Empty: everybody."),
    wafAclArn: arnOf("wafv2", ".+")
      .optional()
      .describe("WAF ACL to put in front."),
    sslPolicy: z
      .string()
      .startsWith("ELBSecurityPolicy-")
      .default("ELBSecurityPolicy-TLS13-1-2-2021-06")
      .describe("TLS policy (ING-12)."),
    http2: z.boolean().default(false).describe("Off, as in the seed (ING-07)."),
    idleTimeoutSeconds: z
      .int()
      .min(1)
      .max(4000)
      .optional()
      .describe("Unset: longest build + 10 s (DEC-32)."),
    loadBalancerName: z
      .string()
      .regex(
        /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
        "letters, digits and hyphens",
      )
      .optional()
      .describe(
        "Unset: <name>-<environment>-wave-alb. At most 32 characters (ING-09).",
      ),
    group: z
      .strictObject({
        name: kubernetesName.describe("IngressGroup to join."),
        order: z
          .int()
          .min(-1000)
          .max(1000)
          .default(10)
          .describe("Order in the group."),
      })
      .optional()
      .describe(
        "Share a load balancer. Any Ingress of the cluster can then join it (HARD-12).",
      ),
    accessLogs: z
      .boolean()
      .default(true)
      .describe("Write access logs to the access-log bucket."),
  })
  .prefault({});

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
        .default("250 / 1 h")
        .describe("Pulls without token."),
      pullAuthenticated: z
        .string()
        .default("2000 / 1 m")
        .describe("Pulls with token."),
      buildAnonymous: z
        .string()
        .default("10 / 1 h")
        .describe("Builds without token."),
      buildAuthenticated: z
        .string()
        .default("100 / 1 h")
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
