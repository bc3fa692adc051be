import { type EmgSettings } from "../../../../modules/emg/settings/schema";
import { type KubeApi } from "../../kube/api";
import { objectsIn } from "./check";

/** Kinds that everybody may read who looks around in a namespace; Secrets are not among them. */
const KINDS = [
  "api/v1 configmaps",
  "api/v1 pods",
  "api/v1 services",
  "api/v1 events",
  "apis/apps/v1 deployments",
  "apis/apps/v1 replicasets",
  "apis/batch/v1 jobs",
  "apis/networking.k8s.io/v1 ingresses",
  "apis/networking.k8s.io/v1 networkpolicies",
];

/** Something that is searched for passwords. */
interface PlaceInCluster {
  readonly name: string;
  readonly text: string;
  readonly isState: false;
}

interface Named {
  readonly kind?: string;
  readonly metadata: { readonly name: string };
}

/** Everything of the namespace that is no Secret: arguments and variables of pods, ConfigMaps, annotations, events. */
export async function clusterPlaces(
  api: KubeApi,
  settings: EmgSettings,
): Promise<PlaceInCluster[]> {
  const places: PlaceInCluster[] = [];
  for (const kinds of KINDS)
    for (const object of await objectsIn<Named>({ api, settings }, kinds))
      places.push({
        name: `${kinds.split(" ")[1] ?? ""} ${object.metadata.name} of the cluster`,
        text: JSON.stringify(object),
        isState: false,
      });
  return places;
}
