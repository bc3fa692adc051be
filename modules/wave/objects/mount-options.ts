/**
 * Mounts are signed by the role of the driver's node agent; the file system admits nobody else. TLS is the driver's own
 * default. A mount keeps the options it was made with.
 */
export const MOUNT_OPTIONS = ["iam"];

/** Annotation of pods that mount a volume: other mount options reach new pods only. */
export const mountOptionsAnnotation = {
  "mount-options": MOUNT_OPTIONS.join(","),
};
