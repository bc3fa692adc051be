import { randomInt } from "node:crypto";
import { type Aws, ec2Call, queryCall } from "../../aws/client";
import { childrenOf, xmlElements, xmlTexts } from "../../aws/xml";
import { type Balancer, type Change, type Wanted } from "./model";

/** Tags by which a controller finds what it made for a group of its cluster: groups of two clusters may have one name. */
const GROUP_TAG = "ingress.k8s.aws/stack";
const CLUSTER_TAG = "elbv2.k8s.aws/cluster";

/** Tags that hold what the emulator has no place for: a host name that is never the same twice, and the web ACL. */
const HOST_TAG = "lab/hostname";
const WEB_ACL_TAG = "lab/web-acl";

/** Load balancers that the controller of a cluster made, in the emulated AWS. */
export class Balancers {
  constructor(
    private readonly aws: Aws,
    private readonly cluster: string,
  ) {}

  /** Those of a group. */
  async ofGroup(group: string): Promise<Balancer[]> {
    const arns = xmlTexts(
      await this.call("DescribeLoadBalancers"),
      "LoadBalancerArn",
    );
    const found: Balancer[] = [];
    for (const arn of arns) {
      const tags = await this.tagsOf(arn);
      if (tags[GROUP_TAG] === group && tags[CLUSTER_TAG] === this.cluster)
        found.push(await this.read(arn, tags));
    }
    return found;
  }

  /** Carries out one change of a group. */
  async apply(group: string, wanted: Wanted, change: Change): Promise<void> {
    if (change.kind === "create") return this.create(group, wanted);
    const LoadBalancerArn = change.balancer.arn;
    switch (change.kind) {
      case "delete":
        await this.call("DeleteLoadBalancer", { LoadBalancerArn });
        return;
      case "attributes":
        await this.call("ModifyLoadBalancerAttributes", {
          LoadBalancerArn,
          ...pairs("Attributes", change.attributes),
        });
        return;
      case "subnets":
        await this.call("SetSubnets", {
          LoadBalancerArn,
          ...members("Subnets", change.subnets),
        });
        return;
      case "web-acl":
        await this.call("AddTags", {
          "ResourceArns.member.1": LoadBalancerArn,
          ...pairs("Tags", { [WEB_ACL_TAG]: change.arn ?? "none" }),
        });
    }
  }

  private async create(group: string, wanted: Wanted): Promise<void> {
    const { name, scheme } = wanted;
    if (name === undefined) throw new Error(`${group} names no load balancer`);
    const internal = scheme === "internal" ? "internal-" : "";
    const host = `${internal}${name}-${randomInt(1e9, 2e9)}.${this.aws.region}.elb.amazonaws.com`;
    await this.call("CreateLoadBalancer", {
      Name: name,
      Scheme: scheme,
      Type: "application",
      ...members("Subnets", wanted.subnets ?? (await this.discover(scheme))),
      ...pairs("Tags", {
        [GROUP_TAG]: group,
        [CLUSTER_TAG]: this.cluster,
        [HOST_TAG]: host.toLowerCase(),
        [WEB_ACL_TAG]: "none",
      }),
    });
  }

  /** Subnets that no annotation names are found by their tag. */
  private async discover(scheme: string): Promise<string[]> {
    const role = scheme === "internal" ? "internal-elb" : "elb";
    return xmlTexts(
      await ec2Call(this.aws, "DescribeSubnets", {
        "Filter.1.Name": `tag:kubernetes.io/role/${role}`,
        "Filter.1.Value.1": "1",
      }),
      "subnetId",
    );
  }

  private async read(
    arn: string,
    tags: Readonly<Record<string, string>>,
  ): Promise<Balancer> {
    const xml = await this.call("DescribeLoadBalancers", {
      "LoadBalancerArns.member.1": arn,
    });
    const attributes = await this.call("DescribeLoadBalancerAttributes", {
      LoadBalancerArn: arn,
    });
    return {
      arn,
      scheme: xmlTexts(xml, "Scheme")[0] ?? "",
      hostname: tags[HOST_TAG] ?? "",
      subnets: xmlTexts(xml, "SubnetId"),
      attributes: keysAndValues(attributes),
      webAcl: tags[WEB_ACL_TAG] === "none" ? undefined : tags[WEB_ACL_TAG],
    };
  }

  private async tagsOf(arn: string): Promise<Record<string, string>> {
    return keysAndValues(
      await this.call("DescribeTags", { "ResourceArns.member.1": arn }),
    );
  }

  private call(
    action: string,
    parameters?: Readonly<Record<string, string>>,
  ): Promise<string> {
    const service = "elasticloadbalancing";
    return queryCall(this.aws, service, "2015-12-01", action, parameters);
  }
}

const members = (
  list: string,
  values: readonly string[],
): Record<string, string> =>
  Object.fromEntries(
    values.map((value, i) => [`${list}.member.${i + 1}`, value]),
  );

const pairs = (
  list: string,
  values: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value], i) => [
      [`${list}.member.${i + 1}.Key`, key],
      [`${list}.member.${i + 1}.Value`, value],
    ]),
  );

/** Elements of an answer that hold `Key` and `Value`. */
const keysAndValues = (xml: string): Record<string, string> =>
  Object.fromEntries(
    xmlElements(xml)
      .filter((element) => "Key" in element)
      .map(({ Key, Value }) => [textOf(Key), textOf(Value)]),
  );

const textOf = (child: unknown): string => {
  const [text] = childrenOf(child);
  return typeof text === "string" ? text : "";
};
