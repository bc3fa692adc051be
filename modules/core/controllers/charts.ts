/**
 * Charts that are installed from a repository, by their key in `charts` of the settings. Raise a version together with its
 * images in `tools/audit/chart-images.ts`; the tests say what else follows from it.
 */
export const CHARTS = {
  efsCsiDriver: { chart: "aws-efs-csi-driver", version: "4.4.1" },
  loadBalancerController: {
    chart: "aws-load-balancer-controller",
    version: "3.5.0",
  },
} as const;
