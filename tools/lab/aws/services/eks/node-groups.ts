import {
  type Answer,
  type Call,
  type Operation,
  jsonAnswer,
  jsonOf,
} from "../call";
import { addEntry } from "./access-entries";
import { scalingGroupName } from "./scaling-groups";
import {
  type Cluster,
  type Clusters,
  type NodeGroup,
  type Scaling,
  type Tags,
  checkUpgrade,
  clusterOf,
  found,
  inUse,
  invalid,
  isNewer,
  recordUpdate,
} from "./store";
import { type World, arnIn, nextId, now } from "../world";

interface CreateNodegroup {
  readonly nodegroupName: string;
  readonly nodeRole: string;
  readonly scalingConfig: Scaling;
  readonly version?: string;
  readonly releaseVersion?: string;
  readonly subnets: string[];
  readonly launchTemplate?: { id?: string; name?: string; version?: string };
  readonly instanceTypes?: string[];
  readonly diskSize?: number;
  readonly labels?: Tags;
  readonly tags?: Tags;
}

interface UpdateNodegroupConfig {
  readonly scalingConfig?: Partial<Scaling>;
  readonly labels?: {
    readonly addOrUpdateLabels?: Tags;
    readonly removeLabels?: string[];
  };
  readonly taints?: {
    readonly addOrUpdateTaints?: Taint[];
    readonly removeTaints?: Taint[];
  };
  readonly updateConfig?: unknown;
  readonly nodeRepairConfig?: unknown;
}

interface Taint {
  readonly key: string;
  readonly effect: string;
}

export function nodeGroupOperations(
  world: World,
  clusters: Clusters,
): Operation[] {
  const path = "/clusters/{cluster}/node-groups";
  const groupOf = ({ params }: Call): NodeGroup =>
    found(
      clusterOf(clusters, params.cluster).nodeGroups,
      params.group,
      "No node group found for name: " + (params.group ?? ""),
    );
  return [
    {
      name: "CreateNodegroup",
      route: `POST ${path}`,
      answer: (call) =>
        create(
          world,
          clusterOf(clusters, call.params.cluster),
          jsonOf(call) as CreateNodegroup,
        ),
    },
    {
      name: "ListNodegroups",
      route: `GET ${path}`,
      answer: ({ params }) =>
        jsonAnswer({
          nodegroups: [
            ...clusterOf(clusters, params.cluster).nodeGroups.keys(),
          ],
        }),
    },
    {
      name: "DescribeNodegroup",
      route: `GET ${path}/{group}`,
      answer: (call) => described(groupOf(call)),
    },
    {
      name: "UpdateNodegroupConfig",
      route: `POST ${path}/{group}/update-config`,
      answer: (call) => {
        updateConfig(groupOf(call), jsonOf(call) as UpdateNodegroupConfig);
        const cluster = clusterOf(clusters, call.params.cluster);
        return jsonAnswer({ update: recordUpdate(cluster, "ConfigUpdate") });
      },
    },
    {
      name: "UpdateNodegroupVersion",
      route: `POST ${path}/{group}/update-version`,
      answer: (call) => {
        const cluster = clusterOf(clusters, call.params.cluster);
        updateVersion(cluster, groupOf(call), jsonOf(call) as CreateNodegroup);
        return jsonAnswer({ update: recordUpdate(cluster, "VersionUpdate") });
      },
    },
    {
      name: "DescribeUpdate",
      route: `GET ${path}/{group}/updates/{update}`,
      answer: ({ params }) =>
        jsonAnswer({
          update: clusterOf(clusters, params.cluster).updates.get(
            params.update ?? "",
          ),
        }),
    },
    {
      name: "DeleteNodegroup",
      route: `DELETE ${path}/{group}`,
      answer: (call) => {
        const group = groupOf(call);
        clusterOf(clusters, call.params.cluster).nodeGroups.delete(
          group.nodegroupName,
        );
        return described(group);
      },
    },
  ];
}

function create(
  world: World,
  cluster: Cluster,
  input: CreateNodegroup,
): Answer {
  const { nodegroupName: name, scalingConfig } = input;
  if (cluster.nodeGroups.has(name))
    throw inUse(`NodeGroup already exists with name ${name}`);
  checkScaling(scalingConfig);
  const version = input.version ?? cluster.version;
  if (isNewer(version, cluster.version))
    throw invalid(
      `Node group version ${version} is above the cluster's ${cluster.version}`,
    );
  const group: NodeGroup = {
    nodegroupName: name,
    nodegroupArn: arnIn(
      world,
      "eks",
      `nodegroup/${cluster.name}/${name}/${nextId(8)}`,
    ),
    version,
    ...stateOf(cluster),
    scalingConfig: { ...scalingConfig },
    labels: input.labels ?? {},
    tags: input.tags ?? {},
    rest: {
      clusterName: cluster.name,
      capacityType: "ON_DEMAND",
      ...input,
      releaseVersion: input.releaseVersion ?? firstRelease(version),
      createdAt: now(),
      resources: { autoScalingGroups: [{ name: scalingGroupName(name) }] },
      health: stateOf(cluster).health,
    },
  };
  cluster.nodeGroups.set(name, group);
  if (!cluster.accessEntries.has(input.nodeRole))
    addEntry(world, cluster, {
      principalArn: input.nodeRole,
      type: "EC2_LINUX",
    });
  return described(group);
}

/** Nodes never become ready without the network plug-in: neither EKS nor an add-on brought it. */
function stateOf(cluster: Cluster): { status: string; health: unknown } {
  if (cluster.bootstrapSelfManagedAddons || cluster.addOns.has("vpc-cni"))
    return { status: "ACTIVE", health: { issues: [] } };
  const issue = {
    code: "NodeCreationFailure",
    message: "Unhealthy nodes in the kubernetes cluster: no network plug-in",
    resourceIds: [],
  };
  return { status: "CREATE_FAILED", health: { issues: [issue] } };
}

function checkScaling({ minSize, desiredSize, maxSize }: Scaling): void {
  if (minSize > desiredSize)
    throw invalid(
      `Minimum capacity ${minSize} can't be greater than desired size ${desiredSize}`,
    );
  if (desiredSize > maxSize)
    throw invalid(
      `desired capacity ${desiredSize} can't be greater than max size ${maxSize}`,
    );
}

function described(group: NodeGroup): Answer {
  const { rest, ...own } = group;
  return jsonAnswer({ nodegroup: { ...rest, ...own, modifiedAt: now() } });
}

function updateConfig(group: NodeGroup, input: UpdateNodegroupConfig): void {
  const scaling = { ...group.scalingConfig, ...input.scalingConfig };
  checkScaling(scaling);
  group.scalingConfig = scaling;
  const removed = new Set(input.labels?.removeLabels);
  group.labels = Object.fromEntries(
    Object.entries({
      ...group.labels,
      ...input.labels?.addOrUpdateLabels,
    }).filter(([key]) => !removed.has(key)),
  );
  if (input.taints) group.rest.taints = taintsOf(group, input.taints);
  if (input.updateConfig) group.rest.updateConfig = input.updateConfig;
  if (input.nodeRepairConfig)
    group.rest.nodeRepairConfig = input.nodeRepairConfig;
}

/** A taint is known by its key and effect. */
function taintsOf(
  { rest }: NodeGroup,
  {
    addOrUpdateTaints = [],
    removeTaints = [],
  }: NonNullable<UpdateNodegroupConfig["taints"]>,
): Taint[] {
  const changed = [...addOrUpdateTaints, ...removeTaints];
  const kept = ((rest.taints ?? []) as Taint[]).filter(
    ({ key, effect }) =>
      !changed.some((one) => one.key === key && one.effect === effect),
  );
  return [...kept, ...addOrUpdateTaints];
}

function updateVersion(
  cluster: Cluster,
  group: NodeGroup,
  { version, releaseVersion, launchTemplate }: Partial<CreateNodegroup>,
): void {
  if (version !== undefined) {
    checkUpgrade("node group", group.version, version);
    if (isNewer(version, cluster.version))
      throw invalid(
        `Node group version ${version} is above the cluster's ${cluster.version}`,
      );
    group.version = version;
    group.rest.releaseVersion = firstRelease(version);
  }
  if (releaseVersion !== undefined) group.rest.releaseVersion = releaseVersion;
  if (launchTemplate) group.rest.launchTemplate = launchTemplate;
}

/** Release of the image that nodes of a minor start with. */
export const firstRelease = (minor: string): string => `${minor}.0-20260101`;
