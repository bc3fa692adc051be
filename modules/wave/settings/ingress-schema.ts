import { z } from "zod";
import { arnOf, cidr, kubernetesName } from "../../settings/formats";

/** Section `wave.ingress`. */
export const ingressSchema = z
  .strictObject({
    scheme: z
      .enum(["internet-facing", "internal"])
      .default("internet-facing")
      .describe("Platform and compute environments must reach it."),
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
      .describe("TLS policy."),
    http2: z
      .boolean()
      .default(false)
      .describe(
        "HTTP/2 at the load balancer. Off, as in the manifests that Seqera publishes.",
      ),
    idleTimeoutSeconds: z
      .int()
      .min(1)
      .max(4000)
      .optional()
      .describe("Unset: longest build + 10 s."),
    loadBalancerName: z
      .string()
      .regex(
        /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
        "letters, digits and hyphens",
      )
      .optional()
      .describe("Unset: <name>-<environment>-wave-alb. At most 32 characters."),
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
        "Share a load balancer. Any Ingress of the cluster can then join it.",
      ),
    accessLogs: z
      .boolean()
      .default(true)
      .describe("Write access logs to the access-log bucket."),
  })
  .prefault({});
