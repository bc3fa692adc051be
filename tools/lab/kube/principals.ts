import { type ComputeEnvSettings } from "../../../modules/compute-env/settings/schema";
import { launcherRoleArn } from "../../../modules/compute-env/names";
import { type Settings, hasComputeEnv } from "../../../modules/schema";
import { type Principals } from "./token-review";

/** Access key of the lab for one of `access.admins`. */
export const adminKey = (index: number): string =>
  `AKIALABLABLABLABADM${index}`;

/** Access key of the lab for whoever launches pipelines in an environment. */
export const launcherKey = ({
  environment,
}: Pick<Settings, "environment">): string =>
  `AKIALABLAUNCHER${environment.toUpperCase().replace(/[^A-Z]/g, "")}`;

/** ARN of whoever launches pipelines. */
export function launcherArn(settings: ComputeEnvSettings): string | undefined {
  const { launcher } = settings.computeEnv;
  if (launcher.kind === "none") return undefined;
  return launcher.kind === "user" ? launcher.arn : launcherRoleArn(settings);
}

/** Who may sign tokens besides the deployer. All environments have the same admins. */
export const principalsOf = (environments: readonly Settings[]): Principals =>
  Object.fromEntries(
    environments.flatMap((settings) => [
      ...settings.access.admins.map(
        ({ principal }, index) => [adminKey(index), principal] as const,
      ),
      ...launchers(settings),
    ]),
  );

function launchers(settings: Settings): (readonly [string, string])[] {
  if (!hasComputeEnv(settings)) return [];
  const arn = launcherArn(settings);
  return arn === undefined ? [] : [[launcherKey(settings), arn]];
}
