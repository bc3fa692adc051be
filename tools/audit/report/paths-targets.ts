import { type Graph, type Subject, ofType, targetsOf } from "../graph";
import { comparedRanges, isReadAsPrivate } from "../made-or-read";
import { containersOf, labelsOfPod, nameOf, namespaceOf } from "../pods";
import {
  type Place,
  addressIn,
  groupsOf,
  groupsOfNodeGroup,
} from "../reachability";
import { at, documentOf, first, textsAt } from "../reading";
import { balancerSetting } from "../ingress";
import { callersOf } from "./network-ingress";
import { showSubject as storeName } from "./shown";

/** Where something listens. */
export interface Target {
  readonly what: string;
  readonly places: readonly Place[];
  readonly ports: readonly number[];
  /** Never the node that somebody is on, inside of which no security group is asked. */
  readonly isElsewhere?: boolean;
  /** What nobody proved, where a connection gets there. */
  readonly open?: string;
}

/** Name of the target that wants a token. */
export const API = "Kubernetes API";
export const PUBLIC_API = `${API}, by its public endpoint`;
/** Name of the target outside. */
export const INTERNET = "the internet";

/** How targets begin that are load balancers. */
export const BALANCER = "load balancer of ";

/** Load balancers: on the internet, or in the subnets that nodes have too. Their groups, which a controller makes, let ranges in. */
const balancers = (graph: Graph): Target[] =>
  ofType(graph, "kubernetes_ingress_v1").map((ingress) => {
    const isPublic =
      balancerSetting(graph, ingress, "scheme") === "internet-facing";
    const ranges = callersOf(graph, ingress);
    const listeners = at(
      documentOf(balancerSetting(graph, ingress, "listen-ports")),
      "",
    ).flatMap((one) => Object.values(one as Readonly<Record<string, number>>));
    return {
      what: `${BALANCER}${namespaceOf(ingress)}/${nameOf(ingress)}`,
      places: isPublic
        ? outside(graph)
        : addressesOf(graph, false).map((address) => ({ address })),
      ports: listeners.length === 0 ? [443] : listeners,
      ...openTo(nameOf(ingress), ranges),
    };
  });

/** The endpoint of the cluster on the internet, by its ranges. */
const publicEndpoint = (graph: Graph): Target[] =>
  ofType(graph, "aws_eks_cluster")
    .filter(
      ({ body }) => first(body, "vpc_config.endpoint_public_access") === true,
    )
    .map(({ body }) => ({
      what: PUBLIC_API,
      places: outside(graph),
      ports: [443],
      ...openTo(
        "the Kubernetes API",
        textsAt(body, "vpc_config.public_access_cidrs"),
      ),
    }));

/** What decides where something lets ranges in only. */
const openTo = (
  what: string,
  ranges: readonly string[],
): Pick<Target, "open"> =>
  ranges.length === 0 || ranges.includes("0.0.0.0/0")
    ? {}
    : {
        open: `whether the ranges of ${what}, ${ranges.join(", ")}, take in where it comes from`,
      };

/** An address that belongs to nobody, where something leads out. */
const outside = (graph: Graph): Place[] =>
  leadsOut(graph) ? [{ address: "192.0.2.80" }] : [];

/** Everything that listens. */
export function targetsIn(graph: Graph): Target[] {
  const nodes = addressesOf(graph, false);
  const cluster = ofType(graph, "aws_eks_cluster");
  const services = [
    ...cluster.flatMap(({ body }) =>
      at(body, "kubernetes_network_config.service_ipv4_cidr").map(String),
    ),
    ...comparedRanges(graph, "aws_eks_cluster"),
  ];
  const groups = cluster.length === 0 ? {} : { groups: cluster };
  const store = (type: string, port: number): Target[] =>
    ofType(graph, type).map((one) => ({
      what: storeName(one),
      places: guardsOf(graph, one).flatMap((guard) =>
        nodes.map((address) => ({ address, groups: groupsOf(graph, guard) })),
      ),
      ports: [Number(first(one.body, "port") ?? port)],
    }));
  return [
    {
      what: API,
      places: [...services.map(addressIn), ...nodes].map((address) => ({
        address,
        ...groups,
      })),
      ports: [443],
    },
    ...store("aws_elasticache_replication_group", 6379),
    ...store("aws_db_instance", 5432),
    ...store("aws_efs_file_system", 2049),
    ...ofType(graph, "kubernetes_deployment_v1").map((one) => ({
      what: `pods of ${namespaceOf(one)}/${nameOf(one)}`,
      places: addressesOf(graph, true).map((address) => ({
        address,
        ...groups,
        pod: {
          namespace: namespaceOf(one),
          labels: labelsOfPod(one),
        },
      })),
      ports: containersOf(one)
        .flatMap((container) => at(container, "port.container_port"))
        .map(Number),
    })),
    {
      what: "kubelets of other nodes",
      isElsewhere: true,
      places: [
        groups,
        ...ofType(graph, "aws_eks_node_group").map((one) => ({
          groups: groupsOfNodeGroup(graph, one),
        })),
      ].flatMap((some) => nodes.map((address) => ({ address, ...some }))),
      ports: [10250],
    },
    ...publicEndpoint(graph),
    ...balancers(graph),
    {
      what: INTERNET,
      places: outside(graph),
      ports: [80, 443],
    },
  ].filter(({ ports }) => ports.length > 0);
}

/** What has the groups of a store: itself, or the mount targets of a file system. */
const guardsOf = (graph: Graph, store: Subject): Subject[] =>
  store.type === "aws_efs_file_system"
    ? ofType(graph, "aws_efs_mount_target").filter(
        ({ stack }) => stack === store.stack,
      )
    : [store];

/** A VPC that is read may lead out: nothing here says that it does not. */
const leadsOut = (graph: Graph): boolean =>
  ofType(graph, "aws_nat_gateway", "aws_internet_gateway").length > 0 ||
  ofType(graph, "aws_vpc").length === 0;

/** An address in each subnet of nodes, or of pods where these have subnets of their own. */
export function addressesOf(graph: Graph, ofPods: boolean): string[] {
  const named = (type: string): string[] =>
    ofType(graph, type)
      .filter(
        ({ body }) => type !== "aws_eks_addon" || body.addon_name === "vpc-cni",
      )
      .flatMap((one) =>
        targetsOf(
          graph,
          one.stack,
          type === "aws_eks_addon"
            ? one.body.configuration_values
            : one.body.subnet_ids,
        ),
      )
      .filter((one) => one.type === "aws_subnet")
      .map(({ body }) => String(body.cidr_block));
  const pods = ofPods ? named("aws_eks_addon") : [];
  const own = pods.length > 0 ? pods : named("aws_eks_node_group");
  const given = ofType(graph, "data.aws_subnet")
    .filter(isReadAsPrivate)
    .flatMap(({ body }) => textsAt(body, "lifecycle.postcondition.condition"))
    .flatMap((condition) => condition.match(/\d+(\.\d+){3}\/\d+/g) ?? []);
  const ranges = own.length > 0 ? own : given;
  return [
    ...new Set(ranges.length > 0 ? ranges : comparedRanges(graph, "aws_vpc")),
  ].map(addressIn);
}
