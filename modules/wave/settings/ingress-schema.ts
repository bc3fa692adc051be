import { z } from "zod";
import { arnOf, cidr, kubernetesName } from "../../settings/formats";

/** Section `wave.ingress`. */
export const ingressSchema = z
  .strictObject({
    scheme: z
      .enum(["internet-facing", "internal"])
      .default("internet-facing")
      .describe(
        "Platform and compute environments must reach it. A change makes another load balancer: minutes without Wave.",
      ),
    inboundCidrs: z
      .array(cidr)
      .default([])
      .describe("Who may connect. Empty: everybody."),
    acceptOpen: z
      .boolean()
      .default(false)
      .describe(
        "Accept that the whole internet reaches Wave: needed with `scheme: internet-facing` and neither `inboundCidrs` nor `wafAclArn`.",
      ),
    wafAclArn: arnOf("wafv2", ".+")
      .optional()
      .describe("WAF ACL to put in front."),
    sslPolicy: z
      .string()
      .regex(
        /^ELBSecurityPolicy-[A-Za-z0-9-]+$/,
        "a policy of Elastic Load Balancing, such as ELBSecurityPolicy-TLS13-1-2-2021-06",
      )
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
      .describe(
        "Unset: <name>-<environment>-wave-alb. At most 32 characters. A change makes another load balancer: minutes without Wave.",
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
        "Share a load balancer. Any Ingress of the cluster can then join it; all name the same scheme, subnets and WAF ACL. To join, leave or change a group is another load balancer for Wave: minutes without it.",
      ),
    accessLogs: z
      .boolean()
      .default(true)
      .describe(
        "Write access logs to the access-log bucket. Off in a group: left to the other members.",
      ),
  })
  .prefault({});
