import { createHash } from "node:crypto";
import { AwsError } from "../call";
import { type TagStore } from "../query-store";

export interface DbParameterGroup {
  readonly name: string;
  readonly arn: string;
  readonly family: string;
  readonly description: string;
  /** Parameters that were set, and how: `immediate` or `pending-reboot`. */
  readonly parameters: Map<string, { value: string; method: string }>;
}

export interface DbSubnet {
  readonly id: string;
  readonly zone: string;
}

export interface DbSubnetGroup {
  readonly name: string;
  readonly arn: string;
  description: string;
  vpcId: string;
  subnets: readonly DbSubnet[];
}

export interface DbInstance {
  readonly id: string;
  /** `db-…`, of its own for every instance. */
  readonly resourceId: string;
  readonly arn: string;
  readonly createdAt: Date;
  /** Fields as the requests named them; never the password. */
  readonly form: Map<string, string>;
  /** Changes that wait for the maintenance window. */
  readonly pending: Map<string, string>;
  securityGroupIds: string[];
  logTypes: string[];
  /** SHA-256 of the password: enough to compare, and no secret in the emulator. */
  passwordHash: string;
  /** What it is busy with, and until when, in milliseconds since 1970. */
  busy?: { readonly status: string; readonly until: number };
}

/** A snapshot, with what it keeps of its instance. */
export interface DbSnapshot {
  readonly name: string;
  readonly arn: string;
  /** Instance that it is of. */
  readonly id: string;
  readonly form: ReadonlyMap<string, string>;
  readonly passwordHash: string;
  readonly createdAt: Date;
  /** When it can be used, in milliseconds since 1970. */
  readonly availableAt: number;
}

export interface DbStore {
  readonly parameterGroups: Map<string, DbParameterGroup>;
  readonly subnetGroups: Map<string, DbSubnetGroup>;
  readonly instances: Map<string, DbInstance>;
  readonly snapshots: Map<string, DbSnapshot>;
  readonly tags: TagStore;
}

export const passwordHash = (password: string): string =>
  createHash("sha256").update(password).digest("hex");

/** How long a change takes, in milliseconds. Minutes on AWS; the provider looks for the first time after one. */
export const busyTime = 5000;

export function makeBusy(instance: DbInstance, status: string): void {
  instance.busy = { status, until: Date.now() + busyTime };
}

/** `creating`, `modifying`, `deleting`, or `available`. */
export const statusOf = ({ busy }: DbInstance): string =>
  busy !== undefined && Date.now() < busy.until ? busy.status : "available";

/** Takes away the instances whose deletion has ended. */
export function dropDeleted({ instances }: DbStore): void {
  for (const [id, { busy }] of instances)
    if (busy?.status === "deleting" && Date.now() >= busy.until)
      instances.delete(id);
}

/** @throws AwsError while the instance is busy: AWS changes and deletes only what is available. */
export function needAvailable(instance: DbInstance): void {
  const status = statusOf(instance);
  if (status !== "available")
    throw new AwsError(
      "InvalidDBInstanceState",
      `Database instance ${instance.id} is not in available state, it is ${status}.`,
    );
}
