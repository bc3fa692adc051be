import { type Graph, type Subject, ofType } from "../graph";
import {
  POD_TYPES,
  containersOf,
  nameOf,
  namespaceOf,
  podOf,
  workloadOf,
} from "../pods";
import { at, textsAt } from "../reading";

/** Pods that see some keys of a Kubernetes Secret, and how. */
export const podsReading = (
  graph: Graph,
  secret: Subject,
  keys: readonly string[],
): string[] =>
  ofType(graph, ...POD_TYPES)
    .filter((pod) => namespaceOf(pod) === namespaceOf(secret))
    .flatMap((pod) =>
      waysOf(pod, nameOf(secret), keys).map(
        (way) => `pods of ${workloadOf(pod)}: ${way}`,
      ),
    );

function waysOf(pod: Subject, name: string, keys: readonly string[]): string[] {
  const containers = containersOf(pod);
  const references = containers
    .flatMap((one) => at(one, "env.value_from.secret_key_ref"))
    .filter(
      (one) =>
        textsAt(one, "name").includes(name) &&
        textsAt(one, "key").some((key) => keys.includes(key)),
    );
  const whole = containers.flatMap((one) =>
    textsAt(one, "env_from.secret_ref.name"),
  );
  const volumes = textsAt(podOf(pod), "volume.secret.secret_name");
  const pulls = textsAt(podOf(pod), "image_pull_secrets.name");
  return [
    ...(references.length > 0 || whole.includes(name)
      ? ["environment variable"]
      : []),
    ...(volumes.includes(name) ? ["file"] : []),
    ...(pulls.includes(name)
      ? ["pull of the image, by the kubelet: no container has it"]
      : []),
  ];
}
