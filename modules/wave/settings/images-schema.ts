import { z } from "zod";
import {
  imageReference,
  imageRepository,
  imageTag,
} from "../../settings/formats";

/** Section `wave.image`. */
export const imageSchema = z
  .strictObject({
    repository: imageRepository
      .optional()
      .describe(
        "Repository of the Wave image. Unset: cr.seqera.io/private/nf-tower-enterprise/wave on the classic line, cr.seqera.io/enterprise/wave/server on the current one.",
      ),
    tag: imageTag.optional().describe("Unset: v<version>."),
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, "sha256: and 64 hexadecimal digits")
      .optional()
      .describe("Digest to pin."),
  })
  .prefault({});

/** Section `wave.images`. */
export const imagesSchema = z
  .strictObject({
    surrealdb: imageReference
      .default("surrealdb/surrealdb:v1.5.4")
      .describe(
        "SurrealDB image; the classic line speaks 1.x only. Classic only.",
      ),
    kaniko: imageReference
      .optional()
      .describe(
        "Mirror of the Kaniko executor. Unset: the one Wave names. Classic only.",
      ),
    buildkit: imageReference
      .optional()
      .describe("Mirror of the BuildKit image. Current only."),
    singularity: imageReference
      .optional()
      .describe("Mirror of the Singularity image."),
    singularityInit: imageReference
      .optional()
      .describe(
        "Mirror of the image that prepares a Singularity build; upstream's is busybox:latest, unpinned. Current only.",
      ),
    scanner: imageReference
      .optional()
      .describe("Mirror of the scanner's image."),
    skopeo: imageReference
      .optional()
      .describe(
        "Mirror of the image that copies images; upstream's is unpinned. Current only.",
      ),
    upload: imageReference
      .default("public.ecr.aws/aws-cli/aws-cli:2.31.0")
      .describe("AWS CLI: uploads the SurrealDB export. Classic only."),
    sweep: imageReference
      .default("registry.k8s.io/kubectl:v1.36.0")
      .describe(
        "kubectl: removes failed build pods on the classic line, and what is left of builds before a destroy on both.",
      ),
  })
  .prefault({});
