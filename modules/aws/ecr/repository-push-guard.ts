import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { type AwsPartition } from "../../lib/aws-partition";
import { policyJson, readPolicy } from "../../lib/policy";

/** Properties of `RepositoryPushGuard`. */
export interface RepositoryPushGuardProps {
  /** ARNs of the repositories by a stable key, such as `build`. */
  readonly repositoryArns: Readonly<Record<string, string>>;
  /** Who may push, if their own policy allows it. */
  readonly pusherArns: readonly string[];
  /** Partition of the region. */
  readonly partition: AwsPartition;
}

/**
 * Nobody but the builds pushes to their repositories: what makes their mutable tags acceptable (EXC-03).
 *
 * A Deny, because an Allow in a repository's policy adds to what roles of the same account may do already and takes
 * nothing away. It covers the four push actions only: pulling, scanning, deleting images, and changing this policy stay
 * as IAM decides, so no administrator is locked out. Images that people push by hand belong in another repository.
 */
export class RepositoryPushGuard extends Construct {
  constructor(scope: Construct, id: string, props: RepositoryPushGuardProps) {
    super(scope, id);
    const policy = policyJson(
      readPolicy("ecr/push-guard.json", props.partition, {
        PUSHER_ARNS: [...props.pusherArns],
      }),
    );
    for (const [key, arn] of Object.entries(props.repositoryArns)) {
      new EcrRepositoryPolicy(this, key, {
        repository: repositoryName(arn),
        policy,
      });
    }
  }
}

/** `arn:aws:ecr:…:repository/wave-prod/build` → `wave-prod/build`; the ARN is known to Terraform only. */
function repositoryName(arn: string): string {
  return Fn.element(Fn.split(":repository/", arn), 1) as string;
}
