import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { GroupAccess } from "../aws/eks/group-access";
import { TrustedRole } from "../aws/iam/trusted-role";
import { type NetworkOutputs } from "../contracts/network";
import { roleDefaults } from "../core/service-account-roles";
import { type PolicyDocument } from "../lib/policy";
import { type WorkBucket, launcherPolicy } from "./launcher-policy";
import { LAUNCHER_GROUP, LAUNCHER_IAM_ROLE, SEQERA_CLOUD } from "./names";
import { computeEnvPolicy } from "./policies";
import { type ComputeEnvSettings } from "./settings/schema";

/** What the launcher takes from the other parts. */
export interface LauncherInputs {
  readonly settings: ComputeEnvSettings;
  readonly network: Pick<NetworkOutputs, "clusterName" | "clusterArn">;
  /** With Fusion its bucket, whose logs Platform shows. */
  readonly scratch: WorkBucket;
  /** What has to stand before Platform may enter the cluster. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** How Platform comes into the cluster; nothing with `launcher.kind: none`. */
export interface Launcher {
  /** Who enters: the role, or the given user. */
  readonly principalArn?: string;
  /** For the credentials in Platform. */
  readonly roleArn?: string;
  /** Goes before all that Platform uses, so that it starts nothing while that is removed. */
  readonly entry?: ITerraformDependable;
}

/** Role and access entry of Platform; what it may do in the cluster says the binding of its group. */
export function createLauncher(
  scope: Construct,
  inputs: LauncherInputs,
): Launcher {
  const { settings, network, dependsOn } = inputs;
  const { launcher } = settings.computeEnv;
  if (launcher.kind === "none") return {};
  const role = launcher.kind === "role" ? createRole(scope, inputs) : undefined;
  const principalArn = launcher.kind === "user" ? launcher.arn : role?.arn;
  if (principalArn === undefined) return {};
  const { resource } = new GroupAccess(scope, "launcher-entry", {
    clusterName: network.clusterName,
    principalArn,
    kubernetesGroups: [LAUNCHER_GROUP],
    userName: launcher.compatUsername,
    dependsOn: [...dependsOn, ...(role?.permissions ?? [])],
  });
  return { principalArn, roleArn: role?.arn, entry: resource };
}

const createRole = (
  scope: Construct,
  { settings, network, scratch }: LauncherInputs,
): TrustedRole =>
  new TrustedRole(scope, "launcher", {
    ...roleDefaults(settings, LAUNCHER_IAM_ROLE),
    description: "Seqera Platform: finds the cluster, and launches pipelines.",
    trust: trustOf(settings),
    policy: launcherPolicy(settings, network.clusterArn, scratch),
  });

/** Platform tags its sessions, and no external id goes with that call. */
function trustOf(settings: ComputeEnvSettings): PolicyDocument {
  const { launcher } = settings.computeEnv;
  if (launcher.kind !== "role" || launcher.externalId === undefined)
    throw new Error("A role needs an external id, or none: rules ask for it.");
  const { trust, externalId } = launcher;
  const PLATFORM_ARN =
    trust === "seqera-cloud" ? SEQERA_CLOUD : trust.principalArn;
  return externalId === "none"
    ? computeEnvPolicy("trust.json", settings, { PLATFORM_ARN })
    : computeEnvPolicy("trust-external-id.json", settings, {
        PLATFORM_ARN,
        EXTERNAL_ID: externalId,
      });
}
