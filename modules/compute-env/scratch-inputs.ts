import { type ITerraformDependable } from "cdktf";
import { type IdentityOutputs } from "../contracts/identity";
import { type NetworkOutputs } from "../contracts/network";
import { type ComputeEnvSettings } from "./settings/schema";

/** What the storage takes from the other stacks and parts. */
export interface ScratchInputs {
  readonly settings: ComputeEnvSettings;
  readonly network: NetworkOutputs;
  readonly identity: Pick<
    IdentityOutputs,
    "oidcProviderArn" | "efsCsiNodeRoleName"
  >;
  /** Security group of the nodes that are made here: they mount the file system. */
  readonly nodeSecurityGroupId: string | undefined;
}

/** Where pipelines have their files. With `nfs` and `claim` nothing is made in AWS. */
export interface Scratch {
  readonly kind: ComputeEnvSettings["computeEnv"]["storage"]["kind"];
  /** With `efs`: file system and access point, as a volume names them. */
  readonly volumeHandle?: string;
  /** With `fusion`: role of both service accounts. */
  readonly fusionRoleArn?: string;
  /** With `fusion`: the work bucket. */
  readonly bucket?: string;
  /** With `fusion`: key of that bucket, if it has one of its own. */
  readonly keyArn?: string;
  /** What has to stand for as long as pods use it. */
  readonly dependsOn: readonly ITerraformDependable[];
}
