import { z } from "zod";
import { arnOf, cidr, positiveInt } from "../../settings/formats";

/** Section `emg.ingress`: one Application Load Balancer for both hosts. */
export const ingressSchema = z
  .strictObject({
    scheme: z
      .enum(["internet-facing", "internal"])
      .default("internet-facing")
      .describe(
        "Where the load balancer answers: in public subnets, or in private ones only.",
      ),
    inboundCidrs: z
      .array(cidr)
      .default([])
      .describe("Ranges that may connect, to both hosts. []: all addresses."),
    prefectCidrs: z
      .array(cidr)
      .default([])
      .describe(
        "Ranges that may use Prefect's host, workers included; others get 404. []: all that may connect.",
      ),
    idleTimeoutSeconds: z
      .int()
      .min(1)
      .max(4000)
      .default(120)
      .describe(
        "Seconds after which the load balancer closes a connection that nothing goes through. Prefect waits ten longer.",
      ),
    sslPolicy: z
      .string()
      .regex(
        /^ELBSecurityPolicy-[\w-]+$/,
        "the name of a security policy, such as ELBSecurityPolicy-TLS13-1-2-2021-06",
      )
      .default("ELBSecurityPolicy-TLS13-1-2-2021-06")
      .describe("Versions and ciphers of TLS."),
    wafAclArn: arnOf("wafv2", "[a-z0-9-]+:\\d{12}:regional/webacl/.+")
      .optional()
      .describe("Web ACL of the load balancer."),
    accessLogs: z
      .boolean()
      .default(true)
      .describe("Write access logs to a bucket that is made for them."),
    accessLogDays: positiveInt
      .default(90)
      .describe("Days to keep access logs."),
  })
  .prefault({});
