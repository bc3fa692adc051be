import { Release } from "@cdktf/provider-helm/lib/release";
import { AssetType, type ITerraformDependable, TerraformAsset } from "cdktf";
import { type Construct } from "constructs";
import { packageFile } from "../lib/package-file";
import { type Document } from "../lib/template";

/** Properties of `createLocalChart`. */
export interface LocalChartProps {
  /** Folder in `manifests/charts`. */
  readonly chart: string;
  /** Namespace of the release; it exists already. */
  readonly namespace: string;
  /** Values, as `values.yaml` of the chart has them. They are stored in the cluster and shown in plans: no secrets. */
  readonly values: Document;
  /**
   * Seconds that an installation or an uninstallation may take.
   * @default 600
   */
  readonly timeout?: number;
  /**
   * What the release needs. It is uninstalled before them.
   * @default nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Installs a chart of this package. The release has the name of the construct.
 *
 * A chart is for what the Kubernetes provider has no type for, or must not have in its state.
 */
export function createLocalChart(
  scope: Construct,
  id: string,
  { chart, namespace, values, timeout = 600, dependsOn = [] }: LocalChartProps,
): Release {
  // Copied beside the stack's JSON under the hash of its content: an edit of the chart shows in the plan.
  const asset = new TerraformAsset(scope, `${id}-chart`, {
    path: packageFile("manifests/charts", chart),
    type: AssetType.DIRECTORY,
  });
  return new Release(scope, id, {
    name: id,
    chart: `./${asset.path}`,
    namespace,
    values: [JSON.stringify(values)],
    timeout,
    dependsOn: [...dependsOn],
  });
}
