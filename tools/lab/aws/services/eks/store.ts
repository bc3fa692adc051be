import { randomUUID } from "node:crypto";
import { AwsError } from "../call";

export type Tags = Record<string, string>;

export interface Scaling {
  minSize: number;
  maxSize: number;
  desiredSize: number;
}

export interface NodeGroup {
  readonly nodegroupName: string;
  readonly nodegroupArn: string;
  version: string;
  status: string;
  scalingConfig: Scaling;
  labels: Tags;
  tags: Tags;
  /** Numbers of the instances that run: made and removed as the desired size says. */
  instances?: number[];
  /** Tags of its Auto Scaling group, besides those of EKS. */
  scalingTags?: Tags;
  /** What is stored and given back as it came. */
  readonly rest: Record<string, unknown>;
}

export interface AddOn {
  readonly addonName: string;
  readonly addonArn: string;
  addonVersion: string;
  tags: Tags;
  readonly rest: Record<string, unknown>;
}

export interface AssociatedPolicy {
  readonly policyArn: string;
  readonly accessScope: {
    readonly type: string;
    readonly namespaces?: readonly string[];
  };
}

export interface AccessEntry {
  readonly principalArn: string;
  readonly accessEntryArn: string;
  readonly type: string;
  readonly createdAt: number;
  username: string;
  kubernetesGroups: string[];
  tags: Tags;
  /** Access policies by ARN. */
  readonly policies: Map<string, AssociatedPolicy>;
}

export interface PodIdentity {
  readonly associationId: string;
  readonly associationArn: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly createdAt: number;
  roleArn: string;
  tags: Tags;
}

export interface Cluster {
  readonly name: string;
  readonly arn: string;
  version: string;
  deletionProtection: boolean;
  bootstrapSelfManagedAddons: boolean;
  tags: Tags;
  resourcesVpcConfig: Record<string, unknown>;
  readonly securityGroupId: string;
  readonly rest: Record<string, unknown>;
  readonly nodeGroups: Map<string, NodeGroup>;
  readonly addOns: Map<string, AddOn>;
  readonly accessEntries: Map<string, AccessEntry>;
  readonly podIdentities: Map<string, PodIdentity>;
  readonly updates: Map<string, unknown>;
}

/** All clusters of the lab, by name. */
export type Clusters = Map<string, Cluster>;

export function clusterOf(clusters: Clusters, name = ""): Cluster {
  return found(clusters, name, `No cluster found for name: ${name}.`);
}

/** `CONFIG_MAP`, `API_AND_CONFIG_MAP` or `API`. */
export const authenticationModeOf = ({ rest }: Cluster): string =>
  (rest.accessConfig as { authenticationMode: string }).authenticationMode;

/** @throws AwsError `ResourceNotFoundException`. */
export function found<T>(
  map: ReadonlyMap<string, T>,
  key = "",
  message: string,
): T {
  const value = map.get(key);
  if (value === undefined)
    throw new AwsError("ResourceNotFoundException", message, 404);
  return value;
}

export const inUse = (message: string): AwsError =>
  new AwsError("ResourceInUseException", message, 409);

export const invalid = (message: string): AwsError =>
  new AwsError("InvalidParameterException", message, 400);

export const refused = (message: string): AwsError =>
  new AwsError("InvalidRequestException", message, 400);

const minorOf = (version: string): number => Number(version.split(".")[1]);

/** A version goes up by one minor at a time and never down. */
export function checkUpgrade(what: string, from: string, to: string): void {
  const step = minorOf(to) - minorOf(from);
  if (step < 0)
    throw invalid(
      `Unsupported ${what} version downgrade from ${from} to ${to}`,
    );
  if (step > 1)
    throw invalid(
      `Unsupported Kubernetes minor version update from ${from} to ${to}`,
    );
}

export const isNewer = (version: string, than: string): boolean =>
  minorOf(version) > minorOf(than);

/** Records an update that is done already, as `DescribeUpdate` answers it. */
export function recordUpdate(cluster: Cluster, type: string): unknown {
  const update = {
    id: randomUUID(),
    type,
    status: "Successful",
    params: [],
    errors: [],
    createdAt: Date.now() / 1000,
  };
  cluster.updates.set(update.id, update);
  return update;
}
