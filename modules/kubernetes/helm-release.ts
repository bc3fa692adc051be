import { Release } from "@cdktf/provider-helm/lib/release";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { type Document } from "../lib/template";

/** Properties of `createRelease`. */
export interface ReleaseProps {
  /** Namespace of the release; it exists already. */
  readonly namespace: string;
  /** Name of the chart. */
  readonly chart: string;
  /** Version of the chart; the values are written for it. */
  readonly version: string;
  /** Chart repository: `https://…`, `http://…` or `oci://…`. */
  readonly repository: string;
  /**
   * Values, as `values.yaml` of the chart has them. They are stored in the cluster and shown in plans: no secrets.
   * @default those of the chart
   */
  readonly values?: Document;
  /**
   * Name of the release.
   * @default the chart's
   */
  readonly name?: string;
  /**
   * Seconds that pods may take to become ready.
   * @default 600
   */
  readonly timeout?: number;
  /**
   * Refuse every plan that would destroy the release.
   * @default false
   */
  readonly preventDestroy?: boolean;
  /**
   * What the pods need before they start, such as a Secret that their images are pulled with.
   * @default nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Installs a chart and waits until its pods are ready: what is made right after finds its webhooks answering, and its
 * custom resources known. Five old revisions are kept for `helm rollback`.
 */
export function createRelease(
  scope: Construct,
  id: string,
  { chart, values, name = chart, timeout = 600, ...props }: ReleaseProps,
): Release {
  return new Release(scope, id, {
    name,
    chart,
    version: props.version,
    repository: props.repository,
    namespace: props.namespace,
    createNamespace: false,
    values: values === undefined ? undefined : [JSON.stringify(values)],
    wait: true,
    timeout,
    maxHistory: 5,
    dependsOn: props.dependsOn?.length ? [...props.dependsOn] : undefined,
    lifecycle:
      props.preventDestroy === true ? { preventDestroy: true } : undefined,
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
