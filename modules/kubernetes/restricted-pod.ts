/**
 * Security contexts that Pod Security "restricted" accepts, as the provider spells them: user and group ids are strings.
 * Types are left to the caller: Deployment and CronJob have the same fields under different names.
 */

/** Context of a pod whose containers all run as one user and group; the group has the user's number by default. */
export const restrictedPod = (uid: number, gid = uid) => ({
  runAsNonRoot: true,
  runAsUser: String(uid),
  runAsGroup: String(gid),
  seccompProfile: { type: "RuntimeDefault" },
});

/**
 * Context of a container that writes to its volumes only. It repeats that it is not root: where a container has a
 * context without it, the provider sends `false`, which outranks the pod's and fails Pod Security.
 */
export const restrictedContainer = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};
