import { type ServiceAccountRole } from "../../aws/iam/role-trust";
import { type DataOutputs } from "../../contracts/data";
import { type NetworkOutputs } from "../../contracts/network";
import { partitionOf } from "../../lib/aws-partition";
import { type PolicyDocument, readPolicy } from "../../lib/policy";
import { type Settings, hasWave } from "../../schema";
import { hasBuilds } from "../../wave/release/line";
import {
  CONTROLLER_NAMESPACE,
  EFS_CSI_CONTROLLER_ACCOUNT,
  EFS_CSI_NODE_ACCOUNT,
  LOAD_BALANCER_CONTROLLER_ACCOUNT,
} from "./controller-accounts";

/** Roles of the controllers of one environment. */
export interface ControllerRoles {
  readonly loadBalancerController: ServiceAccountRole;
  /** Not with `wave.mode: lite`, which mounts nothing. */
  readonly efsCsiController?: ServiceAccountRole;
  /** Not with `wave.mode: lite`. */
  readonly efsCsiNode?: ServiceAccountRole;
}

/** What the policies name of the other stacks. */
export interface ControllerRoleInputs {
  readonly network: Pick<NetworkOutputs, "vpcId" | "clusterName">;
  readonly data: Pick<DataOutputs, "fileSystemId">;
}

/**
 * Roles of the load-balancer controller 3.5.0 (SEC-G) and of the two parts of the EFS CSI driver (SEC-G20…22).
 * Plain data: placed by the `identity` stack and judged by the static rules.
 */
export function controllerRoles(
  settings: Settings,
  inputs: ControllerRoleInputs,
): ControllerRoles {
  const loadBalancerController = {
    description: "AWS Load Balancer Controller.",
    trust: accountOf(LOAD_BALANCER_CONTROLLER_ACCOUNT),
    policy: loadBalancerPolicy(settings, inputs),
  };
  if (!hasWave(settings) || !hasBuilds(settings))
    return { loadBalancerController };
  return {
    loadBalancerController,
    efsCsiController: {
      description: "EFS CSI controller.",
      trust: accountOf(EFS_CSI_CONTROLLER_ACCOUNT),
      policy: efsPolicy("controller.json", settings, inputs),
    },
    efsCsiNode: {
      description: "EFS CSI node agent: mounts.",
      trust: accountOf(EFS_CSI_NODE_ACCOUNT),
      policy: efsPolicy("node.json", settings, inputs),
    },
  };
}

const accountOf = (serviceAccount: string) =>
  ({
    kind: "service-account",
    namespace: CONTROLLER_NAMESPACE,
    serviceAccount,
  }) as const;

function loadBalancerPolicy(
  settings: Settings,
  { network }: ControllerRoleInputs,
): PolicyDocument {
  const { region, accountId, wave } = settings;
  const place = { REGION: region, ACCOUNT_ID: accountId };
  const balancers = readPolicy(
    "load-balancer-controller/controller.json",
    partitionOf(region),
    { ...place, VPC_ID: network.vpcId, CLUSTER_NAME: network.clusterName },
  );
  // Without an ACL the controller runs with its WAF support off and needs none of these actions (SEC-G4).
  if (wave?.ingress.wafAclArn === undefined) return balancers;
  const webAcl = readPolicy(
    "load-balancer-controller/web-acl.json",
    partitionOf(region),
    place,
  );
  return {
    ...balancers,
    Statement: [...balancers.Statement, ...webAcl.Statement],
  };
}

function efsPolicy(
  file: string,
  { region, accountId }: Settings,
  { data }: ControllerRoleInputs,
): PolicyDocument {
  return readPolicy(`efs-csi/${file}`, partitionOf(region), {
    REGION: region,
    ACCOUNT_ID: accountId,
    FILE_SYSTEM_ID: data.fileSystemId,
  });
}
