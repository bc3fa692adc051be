import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** Properties of `LogGroup`. */
export interface LogGroupProps {
  /** Name of the log group, such as `/aws/eks/wave-prod/cluster`. */
  readonly name: string;
  /**
   * Days to keep events: one of the numbers that CloudWatch has.
   * @default 365, as benchmarks ask for
   */
  readonly retentionDays?: number;
  /**
   * Customer managed key whose policy names this log group: `KmsKey` with `logGroupNames`.
   * @default CloudWatch's own encryption
   */
  readonly kmsKeyArn?: string;
}

/** Encrypted CloudWatch log group with a retention. About $0.50 per GB taken in. */
export class LogGroup extends Construct {
  /** ARN without the `:*` that some policies want. */
  readonly arn: string;
  /** The name, known only once the group exists: who uses it waits for it. */
  readonly name: string;
  /** For those who need the group but take no attribute of it. */
  readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id);
    const { name, retentionDays = 365, kmsKeyArn } = props;
    const group = new CloudwatchLogGroup(this, "Default", {
      name,
      retentionInDays: retentionDays,
      kmsKeyId: kmsKeyArn,
      tags: { Name: name },
    });
    this.arn = group.arn;
    this.name = group.name;
    this.resource = group;
  }
}
