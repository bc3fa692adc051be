import { FlowLog as AwsFlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { partitionOf } from "../../lib/aws-partition";
import { namesOf } from "../../lib/names";
import { readPolicy } from "../../lib/policy";
import { type CoreSettings } from "../../core/settings/schema";
import { LogGroup } from "../logs/log-group";
import { ServiceRole } from "../iam/service-role";

/** Properties of `FlowLog`. */
export interface FlowLogProps {
  readonly settings: CoreSettings;
  /** VPC to watch. */
  readonly vpcId: string;
  /** Key of the log group; its policy names `flowLogGroupName(settings)`. */
  readonly kmsKeyArn: string;
}

/** Name of the log group of the VPC's flow log. */
export function flowLogGroupName(settings: CoreSettings): string {
  return `/aws/vpc/${namesOf(settings).prefix}/flow-log`;
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
      tags: { Name: namesOf(props.settings).prefix },
      dependsOn: [...role.rights],
    });
  }

  private createLogGroup({ settings, kmsKeyArn }: FlowLogProps): LogGroup {
    return new LogGroup(this, "log-group", {
      name: flowLogGroupName(settings),
      retentionDays: settings.network.flowLogRetentionDays,
      kmsKeyArn,
    });
  }

  /** May not create the group: late records would bring it back after a destroy (SEC-E10). */
  private createRole(group: LogGroup, { settings }: FlowLogProps): ServiceRole {
    const partition = partitionOf(settings.region);
    return new ServiceRole(this, "role", {
      name: namesOf(settings).iam("flow-log"),
      description: "Lets VPC flow logs write into their log group.",
      service: "vpc-flow-logs.amazonaws.com",
      sourceAccountId: settings.accountId,
      partition,
      iam: settings.iam,
      policies: {
        "write-log": readPolicy("vpc/flow-log.json", partition, {
          LOG_GROUP_ARN: group.arn,
        }),
      },
    });
  }
}
