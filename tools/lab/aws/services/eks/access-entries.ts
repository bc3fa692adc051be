import { type Answer, type Operation, jsonAnswer, jsonOf } from "../call";
import {
  type AccessEntry,
  type AssociatedPolicy,
  type Cluster,
  type Clusters,
  type Tags,
  authenticationModeOf,
  clusterOf,
  found,
  inUse,
  invalid,
  refused,
} from "./store";
import { type World, arnIn, nextId, now } from "../world";

interface EntryRequest {
  readonly principalArn: string;
  readonly type?: string;
  readonly username?: string;
  readonly kubernetesGroups?: string[];
  readonly tags?: Tags;
}

const policyPrefix = "arn:aws:eks::aws:cluster-access-policy/";
const policies = ["ClusterAdmin", "Admin", "Edit", "View", "AdminView"].map(
  (name) => `${policyPrefix}AmazonEKS${name}Policy`,
);

export function accessOperations(
  world: World,
  clusters: Clusters,
): Operation[] {
  const path = "/clusters/{cluster}/access-entries";
  const open = (name: string | undefined): Cluster =>
    withEntries(clusterOf(clusters, name));
  const entryOf = (params: Readonly<Record<string, string>>): AccessEntry =>
    found(
      open(params.cluster).accessEntries,
      params.principal,
      "The specified principalArn could not be found.",
    );
  return [
    {
      name: "CreateAccessEntry",
      route: `POST ${path}`,
      answer: (call) => {
        const cluster = open(call.params.cluster);
        const input = jsonOf(call) as EntryRequest;
        return described(cluster, addEntry(world, cluster, input));
      },
    },
    {
      name: "ListAccessEntries",
      route: `GET ${path}`,
      answer: ({ params }) =>
        jsonAnswer({
          accessEntries: [...open(params.cluster).accessEntries.keys()],
        }),
    },
    {
      name: "ListAssociatedAccessPolicies",
      route: `GET ${path}/{principal}/access-policies`,
      answer: ({ params }) =>
        jsonAnswer({
          clusterName: params.cluster,
          principalArn: params.principal,
          associatedAccessPolicies: [...entryOf(params).policies.values()],
        }),
    },
    {
      name: "AssociateAccessPolicy",
      route: `POST ${path}/{principal}/access-policies`,
      answer: (call) =>
        associate(
          call.params,
          entryOf(call.params),
          jsonOf(call) as AssociatedPolicy,
        ),
    },
    {
      name: "DisassociateAccessPolicy",
      route: `DELETE ${path}/{principal}/access-policies/{policy}`,
      answer: ({ params }) => {
        if (!entryOf(params).policies.delete(params.policy ?? ""))
          found(new Map(), params.policy, "No such associated policy.");
        return jsonAnswer({});
      },
    },
    {
      name: "DescribeAccessEntry",
      route: `GET ${path}/{principal}`,
      answer: ({ params }) =>
        described(clusterOf(clusters, params.cluster), entryOf(params)),
    },
    {
      name: "UpdateAccessEntry",
      route: `POST ${path}/{principal}`,
      answer: (call) => {
        const entry = entryOf(call.params);
        const input = jsonOf(call) as Partial<EntryRequest>;
        checkGroups(input.kubernetesGroups);
        entry.kubernetesGroups =
          input.kubernetesGroups ?? entry.kubernetesGroups;
        entry.username = input.username ?? entry.username;
        return described(clusterOf(clusters, call.params.cluster), entry);
      },
    },
    {
      name: "DeleteAccessEntry",
      route: `DELETE ${path}/{principal}`,
      answer: ({ params }) => {
        const { principalArn } = entryOf(params);
        clusterOf(clusters, params.cluster).accessEntries.delete(principalArn);
        return jsonAnswer({});
      },
    },
  ];
}

/** @throws AwsError for a cluster that only reads the ConfigMap `aws-auth`. */
function withEntries(cluster: Cluster): Cluster {
  if (authenticationModeOf(cluster) === "CONFIG_MAP")
    throw refused(
      "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    );
  return cluster;
}

/**
 * Adds the entry of a principal; EKS allows one.
 * @throws AwsError for a second entry, or a group that starts with `system:`.
 */
export function addEntry(
  world: World,
  cluster: Cluster,
  input: EntryRequest,
): AccessEntry {
  const { principalArn, type = "STANDARD", kubernetesGroups, tags } = input;
  if (cluster.accessEntries.has(principalArn))
    throw inUse(
      "The specified access entry resource is already in use on this cluster.",
    );
  checkGroups(kubernetesGroups);
  const isNode = type === "EC2_LINUX";
  const entry: AccessEntry = {
    principalArn,
    accessEntryArn: arnIn(
      world,
      "eks",
      `access-entry/${cluster.name}/${principalArn.split("/").at(-1) ?? ""}/${nextId(8)}`,
    ),
    type,
    createdAt: now(),
    username:
      input.username ??
      (isNode
        ? "system:node:{{EC2PrivateDNSName}}"
        : `${principalArn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")}/{{SessionName}}`),
    kubernetesGroups: kubernetesGroups ?? (isNode ? ["system:nodes"] : []),
    tags: tags ?? {},
    policies: new Map(),
  };
  cluster.accessEntries.set(principalArn, entry);
  return entry;
}

function checkGroups(groups: readonly string[] = []): void {
  const reserved = groups.find((group) => group.startsWith("system:"));
  if (reserved !== undefined)
    throw invalid(`The kubernetes group name ${reserved} is invalid`);
}

function associate(
  params: Readonly<Record<string, string>>,
  entry: AccessEntry,
  { policyArn, accessScope }: AssociatedPolicy,
): Answer {
  if (!policies.includes(policyArn))
    throw invalid("The policyArn parameter format is not valid");
  if (entry.type !== "STANDARD")
    throw invalid(
      "Access policies can only be associated with STANDARD entries",
    );
  const associated = {
    policyArn,
    accessScope: { namespaces: [], ...accessScope },
    associatedAt: now(),
    modifiedAt: now(),
  };
  entry.policies.set(policyArn, associated);
  return jsonAnswer({
    clusterName: params.cluster,
    principalArn: entry.principalArn,
    associatedAccessPolicy: associated,
  });
}

function described(cluster: Cluster, entry: AccessEntry): Answer {
  return jsonAnswer({
    accessEntry: {
      ...entry,
      policies: undefined,
      clusterName: cluster.name,
      modifiedAt: now(),
    },
  });
}
