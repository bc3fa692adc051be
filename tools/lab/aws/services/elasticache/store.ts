import { type TagStore } from "../query-store";

export interface ParameterGroup {
  readonly name: string;
  readonly arn: string;
  readonly family: string;
  readonly description: string;
  readonly parameters: Map<string, string>;
}

export interface SubnetGroup {
  readonly name: string;
  readonly arn: string;
  readonly vpcId: string;
  description: string;
  subnetIds: string[];
}

/** A replication group as its request came, changed by later requests. */
export interface ReplicationGroup {
  readonly id: string;
  readonly arn: string;
  readonly form: Map<string, string>;
  securityGroupIds: string[];
  /** SHA-256 of the passwords that it takes, the newest last: enough to compare, and no secret in the emulator. */
  passwords: string[];
}

/** A snapshot, with what it keeps of its group. */
export interface CacheSnapshot {
  readonly name: string;
  readonly arn: string;
  readonly groupId: string;
  readonly form: ReadonlyMap<string, string>;
  readonly createdAt: Date;
  /** When it can be used, in milliseconds since 1970. */
  readonly availableAt: number;
}

export interface CacheStore {
  readonly parameterGroups: Map<string, ParameterGroup>;
  readonly subnetGroups: Map<string, SubnetGroup>;
  readonly replicationGroups: Map<string, ReplicationGroup>;
  readonly snapshots: Map<string, CacheSnapshot>;
  readonly tags: TagStore;
}
