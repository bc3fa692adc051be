import { isCreatedCluster, isCreatedNetwork } from "../../modules/core/kinds";
import { controllersOf } from "../../modules/core/controllers/given";
import { hasAgents } from "../../modules/core/kinds";
import { networkFactsOf } from "../../modules/core/network-facts";
import { satisfies } from "semver";
import { z } from "zod";
import { hasAutoscaler } from "../../modules/core/cluster/autoscaled-groups";
import { needsOf } from "../../modules/core/facts";
import { factsOf } from "../../modules/facts";
import { hasOwnBuildNodes } from "../../modules/wave/objects/nodes";
import { hasFusePlugin, makesBucket } from "../../modules/compute-env/facts";
import { type ComputeEnvSettings } from "../../modules/compute-env/settings/schema";
import { type DeliverySettings } from "../../modules/delivery/settings/schema";
import { zoneIdOf } from "../../modules/emg/names";
import { type EmgSettings } from "../../modules/emg/settings/schema";
import {
  type Settings,
  hasComputeEnv,
  hasDelivery,
  hasEmg,
  hasWave,
} from "../../modules/schema";
import { type WaveSettings } from "../../modules/wave/settings/schema";
import {
  hasBuilds,
  isClassic,
  isCurrent,
} from "../../modules/wave/release/line";

/** Of every environment. */
const OF_CORE = {
  always: () => true,
  "an autoscaler runs": (settings) =>
    hasAutoscaler(settings, needsOf(factsOf(settings))),
  "the load-balancer controller is ours": (settings) =>
    controllersOf(settings).loadBalancerController === "ours",
  "the load-balancer controller may set a web ACL": (settings) =>
    controllersOf(settings).loadBalancerController === "ours" &&
    needsOf(factsOf(settings)).waf,
  "an EFS CSI driver of ours runs": (settings) =>
    needsOf(factsOf(settings)).efs &&
    controllersOf(settings).efsCsiDriver === "ours",
  "the public endpoint is on": (settings) =>
    isCreatedCluster(settings) && settings.cluster.endpoint.public,
  "a cluster of ours is newer than 1.35": (settings) =>
    isCreatedCluster(settings) &&
    satisfies(`${settings.cluster.version}.0`, ">=1.36.0"),
  "pods start closed by setting": (settings) =>
    isCreatedCluster(settings) &&
    settings.cluster.networkPolicyMode === "strict",
  "nodes have more policies by setting": ({ cluster }) =>
    cluster.nodePolicyArns.length > 0,
  "logs of the cluster end within a year": (settings) =>
    isCreatedCluster(settings) && settings.cluster.logRetentionDays < 365,
  "the agents of CloudWatch are ours": hasAgents,
  "logs of pods end within a year": (settings) =>
    hasAgents(settings) &&
    (settings.observability?.logRetentionDays ?? 0) < 365,
  "flow logs end within a year": (settings) =>
    isCreatedNetwork(settings) && settings.network.flowLogRetentionDays < 365,
} satisfies Record<string, (settings: Settings) => boolean>;

/** Where Wave runs. */
const OF_WAVE = {
  "Wave runs": () => true,
  "the line is classic": isClassic,
  "Wave builds": hasBuilds,
  "Wave builds on the current line": (settings) =>
    hasBuilds(settings) && isCurrent(settings),
  "builds need a privileged namespace": (settings) =>
    hasBuilds(settings) &&
    (isCurrent(settings) || settings.wave.build.singularity),
  "Wave builds, and the EFS CSI driver is somebody else's": (settings) =>
    hasBuilds(settings) && controllersOf(settings).efsCsiDriver !== "ours",
  "Wave builds on nodes of ours": (settings) =>
    hasBuilds(settings) && hasOwnBuildNodes(settings),
  "Terraform makes the repositories": (settings) =>
    hasBuilds(settings) && !settings.data.ecr.existing,
  "the root file system is writable by setting": ({ wave }) =>
    !wave.hardening.readOnlyRootFilesystem,
  "Redis has no replica": ({ data }) => data.redis.replicas === 0,
  "Redis asks for no password": ({ data }) => !data.redis.auth,
  "Redis asks for a password": ({ data }) => data.redis.auth,
  "PostgreSQL has no standby by setting": (settings) =>
    isCurrent(settings) && !settings.data.postgres.multiAz,
  "PostgreSQL's load is not recorded by setting": (settings) =>
    isCurrent(settings) && !settings.data.postgres.performanceInsights,
  "builds reach interface endpoints": (settings) =>
    hasBuilds(settings) && networkFactsOf(settings).endpointCidrs.length > 0,
  "Wave has a key for ECR, of a user without a name in the settings": ({
    wave,
  }) =>
    wave.classic.ecrKeySecret !== undefined &&
    wave.classic.ecrKeyUserArn === undefined,
  "Wave has a key for ECR": ({ wave }) =>
    wave.classic.ecrKeySecret !== undefined,
  "layers are cached in a bucket of ours": (settings) =>
    hasBuilds(settings) && settings.data.buildCache !== undefined,
  "a jump role is set": (settings) =>
    hasBuilds(settings) && settings.wave.current.jumpRoleArn !== undefined,
} satisfies Record<string, (settings: WaveSettings) => boolean>;

const hasRole = ({ computeEnv }: ComputeEnvSettings): boolean =>
  computeEnv.launcher.kind === "role";

const readsBuckets = ({ computeEnv: { s3 } }: ComputeEnvSettings): boolean =>
  s3.workBucket !== undefined || s3.dataBuckets.length > 0;

const hasBucketKey = (settings: ComputeEnvSettings): boolean => {
  const { storage } = settings.computeEnv;
  return (
    storage.kind === "fusion" &&
    (storage.bucket.kind === "created" ||
      storage.bucket.kmsKeyArn !== undefined)
  );
};

const hasLauncherKeys = (settings: ComputeEnvSettings): boolean =>
  hasRole(settings) &&
  (hasBucketKey(settings) || settings.computeEnv.s3.kmsKeyArns.length > 0);

/** Where pipelines of Platform run. */
const OF_COMPUTE_ENV = {
  "pipelines run": () => true,
  "pipelines have a file system of ours": ({ computeEnv }) =>
    computeEnv.storage.kind === "efs",
  "pipelines mount a server by setting": ({ computeEnv }) =>
    computeEnv.storage.kind === "nfs",
  "pipelines use Fusion": ({ computeEnv }) =>
    computeEnv.storage.kind === "fusion",
  "pipelines have a bucket of ours": makesBucket,
  "pipelines have a bucket with a key": hasBucketKey,
  "pipelines have the device plugin": hasFusePlugin,
  "pipelines are privileged by setting": ({ computeEnv: { storage } }) =>
    storage.kind === "fusion" && storage.fuse === "privileged",
  "pipelines run on nodes of ours": ({ computeEnv }) =>
    computeEnv.nodes.kind === "nodeGroup",
  "pipelines or Platform use buckets": (settings) =>
    settings.computeEnv.storage.kind === "fusion" || hasLauncherKeys(settings),
  "Platform has a role of ours": hasRole,
  "Platform lists buckets by setting": (settings) =>
    hasRole(settings) && settings.computeEnv.s3.listAllBuckets,
  "Platform reads whole buckets by setting": (settings) =>
    hasRole(settings) && readsBuckets(settings),
  "Platform uses keys": hasLauncherKeys,
  "Platform needs no external id by setting": ({ computeEnv: { launcher } }) =>
    launcher.kind === "role" && launcher.externalId === "none",
} satisfies Record<string, (settings: ComputeEnvSettings) => boolean>;

/** Where services are deployed. */
const OF_DELIVERY = {
  "Flux deploys services": ({ delivery }) => delivery.flux !== undefined,
  "Flux works in namespaces of services only": ({ delivery }) =>
    delivery.flux?.scope === "namespaces",
  "Flux writes new tags of images": ({ delivery }) =>
    delivery.flux?.imageAutomation === true,
  "services share a load balancer": ({ delivery: { ingress } }) =>
    ingress.class === "alb",
  "the services' load balancer keeps access logs": ({
    delivery: { ingress },
  }) => ingress.class === "alb" && ingress.accessLogs,
  "services have namespaces": ({ delivery }) =>
    delivery.services.some(({ namespaces }) => namespaces.length > 0),
  "services have namespaces that are not restricted": ({ delivery }) =>
    delivery.services.some(
      ({ namespaces, podSecurity }) =>
        namespaces.length > 0 && podSecurity !== "restricted",
    ),
  "somebody may forward ports by setting": ({ delivery }) =>
    delivery.portForward !== undefined,
  "Terraform writes the records of services": ({ delivery }) =>
    delivery.dns.owner === "terraform",
  "services have a certificate of ours": ({ delivery }) =>
    delivery.tls.kind === "acm",
  "services have a role": ({ delivery }) =>
    delivery.services.some(({ role }) => role !== undefined),
  "services have CI": ({ delivery }) =>
    delivery.services.some(({ ci }) => ci !== undefined),
  "services have buckets": ({ delivery }) => delivery.stores.buckets.length > 0,
  "services have Redis": ({ delivery }) => delivery.stores.redis !== undefined,
} satisfies Record<string, (settings: DeliverySettings) => boolean>;

/** Where Prefect runs. */
const OF_EMG = {
  "Prefect runs": () => true,
  "people log in to Prefect by GitHub": ({ emg }) =>
    emg.auth.mode === "oauth2-proxy",
  "the EMG API runs": ({ emg }) => emg.api !== undefined,
  "the EMG API writes where its image does by setting": ({ emg: { api } }) =>
    api?.readOnlyRoot === false,
  "Prefect has a database of ours": ({ emg }) => emg.database.kind === "rds",
  "Prefect has a database of somebody else": ({ emg }) =>
    emg.database.kind === "external",
  "Prefect's database has no standby by setting": ({ emg: { database } }) =>
    database.kind === "rds" && !database.multiAz,
  "the load of Prefect's database is not recorded by setting": ({
    emg: { database },
  }) => database.kind === "rds" && !database.performanceInsights,
  "Prefect's load balancer keeps access logs": ({ emg }) =>
    emg.ingress.accessLogs,
  "Prefect's load balancer keeps no access logs by setting": ({ emg }) =>
    !emg.ingress.accessLogs,
  "Prefect's namespace takes baseline pods by setting": ({ emg }) =>
    emg.podSecurity === "baseline",
  "Terraform writes the records of Prefect": (settings) =>
    zoneIdOf(settings) !== undefined,
} satisfies Record<string, (settings: EmgSettings) => boolean>;

type Name =
  | keyof typeof OF_CORE
  | keyof typeof OF_WAVE
  | keyof typeof OF_COMPUTE_ENV
  | keyof typeof OF_DELIVERY
  | keyof typeof OF_EMG;

/** Settings under which an entry of a register applies, in the words of the register. */
export const conditionSchema = z.enum(
  [OF_CORE, OF_WAVE, OF_COMPUTE_ENV, OF_DELIVERY, OF_EMG].flatMap(
    Object.keys,
  ) as [Name, ...Name[]],
);

/** Words of a condition. */
type Condition = z.infer<typeof conditionSchema>;

/** Whether a condition holds. */
export function holds(condition: Condition, settings: Settings): boolean {
  if (isOf(OF_CORE, condition)) return OF_CORE[condition](settings);
  if (isOf(OF_WAVE, condition))
    return hasWave(settings) && OF_WAVE[condition](settings);
  if (isOf(OF_COMPUTE_ENV, condition))
    return hasComputeEnv(settings) && OF_COMPUTE_ENV[condition](settings);
  if (isOf(OF_DELIVERY, condition))
    return hasDelivery(settings) && OF_DELIVERY[condition](settings);
  return hasEmg(settings) && OF_EMG[condition](settings);
}

const isOf = <T extends object>(
  conditions: T,
  condition: PropertyKey,
): condition is keyof T => Object.hasOwn(conditions, condition);
