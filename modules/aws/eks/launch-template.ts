import { LaunchTemplate as AwsLaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Construct } from "constructs";
import { type NodeProxy, isBottlerocket, userDataOf } from "./user-data";

/** Properties of `LaunchTemplate`. */
export interface LaunchTemplateProps {
  /** Name of the template, and Name tag of what it launches. */
  readonly name: string;
  /**
   * EKS image family: decides which device holds the data.
   * @default "AL2023_x86_64_STANDARD"
   */
  readonly amiType?: string;
  /**
   * Size of the volume, in GiB.
   * @default 100
   */
  readonly diskGiB?: number;
  /**
   * Key of the volumes.
   * @default the account's aws/ebs
   */
  readonly volumeKmsKeyArn?: string;
  /**
   * Kernel setting `user.max_user_namespaces`, which rootless BuildKit needs. Bottlerocket only.
   * @default the image's own: 0 with Bottlerocket
   */
  readonly maxUserNamespaces?: number;
  /**
   * Proxy by which the nodes pull images and reach AWS. A change rolls the nodes.
   * @default none
   */
  readonly proxy?: NodeProxy;
  /**
   * Groups of what the template launches: all of them, since EKS then adds none (`NodeSecurityGroup` has the rules).
   * @default the group that EKS makes for the cluster
   */
  readonly securityGroupIds?: readonly string[];
  /**
   * Tags of what the template launches, which the provider's default tags do not reach.
   * @default the Name tag only
   */
  readonly tags?: Readonly<Record<string, string>>;
}

const TAGGED = ["instance", "volume", "network-interface"];

/**
 * Launch template of a node group: IMDSv2 one hop away, encrypted gp3, tags. No image, key pair or public address: EKS
 * adds its own image, and the private subnets give no public address. No user data but Bottlerocket's kernel
 * setting and a proxy, which EKS merges into its own. Detailed monitoring stays off: about $2 a node and month, and nothing here reads it.
 */
export class LaunchTemplate extends Construct {
  /** Id of the template, `lt-…`. */
  readonly launchTemplateId: string;
  /** Newest version, as EKS wants it. */
  readonly version: string;

  constructor(scope: Construct, id: string, props: LaunchTemplateProps) {
    super(scope, id);
    const { name, tags, securityGroupIds } = props;
    const template = new AwsLaunchTemplate(this, "Default", {
      name,
      updateDefaultVersion: true,
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        // Answers do not reach pods without host network, for which they are the node's credentials.
        httpPutResponseHopLimit: 1,
      },
      vpcSecurityGroupIds: securityGroupIds && [...securityGroupIds],
      blockDeviceMappings: devicesOf(props),
      userData: userDataOf(props),
      tagSpecifications: TAGGED.map((resourceType) => ({
        resourceType,
        tags: { ...tags, Name: name },
      })),
      tags: { Name: name },
    });
    this.launchTemplateId = template.id;
    // As text: a number token inside a string would come out as a number of its own.
    this.version = template.getStringAttribute("latest_version");
  }
}

/** Amazon Linux has one volume; Bottlerocket has its system on the first and images and pods on the second. */
function devicesOf({
  amiType,
  diskGiB = 100,
  volumeKmsKeyArn,
}: LaunchTemplateProps) {
  const volume = (deviceName: string, volumeSize?: number) => ({
    deviceName,
    ebs: {
      volumeType: "gp3",
      volumeSize,
      encrypted: "true",
      kmsKeyId: volumeKmsKeyArn,
      deleteOnTermination: "true",
    },
  });
  return isBottlerocket(amiType)
    ? [volume("/dev/xvda"), volume("/dev/xvdb", diskGiB)]
    : [volume("/dev/xvda", diskGiB)];
}
