import { verifyCommands } from "../../../modules/compute-env/form";
import { launcherRoleArn } from "../../../modules/compute-env/names";
import { type ComputeEnvSettings } from "../../../modules/compute-env/settings/schema";

/** What to run by hand on a compute environment: it is asked with credentials of people, and by Platform itself. */
export function computeEnvChecks(settings: ComputeEnvSettings): string[] {
  return [
    "",
    "Compute environment: nothing is run here. These commands check the permissions; each ends with its answer:",
    "",
    ...verifyCommands(settings).map((command) => `  ${command}`),
    "",
    "Then, as far as nobody else can do it:",
    "",
    ...byHand(settings).map((step) => `  - ${step}`),
  ];
}

function byHand({ computeEnv, ...rest }: ComputeEnvSettings): string[] {
  const { launcher, namespace, storage } = computeEnv;
  const role =
    launcher.kind === "role"
      ? [
          `Platform accepts a credential with the role ${launcherRoleArn({ ...rest, computeEnv })}; it alone can assume it.`,
        ]
      : [];
  const files =
    storage.kind === "fusion"
      ? `aws sts get-caller-identity in a pod of each account of ${namespace} shows the role of Fusion.`
      : `Two pods of ${namespace} on different nodes, as two users, read each other's file on the claim ${storage.claimName}.`;
  return [
    ...role,
    files,
    "The compute environment becomes AVAILABLE in Platform; launch nextflow-io/hello, and look at its pods and nodes come and go.",
  ];
}
