import { type Construct } from "constructs";
import { type AlarmDefinition } from "../aws/cloudwatch/alarm";
import {
  failedNodesAlarms,
  waitingPodsAlarms,
} from "../aws/cloudwatch/cluster-alarms";
import { Dashboard } from "../aws/cloudwatch/dashboard";
import {
  certificateAlarms,
  mailAlarms,
} from "../aws/cloudwatch/identity-alarms";
import { loadBalancerAlarms } from "../aws/cloudwatch/load-balancer-alarms";
import {
  type Alarms,
  backupAlarms,
  postgresAlarms,
  redisAlarms,
} from "../aws/cloudwatch/store-alarms";
import { type IdentityOutputs } from "../contracts/identity";
import { type NetworkOutputs } from "../contracts/network";
import { createAlarms } from "../core/observability/alarms";
import { isCreatedCluster } from "../core/kinds";
import { memoryOfClass } from "../core/postgres-store";
import { findLoadBalancer } from "../core/observability/load-balancer";
import { namesOf } from "../lib/names";
import { WAVE_INGRESS } from "./objects/ingress";
import { hasBuilds, isCurrent, mailOf } from "./release/line";
import { type WaveSettings } from "./settings/schema";
import { fileSystemName } from "./stores/file-store";
import { postgresName } from "./stores/postgres-names";
import { redisName } from "./stores/redis-store";

/** What is watched of Wave in the cluster. */
export interface WaveWatch {
  readonly settings: WaveSettings;
  readonly network: NetworkOutputs;
  readonly identity: Pick<IdentityOutputs, "certificateArn">;
  /** Host name of the load balancer. */
  readonly hostname: string;
}

/** Alarms of Wave's load balancer, and the dashboard of all that is watched. Nothing without the section `observability`. */
export function createWaveWatch(scope: Construct, watch: WaveWatch): void {
  const { settings, network, hostname } = watch;
  const { observability, wave, region } = settings;
  if (observability === undefined) return;
  const ofBalancer = loadBalancerAlarms(
    findLoadBalancer(scope, "watched-load-balancer", {
      clusterName: network.clusterName,
      stack: wave.ingress.group?.name ?? `${wave.namespace}/${WAVE_INGRESS}`,
      hostname,
    }),
  );
  createAlarms(scope, settings, network, "load-balancer", ofBalancer);
  if (observability.dashboard)
    new Dashboard(scope, "dashboard", {
      name: namesOf(settings).prefix,
      region,
      graphs: graphsOf(watch, ofBalancer),
    });
}

/** What the alarms of all stacks watch. Those of other stacks by their names, which their definitions there have from them. */
function graphsOf(
  { settings, network, identity }: WaveWatch,
  ofBalancer: Alarms,
): Record<string, AlarmDefinition> {
  const { postgres, redis } = settings.data;
  const nodes = Array.from(
    { length: 1 + redis.replicas },
    (_, index) =>
      `${redisName(settings)}-${String(index + 1).padStart(3, "0")}`,
  );
  return {
    ...titled("Load balancer", ofBalancer),
    ...(isCreatedCluster(settings) &&
      titled("Pods", waitingPodsAlarms(network.clusterName))),
    ...(settings.observability?.addOn !== "none" &&
      titled("Nodes", failedNodesAlarms(network.clusterName))),
    ...titled("Redis", redisAlarms(nodes)),
    ...(isCurrent(settings) &&
      titled(
        "PostgreSQL",
        postgresAlarms({
          identifier: postgresName(settings),
          storageGiB: postgres.storageGiB,
          memoryMi: memoryOfClass(postgres.instanceClass),
        }),
      )),
    ...(hasBuilds(settings) &&
      titled("Backup", backupAlarms(fileSystemName(settings)))),
    ...titled("Certificate", certificateAlarms(identity.certificateArn)),
    ...(mailOf(settings) !== undefined && titled("Mail", mailAlarms)),
  };
}

const titled = (
  what: string,
  alarms: Alarms,
): Record<string, AlarmDefinition> =>
  Object.fromEntries(
    Object.entries(alarms).map(([id, alarm]) => [
      `${what}: ${id.replaceAll("-", " ")}`,
      alarm,
    ]),
  );
