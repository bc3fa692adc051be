import { type Release } from "@cdktf/provider-helm/lib/release";
import { type Construct } from "constructs";
import { type IdentityOutputs } from "../../contracts/identity";
import { type NetworkOutputs } from "../../contracts/network";
import { type Settings, hasWave } from "../../schema";
import { SYSTEM_NODES } from "../../wave/objects/kubernetes-names";
import { hasBuilds } from "../../wave/release/line";
import { CHARTS } from "./charts";
import {
  EFS_CSI_CONTROLLER_ACCOUNT,
  EFS_CSI_NODE_ACCOUNT,
  LOAD_BALANCER_CONTROLLER_ACCOUNT,
} from "./controller-accounts";
import { chartImage, placeRelease } from "../../kubernetes/helm-release";

/** The controllers everything else of the stack needs, in creation and in deletion (DEC-06). */
export interface Controllers {
  /** Mounts the volumes. Absent with Wave Lite, which has none. */
  readonly efsCsiDriver?: Release;
  /** Makes and removes the load balancer. */
  readonly loadBalancerController: Release;
}

/** EFS CSI driver and AWS Load Balancer Controller (INF-06, INF-07, SEC-G). */
export function placeControllers(
  scope: Construct,
  settings: Settings,
  network: NetworkOutputs,
  identity: IdentityOutputs,
): Controllers {
  return {
    efsCsiDriver:
      hasWave(settings) && hasBuilds(settings)
        ? placeEfsCsiDriver(scope, settings, identity)
        : undefined,
    loadBalancerController: placeLoadBalancerController(
      scope,
      settings,
      network,
      identity,
    ),
  };
}

function placeEfsCsiDriver(
  scope: Construct,
  { charts: { efsCsiDriver: chart } }: Settings,
  identity: IdentityOutputs,
): Release {
  return placeRelease(scope, "efs-csi-driver", {
    ...CHARTS.efsCsiDriver,
    repository: chart.repository,
    values: {
      IMAGE: chartImage(chart.image),
      LIVENESS_PROBE_IMAGE: chartImage(chart.livenessProbeImage),
      NODE_DRIVER_REGISTRAR_IMAGE: chartImage(chart.nodeDriverRegistrarImage),
      PROVISIONER_IMAGE: chartImage(chart.provisionerImage),
      CONTROLLER_SERVICE_ACCOUNT: EFS_CSI_CONTROLLER_ACCOUNT,
      CONTROLLER_ROLE_ARN: identity.efsCsiControllerRoleArn,
      NODE_SERVICE_ACCOUNT: EFS_CSI_NODE_ACCOUNT,
      NODE_ROLE_ARN: identity.efsCsiNodeRoleArn,
      SYSTEM_NODES,
    },
  });
}

function placeLoadBalancerController(
  scope: Construct,
  { charts: { loadBalancerController: chart }, region, tags, wave }: Settings,
  network: NetworkOutputs,
  identity: IdentityOutputs,
): Release {
  return placeRelease(scope, "load-balancer-controller", {
    ...CHARTS.loadBalancerController,
    repository: chart.repository,
    values: {
      IMAGE: chartImage(chart.image),
      CLUSTER_NAME: network.clusterName,
      REGION: region,
      VPC_ID: network.vpcId,
      SERVICE_ACCOUNT: LOAD_BALANCER_CONTROLLER_ACCOUNT,
      ROLE_ARN: identity.loadBalancerControllerRoleArn,
      SYSTEM_NODES,
      WAF: wave?.ingress.wafAclArn !== undefined,
      TAGS: tags,
    },
  });
}
