import { z } from "zod";
import { type CoreSettings } from "../../core/settings/schema";
import { hostedZoneId, hostname, kubernetesName } from "../../settings/formats";
import { fluxSchema } from "./flux-schema";
import { dnsSchema, ingressSchema, tlsSchema } from "./ingress-schema";
import { githubSchema, servicesSchema } from "./services-schema";
import { storesSchema } from "./stores-schema";

/** Section `delivery`: a platform of services, deployed from Git. */
export const deliverySection = z.strictObject({
  domain: hostname.describe(
    "Domain of the services: this name, and every name right below it.",
  ),
  hostedZoneId: hostedZoneId
    .optional()
    .describe("Zone that holds the domain. Unset: dns.hostedZoneId."),
  ingress: ingressSchema,
  tls: tlsSchema,
  dns: dnsSchema,
  flux: fluxSchema
    .optional()
    .describe("GitOps with Flux. Unset: nothing is deployed from Git."),
  services: servicesSchema,
  github: githubSchema,
  portForward: z
    .strictObject({
      group: z
        .string()
        .regex(/^(?!system:)\S{1,256}$/, "a group name, not of system:")
        .default("port-forward")
        .describe("Group of Kubernetes, as access.admins[].groups gives it."),
      namespaces: z
        .array(kubernetesName)
        .min(1)
        .describe("Namespaces of services in which it may."),
    })
    .optional()
    .describe(
      "Who may forward ports to pods. Unset: nobody without another right.",
    ),
  accountConfig: z
    .record(
      z
        .string()
        .regex(/^[A-Za-z]\w*$/, "a name of letters and digits")
        .describe("a name of letters and digits"),
      z.string(),
    )
    .default({})
    .describe(
      "More values of the ConfigMap account-config, which charts read. No secrets.",
    ),
  stores: storesSchema,
});

/** Settings of an environment with `delivery`: the sections that every environment has, and this one. */
export type DeliverySettings = CoreSettings & {
  readonly delivery: z.output<typeof deliverySection>;
};

/** One service, and Flux where it is asked for. */
export type ServiceSettings = DeliverySettings["delivery"]["services"][number];
export type FluxSettings = NonNullable<DeliverySettings["delivery"]["flux"]>;
