import { App, TerraformStack } from "cdktf";
import { parse } from "yaml";
import { clusterNameOf } from "../../../../modules/core/cluster/cluster";
import {
  CLUSTER_AUTOSCALER,
  createClusterAutoscaler,
} from "../../../../modules/core/controllers/cluster-autoscaler";
import { type CoreSettings } from "../../../../modules/core/settings/schema";

interface Values {
  readonly cloudProvider: string;
  readonly autoDiscovery: { readonly tags: readonly string[] };
  readonly extraArgs: Readonly<Record<string, string | number | boolean>>;
}

/** What the release of an environment tells the autoscaler. */
export interface Rendered {
  /** Tag by which it finds groups, as key and value. */
  readonly tag: { readonly key: string; readonly value: string };
  /** Arguments that the chart makes of the values. */
  readonly args: readonly string[];
}

/** The same values that a deploy gives the chart. */
export function renderedFor(settings: CoreSettings): Rendered {
  const release = createClusterAutoscaler(
    new TerraformStack(new App(), "lab"),
    settings,
    { clusterName: clusterNameOf(settings), roleArn: "" },
  );
  const [text = ""] = release.valuesInput ?? [];
  const { cloudProvider, autoDiscovery, extraArgs } = parse(text) as Values;
  const tags = autoDiscovery.tags.join(",");
  const [key = "", value = ""] = tags.split("=");
  return {
    tag: { key, value },
    args: [
      `--cloud-provider=${cloudProvider}`,
      `--namespace=${CLUSTER_AUTOSCALER.namespace}`,
      `--node-group-auto-discovery=asg:tag=${tags}`,
      ...Object.entries(extraArgs).map(([arg, of]) => `--${arg}=${of}`),
    ],
  };
}
