import { Release } from "@cdktf/provider-helm/lib/release";
import { AssetType, type ITerraformDependable, TerraformAsset } from "cdktf";
import { type Construct } from "constructs";
import { packageFile } from "../../lib/package-file";
import { type WaveSettings } from "../settings/schema";
import { BUILD_CLEANUP_NAME } from "./build-cleanup-objects";
import { BUILD_SWEEP_NAME } from "./build-sweep";
import { isClassic } from "../release/line";

const RELEASE = "build-cleanup";

/** What each line leaves: pods that nobody owns, or Jobs that would make their pods anew. */
const LINES = {
  classic: { chart: "build-cleanup", app: BUILD_SWEEP_NAME },
  current: { chart: "build-job-cleanup", app: BUILD_CLEANUP_NAME },
};

/**
 * Removes the build pods when the stack is destroyed. Wave's pods are nobody's: one that is left, even a failed one,
 * would hold the claim of the build folder and with it the destroy for twenty minutes (FAIL-03, FAIL-06).
 *
 * @param dependsOn Everything of the build namespace: the release is uninstalled before it. Wave itself depends on the
 *   release, so that it is gone by then.
 */
export function placeBuildCleanup(
  scope: Construct,
  settings: WaveSettings,
  dependsOn: readonly ITerraformDependable[],
): Release {
  const { wave } = settings;
  const { chart: name, app } =
    LINES[isClassic(settings) ? "classic" : "current"];
  // Copied beside the stack's JSON under the hash of its content: an edit of the chart shows in the plan (CDK-B11).
  const chart = new TerraformAsset(scope, `${RELEASE}-chart`, {
    path: packageFile("manifests/charts", name),
    type: AssetType.DIRECTORY,
  });
  return new Release(scope, RELEASE, {
    name: RELEASE,
    chart: `./${chart.path}`,
    namespace: wave.buildNamespace,
    values: [
      JSON.stringify({
        image: wave.images.sweep,
        serviceAccount: app,
        app,
      }),
    ],
    timeout: 600,
    dependsOn: [...dependsOn],
  });
}
