import {
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
} from "@aws-sdk/client-elasticache";
import { DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { type AwsAccess } from "../aws/clients";
import { type Store } from "./rotatable";

/** A store as AWS describes it. */
export interface StoreLook {
  /** `available` when nothing is under way. */
  readonly status: string;
  /** What is under way in words; empty for nothing. */
  readonly pending: readonly string[];
  readonly host?: string;
  readonly port?: number;
}

export const lookAtStore = (
  aws: Pick<AwsAccess, "client">,
  { kind, id }: Store,
): Promise<StoreLook> =>
  kind === "redis" ? lookAtRedis(aws, id) : lookAtPostgres(aws, id);

async function lookAtRedis(
  aws: Pick<AwsAccess, "client">,
  id: string,
): Promise<StoreLook> {
  const { ReplicationGroups: [group] = [] } = await aws
    .client(ElastiCacheClient)
    .send(new DescribeReplicationGroupsCommand({ ReplicationGroupId: id }));
  const endpoint = group?.NodeGroups?.[0]?.PrimaryEndpoint;
  return {
    status: group?.Status ?? "missing",
    pending: pendingOf(group?.PendingModifiedValues),
    host: endpoint?.Address,
    port: endpoint?.Port,
  };
}

async function lookAtPostgres(
  aws: Pick<AwsAccess, "client">,
  id: string,
): Promise<StoreLook> {
  const { DBInstances: [instance] = [] } = await aws
    .client(RDSClient)
    .send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }));
  return {
    status: instance?.DBInstanceStatus ?? "missing",
    pending: pendingOf(instance?.PendingModifiedValues),
  };
}

/** Names of the values that are to change, such as `AuthTokenStatus`; never a value. */
const pendingOf = (values: object = {}): string[] =>
  Object.entries(values)
    .filter(
      ([, value]) =>
        value !== undefined && !(Array.isArray(value) && value.length === 0),
    )
    .map(([name]) => name);

/** Whether a look shows a store in which nothing is under way. */
export const isSettled = ({ status, pending }: StoreLook): boolean =>
  status === "available" && pending.length === 0;
