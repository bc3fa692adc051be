import { type Aws, queryCall, restCall } from "../../aws/client";
import { type XmlElement, childrenOf, xmlElements } from "../../aws/xml";
import { type KubeApi } from "../api";
import { type Rendered } from "./rendered";

/** Seconds that nobody needed a node before it goes: the real one waits for what the settings say. */
const UNNEEDED_MS = 4000;

interface Group {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly desired: number;
  readonly instances: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

interface Pod {
  readonly metadata: {
    readonly ownerReferences?: readonly { readonly kind: string }[];
  };
  readonly spec: {
    readonly nodeName?: string;
    readonly nodeSelector?: Readonly<Record<string, string>>;
  };
  readonly status: { readonly phase: string };
}

interface Node {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly providerID?: string };
}

/**
 * Plays the Cluster Autoscaler: finds groups by the tag of the release, adds a node for a pod that waits and that the group's
 * labels would take, and ends one on which nothing runs. It moves no pod, and weighs no resources. Its calls are asked of the
 * role that was deployed, and it works only while the release is there.
 */
export class AutoscalerStandIn {
  private readonly idleSince = new Map<string, number>();

  /** @param aws With the access key of the autoscaler. */
  constructor(
    private readonly api: KubeApi,
    private readonly aws: Aws,
    private readonly cluster: string,
    private readonly rendered: Rendered,
  ) {}

  async look(): Promise<void> {
    const [pods, nodes] = await Promise.all([
      this.list<Pod>("pods"),
      this.list<Node>("nodes"),
    ]);
    for (const group of await this.groups()) {
      const own = nodes.filter(({ spec }) =>
        group.instances.includes(spec.providerID?.split("/").at(-1) ?? ""),
      );
      // A node on its way is waited for.
      if (own.length < group.desired) continue;
      const empty = own.filter(
        ({ metadata }) => !pods.some((pod) => runsOn(pod, metadata.name)),
      );
      const waits = pods.some((pod) => waitsFor(pod, group));
      if (waits && empty.length === 0 && group.desired < group.max)
        await this.call("SetDesiredCapacity", {
          AutoScalingGroupName: group.name,
          DesiredCapacity: String(group.desired + 1),
          HonorCooldown: "false",
        });
      if (!waits) await this.removeOne(group, own, empty);
    }
  }

  private async removeOne(
    group: Group,
    own: readonly Node[],
    empty: readonly Node[],
  ): Promise<void> {
    for (const node of own)
      if (!empty.includes(node)) this.idleSince.delete(node.metadata.name);
    for (const { metadata, spec } of empty) {
      const since = this.idleSince.get(metadata.name) ?? Date.now();
      this.idleSince.set(metadata.name, since);
      if (Date.now() - since < UNNEEDED_MS || group.desired <= group.min)
        continue;
      this.idleSince.delete(metadata.name);
      await this.call("TerminateInstanceInAutoScalingGroup", {
        InstanceId: spec.providerID?.split("/").at(-1) ?? "",
        ShouldDecrementDesiredCapacity: "true",
      });
      return;
    }
  }

  private async groups(): Promise<Group[]> {
    const { key, value } = this.rendered.tag;
    const xml = await this.call("DescribeAutoScalingGroups", {
      "Filters.member.1.Name": `tag:${key}`,
      "Filters.member.1.Values.member.1": value,
    });
    const found = xmlElements(xml).filter(
      ({ AutoScalingGroupName: name }) => typeof name === "string",
    );
    return Promise.all(found.map((element) => this.groupOf(element)));
  }

  private async groupOf(element: XmlElement): Promise<Group> {
    const { Tags, Instances } = element;
    const tags = membersOf(Tags);
    const nodeGroup = tags.find(({ Key }) => Key === "eks:nodegroup-name");
    const { nodegroup } = (await restCall(
      this.aws,
      "eks",
      "GET",
      `/clusters/${this.cluster}/node-groups/${String(nodeGroup?.Value)}`,
    )) as { nodegroup: { labels: Record<string, string> } };
    return {
      name: String(element.AutoScalingGroupName),
      min: Number(element.MinSize),
      max: Number(element.MaxSize),
      desired: Number(element.DesiredCapacity),
      instances: membersOf(Instances).map((one) => String(one.InstanceId)),
      labels: nodegroup.labels,
    };
  }

  private call(
    action: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<string> {
    return queryCall(this.aws, "autoscaling", "2011-01-01", action, parameters);
  }

  private async list<T>(kind: string): Promise<T[]> {
    const { items } = (await this.api.call("GET", `/api/v1/${kind}`)) as {
      items: T[];
    };
    return items;
  }
}

const membersOf = (list: unknown): XmlElement[] =>
  childrenOf((list as XmlElement | undefined)?.member).filter(
    (one): one is XmlElement => typeof one === "object",
  );

const runsOn = ({ metadata, spec, status }: Pod, node: string): boolean =>
  spec.nodeName === node &&
  !["Succeeded", "Failed"].includes(status.phase) &&
  metadata.ownerReferences?.[0]?.kind !== "DaemonSet";

const waitsFor = ({ spec, status }: Pod, { labels }: Group): boolean =>
  status.phase === "Pending" &&
  spec.nodeName === undefined &&
  Object.entries(spec.nodeSelector ?? {}).every(
    ([key, value]) => labels[key] === value || key.startsWith("kubernetes.io/"),
  );
