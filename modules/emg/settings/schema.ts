import { z } from "zod";
import { type CoreSettings } from "../../core/settings/schema";
import {
  arnOf,
  cpu,
  hostedZoneId,
  hostname,
  imageReference,
  kubernetesName,
  memory,
} from "../../settings/formats";
import { apiSchema } from "./api-schema";
import { authSchema } from "./auth-schema";
import { databaseSchema } from "./database-schema";
import { ingressSchema } from "./ingress-schema";

const image = (reference: string) => imageReference.default(reference);

/** Section `emg`: Prefect, and the EMG API where it is asked for. */
export const emgSection = z.strictObject({
  namespace: kubernetesName
    .default("emgapiv2-hl-exp")
    .describe("Namespace of everything."),
  podSecurity: z
    .enum(["restricted", "baseline"])
    .default("restricted")
    .describe(
      "Pods beyond this level are refused. baseline: for an image of the API that does not start without it.",
    ),
  hostedZoneId: hostedZoneId
    .optional()
    .describe("Zone that holds the hosts. Unset: dns.hostedZoneId."),
  certificateArn: arnOf("acm", "[a-z0-9-]+:\\d{12}:certificate/.+")
    .optional()
    .describe(
      "Certificate for the hosts that exists already. Unset: one is requested.",
    ),
  prefect: z.strictObject({
    host: hostname.describe("Host name of Prefect."),
    clientVersion: z
      .string()
      .regex(/^\d+\.\d+$/, 'major and minor in quotes, such as "3.8"')
      .optional()
      .describe(
        "Version of Prefect in flows, workers and the image of the API: another one than the server's is warned of. Unset: not compared.",
      ),
    logLevel: z
      .enum(["DEBUG", "INFO", "WARNING", "ERROR"])
      .default("INFO")
      .describe("Level of the server's log."),
    extraPipPackages: z
      .array(
        z
          .string()
          .regex(
            /^[A-Za-z0-9][\w.-]*(\[[\w,-]+\])?==[\w.!+-]+$/,
            "a package with its exact version, such as nextflowpy==0.4.0",
          ),
      )
      .default([])
      .describe(
        "Packages that the server downloads at every start; an image of your own has them without that.",
      ),
    cpu: cpu.default("500m").describe("CPU that the server asks for."),
    memory: memory
      .default("1Gi")
      .describe("Memory that the server asks for; its limit is twice that."),
  }),
  auth: authSchema,
  api: apiSchema
    .optional()
    .describe("The EMG API. Unset: Prefect alone, with its own database."),
  database: databaseSchema,
  ingress: ingressSchema,
  images: z
    .strictObject({
      prefect: image("docker.io/prefecthq/prefect:3.8.3-python3.12").describe(
        "Prefect's server.",
      ),
      oauth2Proxy: image("quay.io/oauth2-proxy/oauth2-proxy:v7.15.6").describe(
        "Login by GitHub, with mode oauth2-proxy.",
      ),
      gateway: image(
        "docker.io/nginxinc/nginx-unprivileged:1.30.4-alpine",
      ).describe("Login of workers, with mode oauth2-proxy."),
      postgresClient: image("docker.io/library/postgres:17.6-alpine").describe(
        "psql, which makes databases and users.",
      ),
    })
    .prefault({})
    .describe("Images, or mirrors of them."),
});

/** Settings of an environment with `emg`: the sections that every environment has, and this one. */
export type EmgSettings = CoreSettings & {
  readonly emg: z.output<typeof emgSection>;
};

/** The API, where it is asked for. */
export type ApiSettings = NonNullable<EmgSettings["emg"]["api"]>;
