import { Release } from "@cdktf/provider-helm/lib/release";
import { AssetType, type ITerraformDependable, TerraformAsset } from "cdktf";
import { type Construct } from "constructs";
import { projectFile } from "../lib/project-file";
import { type Settings } from "../settings/schema";
import { BUILD_SWEEP_NAME } from "./build-sweep";

const CHART = "build-cleanup";

/**
 * Removes the build pods when the stack is destroyed. Wave's pods are nobody's: one that is left, even a failed one,
 * would hold the claim of the build folder and with it the destroy for twenty minutes (FAIL-03, FAIL-06).
 *
 * @param dependsOn Everything of the build namespace: the release is uninstalled before it. Wave itself depends on the
 *   release, so that it is gone by then.
 */
export function placeBuildCleanup(
  scope: Construct,
  { wave }: Settings,
  dependsOn: readonly ITerraformDependable[],
): Release {
  // Copied beside the stack's JSON under the hash of its content: an edit of the chart shows in the plan (CDK-B11).
  const chart = new TerraformAsset(scope, `${CHART}-chart`, {
    path: projectFile("manifests/charts", CHART),
    type: AssetType.DIRECTORY,
  });
  return new Release(scope, CHART, {
    name: CHART,
    chart: `./${chart.path}`,
    namespace: wave.buildNamespace,
    values: [
      JSON.stringify({
        image: wave.images.sweep,
        serviceAccount: BUILD_SWEEP_NAME,
        app: BUILD_SWEEP_NAME,
      }),
    ],
    timeout: 600,
    dependsOn: [...dependsOn],
  });
}
