import { z } from "zod";
import {
  albFields,
  reachFields,
} from "../../core/settings/load-balancer-fields";
import { arnOf, email, imageReference } from "../../settings/formats";
import { chartFields } from "./chart-fields";

/** Section `delivery.ingress`. */
export const ingressSchema = z
  .discriminatedUnion("class", [
    z.strictObject({
      class: z.literal("alb").default("alb"),
      ...albFields,
      pendingPaths: z
        .array(
          z.string().regex(/^\/[\w./*-]*$/, "a path such as /v2/gem2sResults"),
        )
        .min(1)
        .default(["/"])
        .describe(
          "Paths that answer 503 while no service has taken them: the load balancer stands before the first service, and after the last.",
        ),
    }),
    z.strictObject({
      class: z.literal("nginx"),
      ...reachFields,
      chart: chartFields("oci://ghcr.io/nginx/charts"),
    }),
  ])
  .prefault({})
  .describe(
    "Who answers for the domain: alb (an Application Load Balancer by the AWS Load Balancer Controller) or nginx (F5 NGINX Ingress Controller behind a Network Load Balancer).",
  );

/** Section `delivery.tls`. */
export const tlsSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("acm").default("acm") }),
    z.strictObject({
      kind: z.literal("acmExisting"),
      certificateArn: arnOf(
        "acm",
        "[a-z0-9-]+:\\d{12}:certificate/.+",
      ).describe("Certificate for the domain and *. of it."),
    }),
    z.strictObject({
      kind: z.literal("letsencrypt"),
      email: email.describe("Address of the account with Let's Encrypt."),
      issuer: z
        .enum(["letsencrypt-prod", "letsencrypt-staging"])
        .default("letsencrypt-prod")
        .describe(
          "Issuer of the certificate for the domain: staging has no rate limits, and no browser trusts it.",
        ),
      chart: chartFields("oci://quay.io/jetstack/charts"),
    }),
  ])
  .prefault({})
  .describe(
    "The certificate: acm (requested here), acmExisting, or letsencrypt (by cert-manager, with class nginx).",
  );

/** Section `delivery.dns`. */
export const dnsSchema = z
  .discriminatedUnion("owner", [
    z.strictObject({
      owner: z.literal("terraform").default("terraform"),
      weight: z
        .int()
        .min(0)
        .max(255)
        .default(100)
        .describe(
          "Share of the requests that this cluster answers, beside others of the domain. 0: none, while another has more.",
        ),
      ipv6: z
        .boolean()
        .default(false)
        .describe(
          "AAAA records too, and a load balancer with both; needs a VPC with IPv6.",
        ),
    }),
    z.strictObject({
      owner: z.literal("external-dns"),
      chart: chartFields("https://kubernetes-sigs.github.io/external-dns"),
      image: imageReference
        .optional()
        .describe("Mirror of the image. Unset: the chart's own."),
    }),
    z.strictObject({ owner: z.literal("none") }),
  ])
  .prefault({})
  .describe(
    "Who writes the domain's records: terraform (apex and wildcard, with a weight), external-dns (a record for each Ingress), or none.",
  );
