import { DataAwsEksAddonVersion } from "@cdktf/provider-aws/lib/data-aws-eks-addon-version";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** Properties of `EksAddOn`. */
export interface EksAddOnProps {
  /** Name as EKS knows it, such as `vpc-cni`. */
  readonly addOn: string;
  readonly clusterName: string;
  /** Kubernetes minor of the cluster as text, such as `1.36`: known at plan, so the version is too. */
  readonly kubernetesVersion: string;
  /**
   * Version to stay on, such as `v1.20.4-eksbuild.1`.
   * @default the one that EKS recommends for the minor
   */
  readonly version?: string;
  /**
   * Values that the add-on's schema allows.
   * @default none
   */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /**
   * Role of its service account (IRSA).
   * @default none
   */
  readonly serviceAccountRoleArn?: string;
  /**
   * What must exist first, and stay longer.
   * @default only the cluster
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** EKS add-on, managed from the first minute: what somebody changed in the cluster is written over. */
export class EksAddOn extends Construct {
  /** Version that runs. */
  readonly version: string;
  /** For those who need the add-on. */
  readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string, props: EksAddOnProps) {
    super(scope, id);
    const { configuration, dependsOn = [] } = props;
    const addOn = new EksAddon(this, "Default", {
      clusterName: props.clusterName,
      addonName: props.addOn,
      addonVersion: props.version ?? this.recommendedVersion(props),
      configurationValues:
        configuration === undefined ? undefined : JSON.stringify(configuration),
      serviceAccountRoleArn: props.serviceAccountRoleArn,
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      dependsOn: [...dependsOn],
    });
    this.version = addOn.addonVersion;
    this.resource = addOn;
  }

  private recommendedVersion(props: EksAddOnProps): string {
    return new DataAwsEksAddonVersion(this, "version", {
      addonName: props.addOn,
      kubernetesVersion: props.kubernetesVersion,
    }).version;
  }
}
