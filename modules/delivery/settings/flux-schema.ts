import { z } from "zod";
import { chartRepository, duration, secretName } from "../../settings/formats";

const branch = z
  .string()
  .regex(
    /^(?!.*\.\.)[\w][\w./-]{0,199}$/,
    "the name of a branch, such as main",
  );

const operatorMade = (shape: string) =>
  secretName.describe(`Operator-made secret ${shape}.`);

/** Section `delivery.flux`. */
export const fluxSchema = z.strictObject({
  url: z
    .string()
    .regex(
      /^(ssh:\/\/[\w.-]+@|https:\/\/)[\w.-]+(:\d+)?\/[\w./~-]+$/,
      "ssh://git@<host>/<path> or https://<host>/<path>, without a password",
    )
    .describe("Git repository of the releases."),
  branch: branch.default("main").describe("Branch."),
  path: z
    .string()
    .regex(
      /^(?!.*\.\.)[\w.-]+(\/[\w.-]+)*$/,
      "path segments without a slash at the ends",
    )
    .default("releases")
    .describe(
      "Folder that holds one folder for each environment: <path>/<environment> is applied.",
    ),
  interval: duration.default("2m").describe("How often Git is asked."),
  credential: z
    .discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("ssh"),
        secret: operatorMade('{"identity", "identityPub", "knownHosts"}'),
      }),
      z.strictObject({
        kind: z.literal("basic"),
        secret: operatorMade('{"username", "password"}'),
      }),
      z.strictObject({
        kind: z.literal("githubApp"),
        secret: operatorMade('{"appId", "installationId", "privateKey"}'),
      }),
      z.strictObject({ kind: z.literal("none") }),
    ])
    .describe(
      "How Flux logs in to Git: ssh (a deploy key), basic, githubApp (nothing to rotate), or none (a public repository).",
    ),
  write: z
    .boolean()
    .default(false)
    .describe(
      "Whether the credential may write, which image automation needs: a deploy key is made for it or not.",
    ),
  imageAutomation: z
    .boolean()
    .default(false)
    .describe(
      "Write new tags of images into the releases: two controllers more.",
    ),
  scope: z
    .enum(["namespaces", "cluster"])
    .default("namespaces")
    .describe(
      "What Flux may do: in the namespaces of the services only, or everything in the cluster, namespaces included.",
    ),
  acceptClusterAdmin: z
    .boolean()
    .default(false)
    .describe(
      "With `scope: cluster` beside another platform: who may write to the repository has all of that too, its secrets included.",
    ),
  rawManifests: z
    .boolean()
    .default(false)
    .describe(
      "The folder may hold any object of the services' namespaces, not only those of Flux and ConfigMaps.",
    ),
  chart: z
    .strictObject({
      repository: chartRepository
        .default("oci://ghcr.io/fluxcd-community/charts")
        .describe("Chart repository: https://, http:// or oci://."),
      version: z
        .string()
        .regex(/^\d+\.\d+\.\d+$/, "a version such as 2.18.3")
        .default("2.18.3")
        .describe("Version of the chart flux2."),
    })
    .prefault({}),
  imageRegistry: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9._-]+)+$/,
      "a registry with a path, such as registry.example.com/fluxcd",
    )
    .default("ghcr.io/fluxcd")
    .describe(
      "Where the controllers' images are: <imageRegistry>/source-controller.",
    ),
});
