import { type EmulatedService, jsonAnswer, jsonOf } from "../call";
import { accessOperations } from "./access-entries";
import { addOnOperations } from "./add-ons";
import { clusterOperations } from "./clusters";
import { nodeGroupOperations } from "./node-groups";
import { podIdentityOperations } from "./pod-identities";
import { type Clusters, type Tags, clusterOf, found } from "./store";
import { type World } from "../world";

/**
 * EKS, wholly the lab's own: moto's invents values that replace the cluster at every plan.
 * @param clusters Kept here; who plays the Kubernetes side of them reads it.
 */
export function eksService(
  world: World,
  clusters: Clusters = new Map(),
): EmulatedService {
  return {
    service: "eks",
    errors: "json",
    operations: [
      ...clusterOperations(world, clusters),
      ...nodeGroupOperations(world, clusters),
      ...addOnOperations(world, clusters),
      ...accessOperations(world, clusters),
      ...podIdentityOperations(world, clusters),
      {
        name: "DescribeUpdate",
        route: "GET /clusters/{cluster}/updates/{update}",
        answer: ({ params }) =>
          jsonAnswer({
            update: found(
              clusterOf(clusters, params.cluster).updates,
              params.update,
              "No such update.",
            ),
          }),
      },
      {
        name: "ListTagsForResource",
        route: "GET /tags/{arn+}",
        answer: ({ params }) =>
          jsonAnswer({ tags: taggedOf(clusters, params.arn).tags }),
      },
      {
        name: "TagResource",
        route: "POST /tags/{arn+}",
        answer: (call) => {
          const { tags } = jsonOf(call) as { tags: Tags };
          Object.assign(taggedOf(clusters, call.params.arn).tags, tags);
          return jsonAnswer({});
        },
      },
      {
        name: "UntagResource",
        route: "DELETE /tags/{arn+}",
        answer: ({ params, query }) => {
          const tagged = taggedOf(clusters, params.arn);
          const gone = new Set(query.getAll("tagKeys"));
          tagged.tags = Object.fromEntries(
            Object.entries(tagged.tags).filter(([key]) => !gone.has(key)),
          );
          return jsonAnswer({});
        },
      },
    ],
  };
}

function taggedOf(clusters: Clusters, arn = ""): { tags: Tags } {
  const tagged = new Map<string, { tags: Tags }>();
  for (const cluster of clusters.values()) {
    tagged.set(cluster.arn, cluster);
    for (const one of cluster.nodeGroups.values())
      tagged.set(one.nodegroupArn, one);
    for (const one of cluster.addOns.values()) tagged.set(one.addonArn, one);
    for (const one of cluster.accessEntries.values())
      tagged.set(one.accessEntryArn, one);
    for (const one of cluster.podIdentities.values())
      tagged.set(one.associationArn, one);
  }
  return found(tagged, arn, `No resource of ARN ${arn}.`);
}
