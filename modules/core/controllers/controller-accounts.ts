/**
 * Service accounts of the two controllers. The role's trust (`identity`) and the chart's values (`workloads`) must name
 * the same account, so both read it here (SEC-G2, SEC-G20).
 */

/** Namespace of both controllers. */
export const CONTROLLER_NAMESPACE = "kube-system";
/** Service account of the AWS Load Balancer Controller. */
export const LOAD_BALANCER_CONTROLLER_ACCOUNT = "aws-load-balancer-controller";
/** Service account of the EFS CSI controller. */
export const EFS_CSI_CONTROLLER_ACCOUNT = "efs-csi-controller-sa";
/** Service account of the EFS CSI node agent. */
export const EFS_CSI_NODE_ACCOUNT = "efs-csi-node-sa";
