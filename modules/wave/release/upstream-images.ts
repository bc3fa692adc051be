import { isClassicRelease, hasFeature } from "./feature-versions";

/** What Wave starts for itself, by its key in `wave.images`. */
export type UpstreamImage =
  | "kaniko"
  | "buildkit"
  | "singularity"
  | "singularityInit"
  | "scanner"
  | "skopeo";

/**
 * Images that a release of Wave names itself, for settings without a mirror. Read in
 * `src/main/resources/application.yml` and `MirrorConfig.groovy` of every tag of both lines of `seqeralabs/wave`, up to
 * 1.37.0. s5cmd is not among them: the blob cache is off.
 */
export function upstreamImages(
  version: string,
): Readonly<Partial<Record<UpstreamImage, string>>> {
  if (!isClassicRelease(version))
    return {
      buildkit: "public.cr.seqera.io/wave/buildkit:v0.25.2-rootless",
      singularity: "public.cr.seqera.io/wave/singularity:v4.2.1-r4",
      singularityInit: UNPINNED.singularityInit,
      scanner: "public.cr.seqera.io/wave/scanner:v1-0.65.0-oras-1.3.0",
      skopeo: UNPINNED.skopeo,
    };
  // Both changed with 1.7.0.
  const isNewer = hasFeature(version, "hostCredentials");
  return {
    kaniko: `gcr.io/kaniko-project/executor:${isNewer ? "v1.22.0" : "v1.19.2"}`,
    singularity: "quay.io/singularity/singularity:v3.11.4-slim",
    scanner: `docker.io/aquasec/trivy:${isNewer ? "0.50.1" : "0.47.0"}`,
  };
}

/** Those that Wave names without a version: what runs can change from day to day. */
export const UNPINNED = {
  singularityInit: "public.cr.seqera.io/wave/busybox:latest",
  skopeo: "quay.io/skopeo/stable",
} as const;
