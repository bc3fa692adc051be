import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { type Construct } from "constructs";

/** Image families of EKS whose volumes and settings are known here: `amiType` of its API. */
export const AMI_TYPES = [
  "AL2023_x86_64_STANDARD",
  "AL2023_ARM_64_STANDARD",
  "AL2023_x86_64_NEURON",
  "AL2023_x86_64_NVIDIA",
  "AL2023_ARM_64_NVIDIA",
  "BOTTLEROCKET_x86_64",
  "BOTTLEROCKET_ARM_64",
  "BOTTLEROCKET_x86_64_FIPS",
  "BOTTLEROCKET_ARM_64_FIPS",
  "BOTTLEROCKET_x86_64_NVIDIA",
  "BOTTLEROCKET_ARM_64_NVIDIA",
  "BOTTLEROCKET_x86_64_NVIDIA_FIPS",
  "BOTTLEROCKET_ARM_64_NVIDIA_FIPS",
] as const;

/**
 * Newest release of an image family for a minor, read while planning from the public parameters of AWS ("Retrieve recommended
 * Amazon Linux AMI IDs" of the EKS user guide, "Retrieve Bottlerocket AMI IDs"). Needs `ssm:GetParameter`.
 */
export function newestRelease(
  scope: Construct,
  id: string,
  { version, amiType }: { readonly version: string; readonly amiType: string },
): string {
  return new DataAwsSsmParameter(scope, id, {
    name: releaseParameter(version, amiType),
  }).insecureValue;
}

/** Parameter that names the newest release: `/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/…`. */
export function releaseParameter(version: string, amiType: string): string {
  const [, family = "", cpu = "", variant = ""] =
    /^(AL2023|BOTTLEROCKET)_(x86_64|ARM_64)_?(\w*)$/.exec(amiType) ?? [];
  const architecture = cpu === "ARM_64" ? "arm64" : cpu;
  const suffix = variant.toLowerCase().replace("_", "-");
  return family === "AL2023"
    ? `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/${architecture}/${suffix}/recommended/release_version`
    : `/aws/service/bottlerocket/aws-k8s-${version}${suffix && `-${suffix}`}/${architecture}/latest/image_version`;
}
