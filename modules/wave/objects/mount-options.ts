import { EFS_MOUNT_OPTIONS } from "../../kubernetes/shared-volume";

/** Annotation of pods that mount a volume: other mount options reach new pods only. */
export const mountOptionsAnnotation = {
  "mount-options": EFS_MOUNT_OPTIONS.join(","),
};
