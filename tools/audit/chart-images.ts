/**
 * Images of the charts, read in the values of each version: `kubernetes-sigs/aws-efs-csi-driver` at
 * `helm-chart-aws-efs-csi-driver-4.4.1`, `kubernetes-sigs/aws-load-balancer-controller` at `v3.5.0`.
 */
export const CHART_IMAGES = {
  "aws-efs-csi-driver 4.4.1": {
    image: "public.ecr.aws/efs-csi-driver/amazon/aws-efs-csi-driver:v3.4.1",
    livenessProbeImage:
      "public.ecr.aws/csi-components/livenessprobe:v2.19.0-eksbuild.3",
    nodeDriverRegistrarImage:
      "public.ecr.aws/csi-components/csi-node-driver-registrar:v2.17.0-eksbuild.3",
    provisionerImage:
      "public.ecr.aws/csi-components/csi-provisioner:v6.3.0-eksbuild.2",
  },
  "aws-load-balancer-controller 3.5.0": {
    image: "public.ecr.aws/eks/aws-load-balancer-controller:v3.5.0",
  },
} as const;
