import { type Answer, type Operation, jsonAnswer, jsonOf } from "../call";
import {
  type Cluster,
  type Clusters,
  type PodIdentity,
  type Tags,
  clusterOf,
  found,
  inUse,
} from "./store";
import { type World, arnIn, nextId, now } from "../world";

interface AssociationRequest {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  readonly tags?: Tags;
}

export function podIdentityOperations(
  world: World,
  clusters: Clusters,
): Operation[] {
  const path = "/clusters/{cluster}/pod-identity-associations";
  const associationOf = (
    params: Readonly<Record<string, string>>,
  ): PodIdentity =>
    found(
      clusterOf(clusters, params.cluster).podIdentities,
      params.association,
      "No such pod identity association.",
    );
  return [
    {
      name: "CreatePodIdentityAssociation",
      route: `POST ${path}`,
      answer: (call) =>
        create(
          world,
          clusterOf(clusters, call.params.cluster),
          jsonOf(call) as AssociationRequest,
        ),
    },
    {
      name: "ListPodIdentityAssociations",
      route: `GET ${path}`,
      answer: ({ params }) =>
        jsonAnswer({
          associations: [
            ...clusterOf(clusters, params.cluster).podIdentities.values(),
          ],
        }),
    },
    {
      name: "DescribePodIdentityAssociation",
      route: `GET ${path}/{association}`,
      answer: ({ params }) =>
        described(clusterOf(clusters, params.cluster), associationOf(params)),
    },
    {
      name: "UpdatePodIdentityAssociation",
      route: `POST ${path}/{association}`,
      answer: (call) => {
        const association = associationOf(call.params);
        const { roleArn } = jsonOf(call) as Partial<AssociationRequest>;
        association.roleArn = roleArn ?? association.roleArn;
        return described(clusterOf(clusters, call.params.cluster), association);
      },
    },
    {
      name: "DeletePodIdentityAssociation",
      route: `DELETE ${path}/{association}`,
      answer: ({ params }) => {
        const cluster = clusterOf(clusters, params.cluster);
        const association = associationOf(params);
        cluster.podIdentities.delete(association.associationId);
        return described(cluster, association);
      },
    },
  ];
}

function create(
  world: World,
  cluster: Cluster,
  { namespace, serviceAccount, roleArn, tags }: AssociationRequest,
): Answer {
  const taken = [...cluster.podIdentities.values()].some(
    (one) =>
      one.namespace === namespace && one.serviceAccount === serviceAccount,
  );
  if (taken)
    throw inUse(
      "Association already exists for this namespace and service account",
    );
  const associationId = `a-${nextId(17)}`;
  const association: PodIdentity = {
    associationId,
    associationArn: arnIn(
      world,
      "eks",
      `podidentityassociation/${cluster.name}/${associationId}`,
    ),
    namespace,
    serviceAccount,
    createdAt: now(),
    roleArn,
    tags: tags ?? {},
  };
  cluster.podIdentities.set(associationId, association);
  return described(cluster, association);
}

function described(cluster: Cluster, association: PodIdentity): Answer {
  return jsonAnswer({
    association: {
      ...association,
      clusterName: cluster.name,
      modifiedAt: now(),
    },
  });
}
