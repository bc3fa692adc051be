import { type NodeSelector } from "../../../modules/core/cluster/node-labels";
import { FLUX_NAMESPACE } from "../../../modules/delivery/names";
import { fluxSchema } from "../../../modules/delivery/settings/flux-schema";
import { type KubernetesObject } from "../../operate/manifests/manifests";
import {
  FLUX_CONTROLLERS,
  type FluxPrograms,
  fluxPrograms,
} from "../flux/programs";
import { type StubRelease, controller, definition } from "./stub-releases";

/** The real definitions where there are controllers that need them; else all that the objects of the platform need. */
const fluxDefinitions = (
  programs: FluxPrograms | undefined,
): readonly KubernetesObject[] =>
  programs?.crds ?? [
    definition("source.toolkit.fluxcd.io", "v1", [
      "GitRepository",
      "gitrepositories",
    ]),
    definition("kustomize.toolkit.fluxcd.io", "v1", [
      "Kustomization",
      "kustomizations",
    ]),
    definition("helm.toolkit.fluxcd.io", "v2", ["HelmRelease", "helmreleases"]),
  ];

const fluxController = (
  name: string,
  nodes: NodeSelector,
): KubernetesObject[] => [
  {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace: FLUX_NAMESPACE },
  },
  controller(name, nodes, FLUX_NAMESPACE),
];

/** Stand-ins for the charts of services that are deployed from Git, by name of the chart. */
export const deliveryReleases = (
  nodes: NodeSelector,
): Readonly<Record<string, StubRelease>> => ({
  flux2: {
    version: fluxSchema.shape.chart.parse(undefined).version,
    objects: [
      ...fluxDefinitions(fluxPrograms(process.env.LAB_FLUX_CONTROLLERS)),
      ...FLUX_CONTROLLERS.flatMap((name) => fluxController(name, nodes)),
    ],
  },
});
