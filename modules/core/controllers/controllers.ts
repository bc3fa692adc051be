import { type Release } from "@cdktf/provider-helm/lib/release";
import { type Construct } from "constructs";
import { type ServiceAccountRole } from "../../aws/iam/role-trust";
import { type IdentityOutputs } from "../../contracts/identity";
import { type NetworkOutputs } from "../../contracts/network";
import { createSystemPolicies } from "../cluster/system-policy";
import { type PlatformNeeds } from "../facts";
import { type RegistryLogin, createPullSecret } from "../registries";
import { type CoreSettings } from "../settings/schema";
import {
  clusterAutoscalerRole,
  createClusterAutoscaler,
} from "./cluster-autoscaler";
import { createEfsCsiDriver, efsCsiDriverRoles } from "./efs-csi-driver";
import {
  LOAD_BALANCER_CONTROLLER,
  createLoadBalancerController,
  loadBalancerControllerRole,
} from "./load-balancer-controller";
import { hasAutoscaler } from "../cluster/autoscaled-groups";
import { isExistingNetwork } from "../kinds";
import { controllersOf } from "./given";

/** What the policies name of the other stacks. */
export interface ControllerRoleInputs {
  readonly network: Pick<
    NetworkOutputs,
    "vpcId" | "vpcOwnerId" | "clusterName"
  >;
  /** File system that the roles of the EFS CSI driver name; undefined where there is none, or each has its own policy. */
  readonly fileSystemId: string | undefined;
}

/** Roles of the controllers that an environment has; a controller that is in the cluster already has its owner's. */
export interface ControllerRoles {
  readonly loadBalancerController?: ServiceAccountRole;
  /** Not where the capacity is fixed. */
  readonly clusterAutoscaler?: ServiceAccountRole;
  /** Not where nothing is mounted. */
  readonly efsCsiController?: ServiceAccountRole;
  /** Not where nothing is mounted. */
  readonly efsCsiNode?: ServiceAccountRole;
}

/** Roles of the controllers of ours that the platforms need, as plain data. */
export function controllerRoles(
  settings: CoreSettings,
  needs: PlatformNeeds,
  { network, fileSystemId }: ControllerRoleInputs,
): ControllerRoles {
  const { vpcId, clusterName } = network;
  const { loadBalancerController } = controllersOf(settings);
  const always = {
    ...(loadBalancerController === "ours" && {
      loadBalancerController: loadBalancerControllerRole(settings, {
        vpcId,
        vpcOwnerId: isExistingNetwork(settings)
          ? network.vpcOwnerId
          : settings.accountId,
        clusterName,
        waf: needs.waf,
      }),
    }),
    ...(hasAutoscaler(settings, needs) && {
      clusterAutoscaler: clusterAutoscalerRole(settings, clusterName),
    }),
  };
  if (!installsEfsCsiDriver(settings, needs)) return always;
  const { controller, node } = efsCsiDriverRoles(settings, fileSystemId);
  return {
    ...always,
    efsCsiController: controller,
    efsCsiNode: node,
  };
}

/** Whether the EFS CSI driver is needed, and ours. */
const installsEfsCsiDriver = (
  settings: CoreSettings,
  needs: PlatformNeeds,
): boolean => needs.efs && controllersOf(settings).efsCsiDriver === "ours";

/** The controllers that everything else in the cluster needs, in creation and in deletion. */
export interface Controllers {
  /** Mounts the volumes. Absent where nothing is mounted, and where the cluster has it already. */
  readonly efsCsiDriver?: Release;
  /** Makes and removes the load balancer. Absent where the cluster has it already. */
  readonly loadBalancerController?: Release;
  /** Starts and removes nodes. Absent where the capacity is fixed. */
  readonly clusterAutoscaler?: Release;
}

/** What the releases take from the platforms and the other stacks. */
export interface ControllersInputs {
  readonly needs: PlatformNeeds;
  readonly network: Pick<NetworkOutputs, "vpcId" | "clusterName">;
  readonly identity: Pick<
    IdentityOutputs,
    | "efsCsiControllerRoleArn"
    | "efsCsiNodeRoleArn"
    | "loadBalancerControllerRoleArn"
    | "clusterAutoscalerRoleArn"
  >;
  /** Refuse to destroy the load-balancer controller. */
  readonly preventDestroy: boolean;
  /**
   * Logins that the controllers' images are pulled with.
   * @default none
   */
  readonly registryLogins?: readonly RegistryLogin[];
}

/** Installs the controllers that the platforms need. */
export function createControllers(
  scope: Construct,
  settings: CoreSettings,
  inputs: ControllersInputs,
): Controllers {
  const { needs, network, identity, preventDestroy } = inputs;
  const installed = {
    efsCsiDriver: installsEfsCsiDriver(settings, needs),
    loadBalancerController:
      controllersOf(settings).loadBalancerController === "ours",
    clusterAutoscaler: hasAutoscaler(settings, needs),
  };
  const pullSecret = Object.values(installed).includes(true)
    ? createPullSecret(
        scope,
        "registry-logins-of-controllers",
        inputs.registryLogins ?? [],
        { namespace: LOAD_BALANCER_CONTROLLER.namespace },
      )?.resource
    : undefined;
  const startAfter = createSystemPolicies(scope, settings);
  return {
    efsCsiDriver: installed.efsCsiDriver
      ? createEfsCsiDriver(scope, settings, {
          controllerRoleArn: identity.efsCsiControllerRoleArn,
          nodeRoleArn: identity.efsCsiNodeRoleArn,
          pullSecret,
          startAfter,
        })
      : undefined,
    loadBalancerController: installed.loadBalancerController
      ? createLoadBalancerController(scope, settings, {
          vpcId: network.vpcId,
          clusterName: network.clusterName,
          waf: needs.waf,
          roleArn: identity.loadBalancerControllerRoleArn,
          preventDestroy,
          pullSecret,
          startAfter,
        })
      : undefined,
    clusterAutoscaler: installed.clusterAutoscaler
      ? createClusterAutoscaler(scope, settings, {
          clusterName: network.clusterName,
          roleArn: identity.clusterAutoscalerRoleArn,
          pullSecret,
          startAfter,
        })
      : undefined,
  };
}
