import { createHash } from "node:crypto";
import {
  type EmulatedService,
  AwsError,
  formOf,
  listOf,
  plainListOf,
  queryAnswer,
} from "../call";
import {
  type Cluster,
  type Clusters,
  type NodeGroup,
  type Tags,
} from "./store";
import { type World } from "../world";

/** Name of the Auto Scaling group behind a node group. */
export const scalingGroupName = (nodegroupName: string): string =>
  `eks-${nodegroupName}`;

/** An instance of a node group. */
export interface Instance {
  readonly id: string;
  /** Name of its node. */
  readonly node: string;
  readonly zone: string;
}

/** The instances of a group: as many as it wants, none of a group that failed, in the zones of its subnets by turns. */
export function instancesOf(
  { name }: Pick<Cluster, "name">,
  group: NodeGroup,
): Instance[] {
  const wanted =
    group.status === "ACTIVE" ? group.scalingConfig.desiredSize : 0;
  const numbers = (group.instances ??= []);
  for (let next = 1; numbers.length < wanted; next += 1)
    if (!numbers.includes(next)) numbers.push(next);
  numbers.splice(wanted);
  const zones = Math.max(1, ((group.rest.subnets ?? []) as string[]).length);
  return numbers.map((number) => {
    const full = `${name}-${group.nodegroupName}-${number}`;
    const hash = createHash("sha256").update(full).digest("hex");
    return {
      id: `i-${hash.slice(0, 17)}`,
      // It is the value of a label, too: those end at 63 characters.
      node: full.slice(-63).replace(/^[^a-z0-9]+/i, ""),
      zone: `zone-${((number - 1) % zones) + 1}`,
    };
  });
}

export interface ScalingGroup {
  readonly cluster: Cluster;
  readonly group: NodeGroup;
}

/** Groups of all clusters. */
export const scalingGroupsOf = (clusters: Clusters): ScalingGroup[] =>
  [...clusters.values()].flatMap((cluster) =>
    [...cluster.nodeGroups.values()].map((group) => ({ cluster, group })),
  );

/**
 * Auto Scaling, as far as node groups go: their groups are views of them. EKS follows what is changed here, as the real
 * one does.
 */
export function autoscalingService(
  { moto: { region } }: World,
  clusters: Clusters,
): EmulatedService {
  const all = (): ScalingGroup[] => scalingGroupsOf(clusters);
  const named = (name: string | undefined | null): ScalingGroup => {
    const found = all().find((one) => nameOf(one) === name);
    if (found === undefined)
      throw new AwsError(
        "ValidationError",
        `AutoScalingGroup name not found - ${name ?? ""}`,
      );
    return found;
  };
  return {
    service: "autoscaling",
    errors: "query",
    operations: [
      {
        name: "DescribeAutoScalingGroups",
        answer: (call) => {
          const form = formOf(call);
          const names = plainListOf(form, "AutoScalingGroupNames.member");
          const shown = all().filter(
            (one) =>
              (names.length === 0 || names.includes(nameOf(one))) &&
              filtersOf(form).every((filter) => filter(tagsOf(one))),
          );
          return queryAnswer("DescribeAutoScalingGroups", {
            AutoScalingGroups: {
              member: shown.map((one) => described(one, region)),
            },
          });
        },
      },
      {
        name: "DescribeScalingActivities",
        answer: () => queryAnswer("DescribeScalingActivities", {}),
      },
      {
        name: "SetDesiredCapacity",
        answer: (call) => {
          const form = formOf(call);
          const { group } = named(form.get("AutoScalingGroupName"));
          resize(group, Number(form.get("DesiredCapacity")));
          return queryAnswer("SetDesiredCapacity", {});
        },
      },
      {
        name: "TerminateInstanceInAutoScalingGroup",
        answer: (call) => {
          terminate(all(), formOf(call).get("InstanceId") ?? "");
          return queryAnswer("TerminateInstanceInAutoScalingGroup", {
            Activity: { Description: "Terminating EC2 instance" },
          });
        },
      },
      ...tagOperations(named, all),
    ],
  };
}

export const nameOf = ({ group }: ScalingGroup): string =>
  scalingGroupName(group.nodegroupName);

/** EKS marks the groups of all node groups for an autoscaler. */
export const tagsOf = ({ cluster, group }: ScalingGroup): Tags => ({
  "eks:cluster-name": cluster.name,
  "eks:nodegroup-name": group.nodegroupName,
  "k8s.io/cluster-autoscaler/enabled": "true",
  [`k8s.io/cluster-autoscaler/${cluster.name}`]: "owned",
  ...group.scalingTags,
});

/** `tag:<key>` with values, and `tag-key`. */
const filtersOf = (form: URLSearchParams): ((tags: Tags) => boolean)[] =>
  listOf(form, "Filters.member").map(({ Name = "", ...filter }) => {
    const values = Object.entries(filter)
      .filter(([key]) => key.startsWith("Values.member."))
      .map(([, value]) => value);
    return (tags) =>
      Name === "tag-key"
        ? values.some((key) => key in tags)
        : values.includes(tags[Name.replace(/^tag:/, "")] ?? "");
  });

function described(one: ScalingGroup, region: string) {
  const { cluster, group } = one;
  const { minSize, maxSize, desiredSize } = group.scalingConfig;
  const { instanceTypes = [] } = group.rest;
  return {
    AutoScalingGroupName: nameOf(one),
    MinSize: minSize,
    MaxSize: maxSize,
    DesiredCapacity: desiredSize,
    DefaultCooldown: 300,
    HealthCheckType: "EC2",
    CreatedTime: "2026-01-01T00:00:00Z",
    AvailabilityZones: { member: [`${region}a`] },
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: {
          LaunchTemplateName: nameOf(one),
          Version: "1",
        },
        Overrides: {
          member: (instanceTypes as string[]).map((InstanceType) => ({
            InstanceType,
          })),
        },
      },
    },
    Instances: {
      member: instancesOf(cluster, group).map(({ id, zone }) => ({
        InstanceId: id,
        AvailabilityZone: zone,
        LifecycleState: "InService",
        HealthStatus: "Healthy",
        ProtectedFromScaleIn: false,
      })),
    },
    Tags: {
      member: Object.entries(tagsOf(one)).map((tag) => tagAnswer(one, tag)),
    },
  };
}

const tagAnswer = (
  one: ScalingGroup,
  [Key, Value]: readonly [string, string],
) => ({
  ResourceId: nameOf(one),
  ResourceType: "auto-scaling-group",
  Key,
  Value,
  PropagateAtLaunch: false,
});

function resize({ scalingConfig }: NodeGroup, size: number): void {
  const { minSize, maxSize } = scalingConfig;
  if (size < minSize || size > maxSize)
    throw new AwsError(
      "ValidationError",
      `New SetDesiredCapacity value ${size} is outside of ${minSize} and ${maxSize} for the AutoScalingGroup.`,
    );
  scalingConfig.desiredSize = size;
}

function terminate(groups: readonly ScalingGroup[], id: string): void {
  for (const { cluster, group } of groups) {
    const at = instancesOf(cluster, group).findIndex((one) => one.id === id);
    if (at < 0) continue;
    resize(group, group.scalingConfig.desiredSize - 1);
    group.instances?.splice(at, 1);
    return;
  }
  throw new AwsError("ValidationError", `Instance Id not found - ${id}`);
}

/** Tags of a request by the group they are for. */
function tagOperations(
  named: (name: string | undefined) => ScalingGroup,
  all: () => ScalingGroup[],
): EmulatedService["operations"] {
  return [
    {
      name: "CreateOrUpdateTags",
      answer: (call) => {
        for (const tag of listOf(formOf(call), "Tags.member")) {
          const { group } = named(tag.ResourceId);
          group.scalingTags = {
            ...group.scalingTags,
            [tag.Key ?? ""]: tag.Value ?? "",
          };
        }
        return queryAnswer("CreateOrUpdateTags", {});
      },
    },
    {
      name: "DeleteTags",
      answer: (call) => {
        for (const tag of listOf(formOf(call), "Tags.member")) {
          const { group } = named(tag.ResourceId);
          group.scalingTags = Object.fromEntries(
            Object.entries(group.scalingTags ?? {}).filter(
              ([key]) => key !== tag.Key,
            ),
          );
        }
        return queryAnswer("DeleteTags", {});
      },
    },
    {
      name: "DescribeTags",
      answer: (call) => {
        const wanted = listOf(formOf(call), "Filters.member");
        const has = (name: string, value: string) =>
          wanted
            .filter(({ Name }) => Name === name)
            .every((filter) => Object.values(filter).slice(1).includes(value));
        const tags = all()
          .filter((one) => has("auto-scaling-group", nameOf(one)))
          .flatMap((one) =>
            Object.entries(tagsOf(one))
              .filter(([key]) => has("key", key))
              .map((tag) => tagAnswer(one, tag)),
          );
        return queryAnswer("DescribeTags", { Tags: { member: tags } });
      },
    },
  ];
}
