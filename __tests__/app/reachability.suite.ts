import { networkFactsOf } from "../../modules/core/network-facts";
import { podSubnetsOf } from "../../modules/lib/subnets";
import { isClassic, hasBuilds } from "../../modules/wave/release/line";
import {
  type Graph,
  type Subject,
  graphOf,
  ofType,
} from "../../tools/audit/graph";
import { at, first } from "../../tools/audit/reading";
import { calledServices, endpointsOf } from "../support/called-services";
import {
  type Place,
  addressIn,
  groupsLetPass,
  groupsOf,
  groupsOfNodeGroup,
  isIn,
  policiesLetPass,
  reaches,
} from "../../tools/audit/reachability";
import { type CreatedWaveSettings } from "../support/settings";
import { NETWORK_VARIANTS, outside } from "../support/network-variants";
import { synthApp } from "../support/synth";

const STRANGER = outside("198.51.100.66");

/** Groups of the nodes with a label `service`. */
const groupsOfNodes = (graph: Graph, service: string): Subject[] =>
  ofType(graph, "aws_eks_node_group")
    .filter(({ body }) => first(body, "labels.service") === service)
    .flatMap((group) => groupsOfNodeGroup(graph, group));

/** Who is where, in one variant. */
function placesOf(settings: CreatedWaveSettings, graph: Graph) {
  const network = networkFactsOf(settings);
  const inside = Object.values(network.privateCidrs).map(addressIn);
  const { podCidr, zones } = settings.network;
  const insideOfPods =
    podCidr === undefined
      ? inside
      : Object.values(podSubnetsOf(podCidr, zones)).map(addressIn);
  const balancerRanges =
    settings.wave.ingress.scheme === "internal"
      ? network.privateCidrs
      : network.publicCidrs;
  const { namespace, buildNamespace } = settings.wave;
  const cluster = ofType(graph, "aws_eks_cluster");
  const system = groupsOfNodes(graph, "wave-system");
  const buildNodes = ofType(graph, "aws_eks_node_group")
    .map(({ body }) => String(first(body, "labels.service")))
    .filter((service) => service.startsWith("wave-build"))
    .map((service) => groupsOfNodes(graph, service));
  const pods = (
    namespaceOf: string,
    labels: Record<string, string>,
    groups = system,
  ): Place[] =>
    insideOfPods.map((address) => ({
      address,
      groups,
      pod: { namespace: namespaceOf, labels },
    }));
  const guarded = (
    guards: readonly Subject[],
    addresses: readonly string[] = inside,
  ): Place[] =>
    guards.flatMap((guard) =>
      addresses.map((address) => ({ address, groups: groupsOf(graph, guard) })),
    );
  const stores = (type: string): Place[] => guarded(ofType(graph, type));
  return {
    nodes: inside.map((address) => ({ address, groups: system })),
    buildNodes: buildNodes.flatMap((groups) =>
      inside.map((address) => ({ address, groups })),
    ),
    balancer: Object.values(balancerRanges).map(addressIn).map(outside),
    // The Service, and the interfaces of the control plane in the private subnets.
    api: [addressIn(network.serviceCidr), ...inside.slice(0, 2)].map(
      (address): Place => ({ address, groups: cluster }),
    ),
    apiService: [
      { address: addressIn(network.serviceCidr), groups: cluster },
    ] as Place[],
    wave: pods(namespace, { app: "wave-app" }),
    surreal: pods(namespace, { app: "surrealv1" }),
    surrealExport: pods(namespace, { app: "surreal-export" }),
    sweep: pods(buildNamespace, {
      app: isClassic(settings) ? "wave-build-sweep" : "wave-build-cleanup",
    }),
    // Wave chooses the labels of its builds, and their nodes by the selectors of its configuration.
    builds: buildNodes.flatMap((groups) => pods(buildNamespace, {}, groups)),
    dns: pods("kube-system", { "k8s-app": "kube-dns" }),
    metrics: pods("kube-system", { "k8s-app": "metrics-server" }),
    webhooks: pods("kube-system", {
      "app.kubernetes.io/name": "aws-load-balancer-controller",
    }),
    redis: stores("aws_elasticache_replication_group"),
    postgres: stores("aws_db_instance"),
    files: stores("aws_efs_mount_target"),
    endpoints: guarded(
      ofType(graph, "aws_vpc_endpoint").filter(
        ({ body }) => body.vpc_endpoint_type === "Interface",
      ),
      network.endpointCidrs.map(addressIn),
    ),
    web: [outside("192.0.2.80")],
    nodeCredentials: [outside("169.254.169.254"), outside("169.254.170.23")],
  };
}

type Places = ReturnType<typeof placesOf>;
type Row = readonly [
  who: keyof Places,
  whom: keyof Places,
  port: number,
  protocol?: "UDP",
];

/** Where there is such a place in the variant. */
const MUST: readonly Row[] = [
  ["api", "nodes", 10250],
  ["api", "webhooks", 9443],
  ["nodes", "api", 443],
  ["nodes", "files", 2049],
  ["nodes", "endpoints", 443],
  ["nodes", "web", 443],
  ["api", "buildNodes", 10250],
  ["metrics", "nodes", 10250],
  ["metrics", "buildNodes", 10250],
  ["buildNodes", "api", 443],
  ["buildNodes", "dns", 53],
  ["buildNodes", "dns", 53, "UDP"],
  ["buildNodes", "files", 2049],
  ["buildNodes", "endpoints", 443],
  ["buildNodes", "web", 80],
  ["buildNodes", "web", 443],
  ["wave", "dns", 53],
  ["wave", "dns", 53, "UDP"],
  ["wave", "redis", 6379],
  ["wave", "postgres", 5432],
  ["wave", "surreal", 8000],
  ["wave", "api", 443],
  ["wave", "endpoints", 443],
  ["wave", "web", 443],
  ["surrealExport", "dns", 53, "UDP"],
  ["surrealExport", "surreal", 8000],
  ["surrealExport", "web", 443],
  ["sweep", "api", 443],
  ["builds", "dns", 53],
  ["builds", "dns", 53, "UDP"],
  ["builds", "endpoints", 443],
  ["builds", "web", 443],
];

const MUST_NOT: readonly Row[] = [
  ["wave", "nodeCredentials", 80],
  ["wave", "files", 2049],
  ["surreal", "web", 443],
  ["surrealExport", "redis", 6379],
  ["balancer", "redis", 6379],
  ["balancer", "postgres", 5432],
  ["balancer", "files", 2049],
];

/** Closed twice: no security group lets it pass, whatever policies do, and no policy, whatever groups do. */
const BUILDS_MUST_NOT_TWICE: readonly Row[] = [
  ["builds", "wave", 9090],
  ["builds", "surreal", 8000],
  ["builds", "redis", 6379],
  ["builds", "postgres", 5432],
];

/**
 * Closed once, by policies: their nodes reach the API and the files from the same addresses, and instance metadata passes every
 * group. The interfaces of the API are open to them too where interface endpoints answer in the same subnets.
 */
const BUILDS_MUST_NOT_BY_POLICY: readonly Row[] = [
  ["builds", "apiService", 443],
  ["builds", "files", 2049],
  ["builds", "nodeCredentials", 80],
];

/** Closed once, by groups: policies do not name the ports of nodes and of what runs beside Wave. */
const BUILDS_MUST_NOT_BY_GROUP: readonly Row[] = [
  ["builds", "nodes", 22],
  ["builds", "nodes", 10250],
  ["builds", "buildNodes", 10250],
  ["builds", "webhooks", 9443],
  ["builds", "metrics", 10251],
];

/** What a line or mode does not have. */
const isThere = (settings: CreatedWaveSettings, name: keyof Places): boolean =>
  name.startsWith("surreal")
    ? isClassic(settings)
    : ["builds", "buildNodes", "sweep", "files"].includes(name)
      ? hasBuilds(settings)
      : true;

describe.each(Object.entries(NETWORK_VARIANTS))(
  "%s",
  (_name, [settings, deployer]) => {
    const graph = graphOf(synthApp(settings));
    const places = placesOf(settings, graph);
    const judged = (rows: readonly Row[], isOpen = reaches) =>
      rows
        .filter(
          ([who, whom]) => isThere(settings, who) && isThere(settings, whom),
        )
        .flatMap(([who, whom, port, protocol]) =>
          places[who].flatMap((from) =>
            places[whom].map((to) => ({
              connection: `${who} ${from.address} → ${whom} ${to.address}:${port}`,
              isReached: isOpen(graph, from, to, port, protocol),
            })),
          ),
        );
    const publicRanges = ofType(graph, "aws_eks_cluster").flatMap(({ body }) =>
      at(body, "vpc_config.public_access_cidrs").map(String),
    );
    const reachesApi = (from: Place): boolean =>
      publicRanges.some((range) => isIn(range, from.address)) ||
      places.api.slice(1).every((to) => reaches(graph, from, to, 443));

    test("who deploys reaches the Kubernetes API, and a stranger does not", () => {
      expect(reachesApi(deployer)).toBe(true);
      expect(reachesApi(STRANGER)).toBe(false);
      expect(reachesApi(outside("10.99.0.1"))).toBe(false);
    });

    test("everybody reaches what he needs, in every zone", () => {
      const rows = judged(MUST);
      expect(rows.length).toBeGreaterThan(10);
      expect(
        rows.filter(({ isReached }) => !isReached).map((row) => row.connection),
      ).toEqual([]);
    });

    const open = (...asked: Parameters<typeof judged>): string[] =>
      judged(...asked)
        .filter(({ isReached }) => isReached)
        .map((row) => row.connection);

    test("nobody reaches what is not his", () => {
      expect(open(MUST_NOT)).toEqual([]);
    });

    test("builds reach neither Wave nor a store: no security group lets them, and no policy", () => {
      expect(open(BUILDS_MUST_NOT_TWICE, groupsLetPass)).toEqual([]);
      expect(open(BUILDS_MUST_NOT_TWICE, policiesLetPass)).toEqual([]);
    });

    test("policies keep builds from the Kubernetes API, the files and the node's credentials, where groups let the node pass", () => {
      expect(open(BUILDS_MUST_NOT_BY_POLICY, policiesLetPass)).toEqual([]);
      const passed = judged(BUILDS_MUST_NOT_BY_POLICY, groupsLetPass);
      expect(passed.filter(({ isReached }) => !isReached)).toEqual([]);
    });

    test("groups keep builds from other nodes and from what runs beside Wave", () => {
      expect(open(BUILDS_MUST_NOT_BY_GROUP, groupsLetPass)).toEqual([]);
    });

    if (!settings.network.internet)
      test("nothing leads to the internet, and every service that nodes and pods may call answers in the VPC", () => {
        for (const type of ["aws_internet_gateway", "aws_nat_gateway"])
          expect(ofType(graph, type)).toEqual([]);
        expect(ofType(graph, "aws_route")).toEqual([]);
        const there = endpointsOf(graph);
        const missing = calledServices(graph, settings).filter(
          (service) => !there.includes(service),
        );
        expect(missing).toEqual([]);
        // Endpoints have subnets of their own here, so that policies close the interfaces of the API too.
        expect(open([["builds", "api", 443]], policiesLetPass)).toEqual([]);
      });

    test("the load balancer reaches Wave from every subnet it stands in", () => {
      const [ingress] = ofType(graph, "kubernetes_ingress_v1");
      const annotations = first(ingress?.body, "metadata.annotations");
      // The controller opens the nodes to its own group, unless it is given others.
      expect(annotations).not.toHaveProperty([
        "alb.ingress.kubernetes.io/security-groups",
      ]);
      for (const from of places.balancer)
        for (const to of places.wave) {
          const pods = { address: to.address, pod: to.pod };
          expect(reaches(graph, from, pods, 9090)).toBe(true);
        }
    });
  },
);
