/**
 * Security contexts that Pod Security "restricted" accepts, as the provider spells them: user and group ids are strings.
 * Types are left to the caller: Deployment and CronJob have the same fields under different names.
 */

/** Context of a pod whose containers all run as one user and group. */
export const restrictedPod = (uid: number) => ({
  runAsNonRoot: true,
  runAsUser: String(uid),
  runAsGroup: String(uid),
  seccompProfile: { type: "RuntimeDefault" },
});

/** Context of a container that writes to its volumes only. */
export const restrictedContainer = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};
