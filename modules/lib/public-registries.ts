/** Registries on the internet that images of ours and of most makers come from. */
const PUBLIC_REGISTRIES = [
  "docker.io",
  "index.docker.io",
  "registry-1.docker.io",
  "quay.io",
  "ghcr.io",
  "gcr.io",
  "registry.k8s.io",
  "k8s.gcr.io",
  "public.ecr.aws",
  "mcr.microsoft.com",
  "nvcr.io",
  "registry.gitlab.com",
  "cr.seqera.io",
  "public.cr.seqera.io",
  "community.wave.seqera.io",
  "wave.seqera.io",
];

/** Whether a host is a registry that is known to answer on the internet only. */
export const isPublicRegistry = (host: string): boolean =>
  PUBLIC_REGISTRIES.includes(host) || /\.(gcr\.io|pkg\.dev)$/.test(host);
