import { DataAwsEcrRepository } from "@cdktf/provider-aws/lib/data-aws-ecr-repository";
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository as AwsEcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Construct } from "constructs";
import { type Document } from "../../lib/template";

/** What others need of a repository, ours or one that exists already. */
export interface Repository {
  /** Address without a tag, `<account>.dkr.ecr.<region>.…/<name>`. */
  readonly url: string;
  readonly arn: string;
}

/** Properties of `EcrRepository`. */
export interface EcrRepositoryProps {
  /** Name with prefix, such as `wave-prod/build`. */
  readonly name: string;
  /** Customer managed key. ECR cannot change it later. */
  readonly kmsKeyArn: string;
  /** Lifecycle policy: a filled document of `policies/ecr-lifecycle/`. */
  readonly lifecyclePolicy: Document;
  /**
   * Whether a tag keeps its image for ever. Not where builders push the same tag again (EXC-03).
   * @default false
   */
  readonly immutableTags?: boolean;
  /**
   * Keep repository and images. Otherwise a destroy deletes the images too.
   * @default true
   */
  readonly retain?: boolean;
}

/**
 * Private repository: encrypted, scanned on push, tidied by a lifecycle policy. About $0.10 per GB and month.
 */
export class EcrRepository extends Construct implements Repository {
  readonly url: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EcrRepositoryProps) {
    super(scope, id);
    const repository = this.createRepository(props);
    new EcrLifecyclePolicy(this, "lifecycle", {
      repository: repository.name,
      policy: JSON.stringify(props.lifecyclePolicy),
    });
    this.url = repository.repositoryUrl;
    this.arn = repository.arn;
  }

  private createRepository({
    name,
    kmsKeyArn,
    immutableTags = false,
    retain = true,
  }: EcrRepositoryProps): AwsEcrRepository {
    return new AwsEcrRepository(this, "Default", {
      name,
      imageTagMutability: immutableTags ? "IMMUTABLE" : "MUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: kmsKeyArn }],
      forceDelete: !retain,
      tags: { Name: name },
      lifecycle: { preventDestroy: retain },
    });
  }
}

/** A repository that exists already: read, never managed. A missing one fails the plan. */
export function existingRepository(
  scope: Construct,
  id: string,
  name: string,
): Repository {
  const repository = new DataAwsEcrRepository(scope, id, { name });
  return { url: repository.repositoryUrl, arn: repository.arn };
}
