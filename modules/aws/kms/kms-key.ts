import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey as AwsKmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { dnsSuffixOf, partitionOf } from "../../lib/aws-partition";
import {
  type PolicyDocument,
  type PolicyStatement,
  policyJson,
  readPolicy,
} from "../../lib/policy";

/** Properties of `KmsKey`. */
export interface KmsKeyProps {
  /** Name of the alias without `alias/`, and value of the Name tag: `names.of("logs")`. */
  readonly name: string;
  /** What the key encrypts, as the console shows it. */
  readonly description: string;
  /** Account whose IAM policies decide who uses the key. */
  readonly accountId: string;
  /** Region of the key: decides partition and service principals. */
  readonly region: string;
  /**
   * Names of the log groups that CloudWatch Logs may encrypt with the key, such as `/aws/eks/wave-prod/cluster`.
   * @default CloudWatch Logs has no access
   */
  readonly logGroupNames?: readonly string[];
  /**
   * Statements of the key policy beside those.
   * @default none
   */
  readonly statements?: readonly PolicyStatement[];
  /**
   * Keep the key: `prevent_destroy`, and 30 days to change one's mind. Otherwise a destroy leaves 7 days.
   * @default true
   */
  readonly retain?: boolean;
}

/** Customer managed key with yearly rotation and an alias. $1 a month. */
export class KmsKey extends Construct {
  /** ARN of the key, not of the alias: the alias of a destroyed key would point nowhere. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: KmsKeyProps) {
    super(scope, id);
    const key = this.createKey(props);
    new KmsAlias(this, "alias", {
      name: `alias/${props.name}`,
      targetKeyId: key.keyId,
    });
    this.arn = key.arn;
  }

  private createKey(props: KmsKeyProps): AwsKmsKey {
    const { name, description, statements = [], retain = true } = props;
    const policy = keyPolicy(props);
    return new AwsKmsKey(this, "Default", {
      description,
      enableKeyRotation: true,
      deletionWindowInDays: retain ? 30 : 7,
      policy: policyJson({
        ...policy,
        Statement: [...policy.Statement, ...statements],
      }),
      tags: { Name: name },
      lifecycle: { preventDestroy: retain },
      // The provider waits until KMS shows policy, tags and rotation: two minutes are not always enough, and a wait that ends
      // leaves the key tainted, which `preventDestroy` does not let it repair.
      timeouts: { create: "10m" },
    });
  }
}

function keyPolicy({
  accountId,
  region,
  logGroupNames = [],
}: KmsKeyProps): PolicyDocument {
  const partition = partitionOf(region);
  if (logGroupNames.length === 0)
    return readPolicy("kms/key.json", partition, { ACCOUNT_ID: accountId });
  return readPolicy("kms/log-group-key.json", partition, {
    ACCOUNT_ID: accountId,
    REGION: region,
    DNS_SUFFIX: dnsSuffixOf(region),
    LOG_GROUP_ARNS: logGroupNames.map(
      (name) => `arn:aws:logs:${region}:${accountId}:log-group:${name}`,
    ),
  });
}
