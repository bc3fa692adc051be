/** Label and taint of the compute nodes: `service=compute`. */
export const COMPUTE_NODES = { key: "service", value: "compute" } as const;

/** Kubernetes group of the launcher's access entry. */
export const LAUNCHER_GROUP = "tower-launcher";

// Names of Seqera's guide for Kubernetes (docs.seqera.io, compute environments, tower-launcher.yml).
export const LAUNCHER_ROLE = "tower-launcher-role";
export const LAUNCHER_ROLE_BINDING = "tower-launcher-rolebind";
export const LAUNCHER_USER_BINDING = "tower-launcher-userbind";
export const STORAGE_VOLUME = "tower-storage";
export const STORAGE_CLASS = "scratch";

/** Namespace of the device plugin for `/dev/fuse`: its pods mount a folder of the node. */
export const FUSE_NAMESPACE = "tower-fuse";

/** Folder of the file system that is mounted. */
export const SCRATCH_PATH = "/tower-scratch";
