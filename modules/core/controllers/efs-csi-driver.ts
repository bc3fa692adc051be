import { type SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { type Release } from "@cdktf/provider-helm/lib/release";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { type ServiceAccountRole } from "../../aws/iam/role-trust";
import { chartImage, createRelease } from "../../kubernetes/helm-release";
import { partitionOf } from "../../lib/aws-partition";
import { namesOf } from "../../lib/names";
import { type PolicyDocument, readPolicy } from "../../lib/policy";
import { type Document, fillSections } from "../../lib/template";
import { systemNodes } from "../cluster/node-labels";
import { proxyVariables } from "../proxy";
import { REGISTRY_LOGINS } from "../registries";
import { type CoreSettings } from "../settings/schema";

/**
 * Chart, its images as the values of that version have them, and the service accounts that the roles trust. Whoever raises
 * the version reads the chart's values and the release's IAM policies again: `manifests/helm/aws-efs-csi-driver.yaml`,
 * `policies/efs-csi/README.md`.
 */
export const EFS_CSI_DRIVER = {
  chart: "aws-efs-csi-driver",
  version: "4.4.1",
  namespace: "kube-system",
  controllerServiceAccount: "efs-csi-controller-sa",
  nodeServiceAccount: "efs-csi-node-sa",
  /** Last part of the name of the node agent's role. */
  nodeRole: "efs-csi-node",
  /** By their key in `charts.efsCsiDriver` of the settings. */
  images: {
    image: "public.ecr.aws/efs-csi-driver/amazon/aws-efs-csi-driver:v3.4.1",
    livenessProbeImage:
      "public.ecr.aws/csi-components/livenessprobe:v2.19.0-eksbuild.3",
    nodeDriverRegistrarImage:
      "public.ecr.aws/csi-components/csi-node-driver-registrar:v2.17.0-eksbuild.3",
    provisionerImage:
      "public.ecr.aws/csi-components/csi-provisioner:v6.3.0-eksbuild.2",
  },
} as const;

/** Roles of the two parts of the driver. */
export interface EfsCsiDriverRoles {
  readonly controller: ServiceAccountRole;
  /** Of the agent that mounts, on every node. */
  readonly node: ServiceAccountRole;
}

/** Statements about the file system that the roles name. */
const OF_FILE_SYSTEM = [
  "CreateAccessPoint",
  "TagOwnAccessPoint",
  "DeleteOwnAccessPoint",
  "MountTargets",
];

/**
 * Roles of the driver, as plain data.
 *
 * @param fileSystemId The one that the roles name. Undefined: none; who has a file system gives the role of the node agent its
 * own right to it.
 */
export function efsCsiDriverRoles(
  { region, accountId }: CoreSettings,
  fileSystemId: string | undefined,
): EfsCsiDriverRoles {
  const policy = (file: string): PolicyDocument => {
    const document = readPolicy(`efs-csi/${file}`, partitionOf(region), {
      REGION: region,
      ACCOUNT_ID: accountId,
      FILE_SYSTEM_ID: fileSystemId ?? "",
    });
    return fileSystemId === undefined
      ? {
          ...document,
          Statement: document.Statement.filter(
            ({ Sid = "" }) => !OF_FILE_SYSTEM.includes(Sid),
          ),
        }
      : document;
  };
  return {
    controller: {
      description: "EFS CSI controller.",
      trust: trustOf(EFS_CSI_DRIVER.controllerServiceAccount),
      policy: policy("controller.json"),
    },
    node: {
      description: "EFS CSI node agent: mounts.",
      trust: trustOf(EFS_CSI_DRIVER.nodeServiceAccount),
      policy: policy("node.json"),
    },
  };
}

const trustOf = (serviceAccount: string) =>
  ({
    kind: "service-account",
    namespace: EFS_CSI_DRIVER.namespace,
    serviceAccount,
  }) as const;

/** ARN of the role that mounts, from the settings alone: the file system's policy names it before it exists. */
export function efsCsiNodeRoleArn({ iam, ...settings }: CoreSettings): string {
  const { region, accountId } = settings;
  const name = namesOf(settings).iam(EFS_CSI_DRIVER.nodeRole);
  return `arn:${partitionOf(region)}:iam::${accountId}:role${iam.path}${name}`;
}

/** What the release takes from the other stacks: ARNs of the roles above. */
export interface EfsCsiDriverInputs {
  readonly controllerRoleArn: string;
  readonly nodeRoleArn: string;
  /**
   * Secret that the images are pulled with.
   * @default none
   */
  readonly pullSecret?: SecretV1;
  /**
   * What its pods need besides to start, and for as long as they run.
   * @default nothing
   */
  readonly startAfter?: readonly ITerraformDependable[];
}

/** Installs the driver, which mounts EFS volumes. */
export function createEfsCsiDriver(
  scope: Construct,
  settings: CoreSettings,
  {
    controllerRoleArn,
    nodeRoleArn,
    pullSecret,
    startAfter = [],
  }: EfsCsiDriverInputs,
): Release {
  const mirror = settings.charts.efsCsiDriver;
  const env = Object.entries(proxyVariables(settings)).map(([name, value]) => ({
    name,
    value,
  }));
  const { chart, version, namespace } = EFS_CSI_DRIVER;
  const values = fillSections(`manifests/helm/${chart}.yaml`, {
    IMAGE: chartImage(mirror.image),
    LIVENESS_PROBE_IMAGE: chartImage(mirror.livenessProbeImage),
    NODE_DRIVER_REGISTRAR_IMAGE: chartImage(mirror.nodeDriverRegistrarImage),
    PROVISIONER_IMAGE: chartImage(mirror.provisionerImage),
    CONTROLLER_SERVICE_ACCOUNT: EFS_CSI_DRIVER.controllerServiceAccount,
    CONTROLLER_ROLE_ARN: controllerRoleArn,
    NODE_SERVICE_ACCOUNT: EFS_CSI_DRIVER.nodeServiceAccount,
    NODE_ROLE_ARN: nodeRoleArn,
    SYSTEM_NODES: systemNodes(settings),
  });
  const withEnv = (section: string) => ({
    ...(values[section] as Record<string, Document>),
    env,
  });
  return createRelease(scope, "efs-csi-driver", {
    namespace,
    chart,
    version,
    repository: mirror.repository,
    dependsOn: [...startAfter, ...(pullSecret ? [pullSecret] : [])],
    values: {
      // This chart wants names, others want objects.
      ...(pullSecret && { imagePullSecrets: [REGISTRY_LOGINS] }),
      ...values,
      ...(env.length > 0 && {
        controller: withEnv("controller"),
        node: withEnv("node"),
      }),
    },
  });
}
