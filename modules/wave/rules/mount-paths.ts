import { type WaveSettings } from "../settings/schema";
import { isInside } from "../../lib/path-inside";
import { hasBuilds } from "../release/line";
import { serverMounts } from "../objects/server-volumes";
import { type Rule, when } from "../../settings/rule";

/**
 * Kubernetes refuses two mounts at one path, a mount above another hides the image's files and takes what is written
 * there, and in a folder that is read-only no mount point can be made.
 */
const buildMountApart: Rule<WaveSettings> = (settings) => {
  if (!hasBuilds(settings)) return [];
  const { mountPath } = settings.wave.build;
  const others = serverMounts(settings).filter(
    (mount) => mount.mountPath !== mountPath || mount.name !== "vol-build",
  );
  const taken = others.filter(
    (other) =>
      isInside(other.mountPath, mountPath) ||
      (other.readOnly === true && isInside(mountPath, other.mountPath)),
  );
  const list = (mounts: typeof others) =>
    mounts.map((mount) => mount.mountPath).join(", ");
  return when(taken.length > 0, () => ({
    path: "wave.build.mountPath",
    given: `"${mountPath}", which is or holds ${list(taken)}, or lies in it`,
    allowed: `a folder apart from those that Wave's pod has already: ${list(others)}`,
    fix: "write /efs/wave, for example, and wave.build.workspace inside it: Wave does not start otherwise, or leaves its dumps to the builds",
  }));
};

export const mountPathRules = [buildMountApart];
