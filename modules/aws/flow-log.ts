import { FlowLog as AwsFlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { type AwsPartition } from "../lib/aws-partition";
import { readPolicy } from "../lib/policy";
import { type Settings } from "../settings/schema";
import { LogGroup } from "./log-group";
import { ServiceRole } from "./service-role";

/** Properties of `FlowLog`. */
export interface FlowLogProps {
  /** Value of the Name tag. */
  readonly name: string;
  /** VPC to watch. */
  readonly vpcId: string;
  /** Name of the log group; the key's policy names it. */
  readonly logGroupName: string;
  /** Days to keep the log. */
  readonly retentionDays: number;
  /** Key of the log group. */
  readonly kmsKeyArn: string;
  /** Name of the role that writes the log. */
  readonly roleName: string;
  /** Account, for the trust of the role. */
  readonly accountId: string;
  readonly partition: AwsPartition;
  /** Path and permissions boundary of the role. */
  readonly iam: Settings["iam"];
}

/** Flow log of a VPC, accepted and rejected traffic, to CloudWatch Logs (SEC-B11, DEC-13). */
export class FlowLog extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogProps) {
    super(scope, id);
    const group = this.createLogGroup(props);
    const role = this.createRole(group, props);
    new AwsFlowLog(this, "Default", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      tags: { Name: props.name },
      dependsOn: [...role.rights],
    });
  }

  private createLogGroup(props: FlowLogProps): LogGroup {
    return new LogGroup(this, "log-group", {
      name: props.logGroupName,
      retentionDays: props.retentionDays,
      kmsKeyArn: props.kmsKeyArn,
    });
  }

  /** May not create the group: late records would bring it back after a destroy (SEC-E10). */
  private createRole(group: LogGroup, props: FlowLogProps): ServiceRole {
    const { partition, iam } = props;
    return new ServiceRole(this, "role", {
      name: props.roleName,
      description: "Lets VPC flow logs write into their log group.",
      service: "vpc-flow-logs.amazonaws.com",
      sourceAccountId: props.accountId,
      partition,
      iam,
      policies: {
        "write-log": readPolicy("vpc/flow-log.json", partition, {
          LOG_GROUP_ARN: group.arn,
        }),
      },
    });
  }
}
