import { Release } from "@cdktf/provider-helm/lib/release";
import { type Construct } from "constructs";
import { type PlaceholderValues, fillTemplate } from "../lib/template";
import { CONTROLLER_NAMESPACE } from "../core/controllers/controller-accounts";

/** Properties of `placeRelease`. */
export interface ReleaseProps {
  /** Name of chart and release, and of the values file `manifests/helm/<chart>.yaml`. */
  readonly chart: string;
  /** Version of the chart; the values are written for it. */
  readonly version: string;
  /** Chart repository: `https://…`, `http://…` or `oci://…`. */
  readonly repository: string;
  /** Values of the placeholders of the values file. */
  readonly values: PlaceholderValues;
}

/**
 * Installs a chart into kube-system and waits until its pods are ready: right after, Services and Ingresses are made,
 * and its webhooks have to answer (SEC-G8).
 *
 * @throws ProblemReport when values and placeholders do not match.
 */
export function placeRelease(
  scope: Construct,
  id: string,
  { chart, version, repository, values }: ReleaseProps,
): Release {
  return new Release(scope, id, {
    name: chart,
    chart,
    version,
    repository,
    namespace: CONTROLLER_NAMESPACE,
    createNamespace: false,
    values: [
      JSON.stringify(fillTemplate(`manifests/helm/${chart}.yaml`, values)),
    ],
    wait: true,
    timeout: 600,
    maxHistory: 5,
  });
}

/**
 * An image as charts want it: everything before the last colon, and what follows. That keeps a digest whole, because
 * charts join the two with a colon again. Without an image nothing: the chart keeps its own.
 */
export function chartImage(image: string | undefined): Record<string, string> {
  if (image === undefined) return {};
  const colon = image.lastIndexOf(":");
  if (colon < image.lastIndexOf("/")) return { repository: image };
  return { repository: image.slice(0, colon), tag: image.slice(colon + 1) };
}
