import { CLOUDWATCH_OBSERVABILITY } from "../../../modules/aws/eks/cloudwatch-observability";
import { ROLE_ANNOTATION } from "../../../modules/aws/iam/role-trust";
import { configsOf, level } from "../exposures";
import { type Graph, type Subject, ofType, targetsOf } from "../graph";
import { matches } from "../network-policies";
import {
  POD_TYPES,
  accountOf,
  boundAccounts,
  nameOf,
  namespaceOf,
  podOf,
  labelsOfPod,
  workloadOf,
} from "../pods";
import { type Place, groupsOfNodeGroup } from "../reachability";
import { at, first, isObject, isOn, textsAt } from "../reading";
import { foldersOf } from "./data-holds";
import { addressesOf } from "./paths-targets";
import { showSubject } from "./shown";

/** Somebody who may try to reach something. */
export interface Actor {
  readonly who: string;
  /** Where the JSON has it. */
  readonly path: string;
  /** What users write runs there. */
  readonly isUserCode: boolean;
  readonly places: readonly Place[];
  /** Launch templates of the nodes it may run on. */
  readonly templates: readonly Subject[];
  /** Past every network policy and the hop limit: the network of the node. */
  readonly onHost: boolean;
  /** A chart decides whether some of its pods are. */
  readonly mayBeOnHost?: boolean;
  /** Claims that its pods mount, and the file systems behind these, as tables name them. */
  readonly claims: readonly string[];
  readonly mounted: readonly string[];
  /** Roles of AWS that it may take by its service account, or by the node. */
  readonly roles: readonly string[];
  /** Accounts whose token for the Kubernetes API it gets. */
  readonly tokens: readonly string[];
}

/** Who is asked about: code of users, our pods, controllers, nodes. */
export function actorsOf(graph: Graph): Actor[] {
  const groups = ofType(graph, "aws_eks_node_group");
  return [
    ...ofType(graph, "kubernetes_namespace_v1")
      .filter((one) => level(one) !== "restricted")
      .map((one) => userCode(graph, one, groups)),
    ...ofType(graph, ...POD_TYPES).map((one) => pods(graph, one, groups)),
    ...controllers(graph, groups),
    ...groups.map((one) => nodes(graph, one)),
  ];
}

function userCode(
  graph: Graph,
  namespace: Subject,
  all: readonly Subject[],
): Actor {
  const name = nameOf(namespace);
  const builds = configsOf(graph)
    .map((config) => first(config, "wave.build.k8s"))
    .filter((k8s) => first(k8s, "namespace") === name);
  const selectors = builds.flatMap((k8s) =>
    Object.values(first(k8s, "nodeSelector") ?? {}).map(String),
  );
  const own = all.filter(({ body, stack }) =>
    builds.length > 0
      ? selectors.some((one) => hasLabel(body, one))
      : stack === namespace.stack,
  );
  // Wave names the account of its builds; whoever else makes a pod may name any, and the default one is always there.
  const wanted = builds.map((k8s) => first(k8s, "serviceAccount"));
  const accounts = accountsIn(graph, name).filter(
    (one) => wanted.length === 0 || wanted.includes(nameOf(one)),
  );
  const hasDefault =
    wanted.length > 0 || accounts.some((one) => nameOf(one) === "default");
  return {
    who: `${builds.length > 0 ? "code of a build, on nodes that Wave names" : "code of others"}, in ${name}`,
    path: namespace.path,
    isUserCode: true,
    ...placed(graph, own.length > 0 || builds.length > 0 ? own : all, {
      namespace: name,
      labels: {},
    }),
    ...mounting(graph, name),
    onHost: false,
    roles: accounts.flatMap((one) => rolesOf(graph, one)),
    tokens: [
      ...accounts
        .filter(({ body }) =>
          isOn(body.automount_service_account_token ?? true),
        )
        .map((one) => `${name}/${nameOf(one)}`),
      ...(hasDefault ? [] : [`${name}/default`]),
    ].map((one) => withRights(graph, one)),
  };
}

function pods(graph: Graph, one: Subject, all: readonly Subject[]): Actor {
  const pod = podOf(one);
  const [space = "", account = ""] = accountOf(one).split("/");
  const selector = first(pod, "node_selector");
  const own = all.filter(
    ({ body }) =>
      selector === undefined ||
      matches({ service: first(selector, "service") }, first(body, "labels")),
  );
  const accounts = accountsIn(graph, space).filter(
    (found) => nameOf(found) === account,
  );
  return {
    who: `pods of ${workloadOf(one)}`,
    path: one.path,
    isUserCode: false,
    ...placed(graph, own, {
      namespace: namespaceOf(one),
      labels: labelsOfPod(one),
    }),
    ...mounting(
      graph,
      namespaceOf(one),
      textsAt(pod, "volume.persistent_volume_claim.claim_name"),
    ),
    onHost: isOn(first(pod, "host_network")),
    roles: accounts.flatMap((found) => rolesOf(graph, found)),
    tokens: isOn(first(pod, "automount_service_account_token") ?? true)
      ? [withRights(graph, `${space}/${account}`)]
      : [],
  };
}

/** Charts in the namespace of the cluster, where no policy of ours is; which of their pods use the node's network is theirs to say. */
function controllers(graph: Graph, all: readonly Subject[]): Actor[] {
  const charts = ofType(graph, "helm_release").filter(
    ({ body }) => body.namespace === "kube-system",
  );
  const agents = ofType(graph, "aws_eks_addon").filter(
    ({ body }) => body.addon_name === CLOUDWATCH_OBSERVABILITY.addOn,
  );
  const names = [
    ...charts.map(({ body }) => String(body.chart)),
    ...agents.map(({ body }) => `add-on ${String(body.addon_name)}`),
  ];
  const roles = [...charts, ...agents].flatMap(({ stack, body }) =>
    targetsOf(graph, stack, [
      ...at(body, "values"),
      ...at(body, "service_account_role_arn"),
    ])
      .filter(({ type }) => type === "aws_iam_role")
      .map(({ path }) => path),
  );
  return charts.length === 0
    ? []
    : [
        {
          who: `controllers and agents in namespaces of EKS: ${names.join(", ")}`,
          path: charts[0]?.path ?? "",
          isUserCode: false,
          ...placed(graph, all, { namespace: "kube-system", labels: {} }),
          ...NO_VOLUME,
          onHost: false,
          mayBeOnHost: true,
          roles: [...new Set(roles)],
          tokens: ["the charts' accounts"],
        },
      ];
}

function nodes(graph: Graph, group: Subject): Actor {
  const isRoot = privilegedOn(graph, group);
  return {
    who: `node of ${group.path.replace(/\/Default$/, "")}${isRoot.length === 0 ? "" : `, or a privileged pod of ${isRoot.join(", ")} on it`}`,
    path: group.path,
    isUserCode: false,
    ...placed(graph, [group]),
    ...NO_VOLUME,
    onHost: true,
    roles: targetsOf(graph, group.stack, group.body.node_role_arn)
      .filter(({ type }) => type === "aws_iam_role")
      .map(({ path }) => path),
    tokens: ["its kubelet"],
  };
}

/** Namespaces that take privileged pods, where their pods may run on these nodes: such a pod is root there. */
const privilegedOn = (graph: Graph, group: Subject): string[] =>
  ofType(graph, "kubernetes_namespace_v1")
    .filter((one) => level(one) === "privileged")
    .filter((one) =>
      userCode(graph, one, ofType(graph, "aws_eks_node_group")).templates.some(
        (template) =>
          targetsOf(
            graph,
            group.stack,
            at(group.body, "launch_template"),
          ).includes(template),
      ),
    )
    .map(nameOf);

/** Addresses, groups and templates of pods, or of nodes themselves, on some groups of nodes. */
function placed(
  graph: Graph,
  groups: readonly Subject[],
  pod?: NonNullable<Place["pod"]>,
): Pick<Actor, "places" | "templates"> {
  const templates = groups.flatMap((one) =>
    targetsOf(graph, one.stack, at(one.body, "launch_template")),
  );
  const addresses = addressesOf(graph, pod !== undefined);
  const spots: Omit<Place, "address">[] =
    groups.length > 0
      ? groups.map((one) => ({ groups: groupsOfNodeGroup(graph, one) }))
      : givenGroups(graph);
  return {
    templates: [...new Set(templates)],
    places: spots.flatMap((spot) =>
      addresses.map((address) => ({
        ...spot,
        address,
        ...(pod === undefined ? {} : { pod }),
      })),
    ),
  };
}

/** Nodes of somebody else, by the groups that the stores' rules name. */
function givenGroups(graph: Graph): Omit<Place, "address">[] {
  const ids = ofType(graph, "aws_vpc_security_group_ingress_rule")
    .flatMap(({ body }) => textsAt(body, "referenced_security_group_id"))
    .filter((id) => id.startsWith("sg-"));
  return ids.length === 0
    ? [{}]
    : [...new Set(ids)].map((groupId) => ({ groupId }));
}

/** An account, and whether a Role gives it anything. */
const withRights = (graph: Graph, account: string): string =>
  boundAccounts(graph).has(account)
    ? account
    : `${account}, to which no Role gives anything`;

const NO_VOLUME = { claims: [], mounted: [] };

/** What pods of a namespace mount: some claims, or any of it. */
function mounting(
  graph: Graph,
  namespace: string,
  names?: readonly string[],
): Pick<Actor, "claims" | "mounted"> {
  const volumes = ofType(graph, "kubernetes_persistent_volume_v1").filter(
    ({ body }) =>
      first(body, "spec.claim_ref.namespace") === namespace &&
      (names?.includes(String(first(body, "spec.claim_ref.name"))) ?? true),
  );
  return {
    claims: volumes.map((one) => claimText(graph, one)),
    mounted: volumes.flatMap((one) =>
      targetsOf(
        graph,
        one.stack,
        at(one.body, "spec.persistent_volume_source"),
      ).map(showSubject),
    ),
  };
}

/** A claim with the folder that its access point opens, and the other claims that open the same. */
function claimText(graph: Graph, volume: Subject): string {
  const name = ({ body }: Subject): string =>
    ["namespace", "name"]
      .map((key) => String(first(body, `spec.claim_ref.${key}`)))
      .join("/");
  const [folder] = foldersOf(graph, volume);
  if (folder === undefined) return name(volume);
  const others = ofType(graph, "kubernetes_persistent_volume_v1").filter(
    (one) => one !== volume && foldersOf(graph, one).includes(folder),
  );
  return `${name(volume)} (${folder}${others.length === 0 ? "" : `, which ${others.map(name).join(" and ")} opens too`})`;
}

const accountsIn = (graph: Graph, namespace: string): Subject[] =>
  ofType(
    graph,
    "kubernetes_service_account_v1",
    "kubernetes_default_service_account_v1",
  ).filter((one) => namespaceOf(one) === namespace);

const rolesOf = (graph: Graph, account: Subject): string[] => {
  const notes = first(account.body, "metadata.annotations");
  return isObject(notes)
    ? targetsOf(graph, account.stack, notes[ROLE_ANNOTATION])
        .filter(({ type }) => type === "aws_iam_role")
        .map(({ path }) => path)
    : [];
};

function hasLabel(body: unknown, selector: string): boolean {
  const [key = "", value] = selector.split("=");
  const labels = first(body, "labels");
  return isObject(labels) && labels[key] === value;
}
