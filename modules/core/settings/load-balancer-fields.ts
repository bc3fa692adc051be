import { z } from "zod";
import { arnOf, cidr, positiveInt } from "../../settings/formats";

/** Where a load balancer of any kind answers, and to whom. */
export const reachFields = {
  scheme: z
    .enum(["internet-facing", "internal"])
    .default("internet-facing")
    .describe(
      "Where the load balancer answers: in public subnets, or in private ones only.",
    ),
  inboundCidrs: z
    .array(cidr)
    .default([])
    .describe(
      "Ranges that may connect. []: all addresses, which an internet-facing one means as a rule.",
    ),
};

/** Fields of an Application Load Balancer of a platform. */
export const albFields = {
  ...reachFields,
  wafAclArn: arnOf("wafv2", "[a-z0-9-]+:\\d{12}:regional/webacl/.+")
    .optional()
    .describe("Web ACL of the load balancer."),
  sslPolicy: z
    .string()
    .regex(
      /^ELBSecurityPolicy-[\w-]+$/,
      "the name of a security policy, such as ELBSecurityPolicy-TLS13-1-2-2021-06",
    )
    .default("ELBSecurityPolicy-TLS13-1-2-2021-06")
    .describe("Versions and ciphers of TLS."),
  accessLogs: z
    .boolean()
    .default(true)
    .describe("Write access logs to a bucket that is made for them."),
  accessLogDays: positiveInt.default(90).describe("Days to keep access logs."),
};
