import { clusterNameOf } from "../../../modules/core/cluster/cluster";
import { systemNodes } from "../../../modules/core/cluster/node-labels";
import { controllersOf } from "../../../modules/core/controllers/given";
import { EFS_CSI_DRIVER } from "../../../modules/core/controllers/efs-csi-driver";
import { LOAD_BALANCER_CONTROLLER } from "../../../modules/core/controllers/load-balancer-controller";
import { type CoreSettings } from "../../../modules/core/settings/schema";
import { type Lab } from "../lab";
import { type Patch, writeLabSettings } from "../settings";
import { keptByCharts, stubReleases } from "../stand-ins/stub-releases";
import { Translation } from "../stand-ins/translation";
import { type DestroyedLine, destroy } from "../steps/steps";
import {
  type ForeignIds,
  endForeign,
  foreignChanges,
  makeForeign,
} from "./foreign";
import { foreignOf } from "./foreign-input";
import { provokeAll } from "./provoke";
import { checkUntouched, snapshotOf } from "./untouched";

/**
 * Wave on a VPC and a cluster that somebody else made: from their making to their end. In between they are as they were.
 * @param deployFresh Deploys the line, plans it again, and asks what every line is asked.
 */
export async function runOnExisting(
  opened: Lab,
  deployFresh: (lab: Lab) => Promise<unknown>,
): Promise<DestroyedLine> {
  const { report, env, aws, workloads } = opened;
  await opened.before;
  const settings = writeLabSettings(opened.line, { retain: false });
  const input = foreignOf(settings);
  const ids = await makeForeign(input, env);
  report.progress(`VPC ${ids.vpcId} and cluster ${input.cluster.name} stand`);
  await installControllers(opened, settings);
  await workloads?.remember();
  const foreign = {
    aws,
    vpcId: ids.vpcId,
    cluster: clusterNameOf(settings),
    api: workloads?.api,
  };
  const before = await snapshotOf(foreign);

  const lab: Lab = { ...opened, patch: patchOf(ids, input) };
  await provokeAll(lab, input, ids);
  await deployFresh(lab);
  checkUntouched(report, [before, await snapshotOf(foreign)], "deploy");
  const ended = await destroy(lab, "destroy");
  const kept = [...keptByCharts];
  checkUntouched(report, [before, await snapshotOf(foreign)], "destroy", kept);
  const changes = await foreignChanges(env, "second-plan");
  report.check(
    "destroy: who made the VPC and the cluster has nothing to change",
    changes.length === 0,
    changes.join(", ") || undefined,
  );
  await endForeign(env);
  return ended;
}

/** The ids, as its owner writes them into the settings file. */
function patchOf(
  ids: ForeignIds,
  input: Pick<ReturnType<typeof foreignOf>, "private" | "public">,
): Patch {
  const subnets = (kind: "private" | "public"): Patch =>
    Object.fromEntries(
      Object.entries(input[kind]).map(([zone, cidr]) => [
        zone,
        { id: ids[kind][zone] ?? "", cidr },
      ]),
    );
  return {
    network: {
      vpcId: ids.vpcId,
      subnets: { private: subnets("private"), public: subnets("public") },
    },
    cluster: { clientSecurityGroupIds: [ids.clientSecurityGroupId] },
  };
}

/** What its owner has in the cluster: stand-ins for the controllers that are not ours. */
async function installControllers(
  { workloads }: Lab,
  settings: CoreSettings,
): Promise<void> {
  if (!workloads) return;
  const { loadBalancerController, efsCsiDriver } = controllersOf(settings);
  const charts = [
    loadBalancerController === "existing" && LOAD_BALANCER_CONTROLLER.chart,
    efsCsiDriver === "existing" && EFS_CSI_DRIVER.chart,
  ].filter((chart) => chart !== false);
  const releases = stubReleases(systemNodes(settings));
  const objects = charts.flatMap((chart) => releases[chart]?.objects ?? []);
  if (objects.length > 0)
    await new Translation(workloads.cluster.kubectl).apply(objects, []);
}
