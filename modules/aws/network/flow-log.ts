import { FlowLog as AwsFlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { type AwsPartition } from "../../lib/aws-partition";
import { readPolicy } from "../../lib/policy";
import { type RoleOptions } from "../iam/role";
import { ServiceRole } from "../iam/service-role";
import { LogGroup } from "../logs/log-group";

/** Properties of `FlowLog`. */
export interface FlowLogProps {
  /** Value of the Name tag, and part of the log group's name. */
  readonly name: string;
  /** VPC to watch. */
  readonly vpcId: string;
  /** Account of the VPC: its flow logs alone may take the role. */
  readonly accountId: string;
  /**
   * Key of the log group; its policy names `flowLogGroupName(name)`.
   * @default CloudWatch's own encryption
   */
  readonly kmsKeyArn?: string;
  /**
   * Days to keep records.
   * @default 365
   */
  readonly retentionDays?: number;
  /**
   * Name of the role that writes the records: unique in the account, at most 64 characters.
   * @default `<name>-flow-log`
   */
  readonly roleName?: string;
  /**
   * Path and permissions boundary of that role.
   * @default path "/", no boundary
   */
  readonly iam?: RoleOptions;
  /**
   * Partition of the region.
   * @default "aws"
   */
  readonly partition?: AwsPartition;
}

/** Name of the log group of the flow log of that name. */
export function flowLogGroupName(name: string): string {
  return `/aws/vpc/${name}/flow-log`;
}

/** Flow log of a VPC, accepted and rejected traffic, to CloudWatch Logs. About $0.50 per GB. */
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
      dependsOn: [...role.permissions],
    });
  }

  private createLogGroup(props: FlowLogProps): LogGroup {
    const { name, retentionDays, kmsKeyArn } = props;
    return new LogGroup(this, "log-group", {
      name: flowLogGroupName(name),
      retentionDays,
      kmsKeyArn,
    });
  }

  /** May not create the group: late records would bring it back after a destroy. */
  private createRole(group: LogGroup, props: FlowLogProps): ServiceRole {
    const { name, accountId, roleName = `${name}-flow-log` } = props;
    const { iam, partition = "aws" } = props;
    return new ServiceRole(this, "role", {
      ...iam,
      name: roleName,
      description: "Lets VPC flow logs write into their log group.",
      service: "vpc-flow-logs.amazonaws.com",
      sourceAccountId: accountId,
      partition,
      policies: {
        "write-log": readPolicy("vpc/flow-log.json", partition, {
          LOG_GROUP_ARN: group.arn,
        }),
      },
    });
  }
}
