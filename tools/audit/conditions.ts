import { isCreatedCluster, isCreatedNetwork } from "../../modules/core/kinds";
import { controllersOf } from "../../modules/core/controllers/given";
import { networkFactsOf } from "../../modules/core/network-facts";
import { satisfies } from "semver";
import { z } from "zod";
import { hasAutoscaler } from "../../modules/core/cluster/autoscaled-groups";
import { needsOf } from "../../modules/core/facts";
import { factsOf } from "../../modules/facts";
import { hasOwnBuildNodes } from "../../modules/wave/objects/nodes";
import { type WaveSettings as Settings } from "../../modules/wave/settings/schema";
import {
  hasBuilds,
  isClassic,
  isCurrent,
} from "../../modules/wave/release/line";

const CONDITIONS = {
  always: () => true,
  "the line is classic": isClassic,
  "the line is current": isCurrent,
  "Wave builds": hasBuilds,
  "Wave builds on the current line": (settings) =>
    hasBuilds(settings) && isCurrent(settings),
  "builds need a privileged namespace": (settings) =>
    hasBuilds(settings) &&
    (isCurrent(settings) || settings.wave.build.singularity),
  "an autoscaler runs": (settings) =>
    hasAutoscaler(settings, needsOf(factsOf(settings))),
  "the load-balancer controller is ours": (settings) =>
    controllersOf(settings).loadBalancerController === "ours",
  "Wave builds, and the EFS CSI driver is ours": (settings) =>
    hasBuilds(settings) && controllersOf(settings).efsCsiDriver === "ours",
  "Wave builds, and the EFS CSI driver is somebody else's": (settings) =>
    hasBuilds(settings) && controllersOf(settings).efsCsiDriver !== "ours",
  "Wave builds on nodes of ours": (settings) =>
    hasBuilds(settings) && hasOwnBuildNodes(settings),
  "the public endpoint is on": (settings) =>
    isCreatedCluster(settings) && settings.cluster.endpoint.public,
  "Terraform makes the repositories": (settings) =>
    hasBuilds(settings) && !settings.data.ecr.existing,
  "the root file system is writable by setting": ({ wave }) =>
    !wave.hardening.readOnlyRootFilesystem,
  "Redis has no replica": ({ data }) => data.redis.replicas === 0,
  "Redis asks for no password": ({ data }) => !data.redis.auth,
  "Redis asks for a password": ({ data }) => data.redis.auth,
  "a cluster of ours is newer than 1.35": (settings) =>
    isCreatedCluster(settings) &&
    satisfies(`${settings.cluster.version}.0`, ">=1.36.0"),
  "PostgreSQL has no standby by setting": (settings) =>
    isCurrent(settings) && !settings.data.postgres.multiAz,
  "PostgreSQL's load is not recorded by setting": (settings) =>
    isCurrent(settings) && !settings.data.postgres.performanceInsights,
  "pods start closed by setting": (settings) =>
    isCreatedCluster(settings) &&
    settings.cluster.networkPolicyMode === "strict",
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
  "nodes have more policies by setting": ({ cluster }) =>
    cluster.nodePolicyArns.length > 0,
  "logs of the cluster end within a year": (settings) =>
    isCreatedCluster(settings) && settings.cluster.logRetentionDays < 365,
  "flow logs end within a year": (settings) =>
    isCreatedNetwork(settings) && settings.network.flowLogRetentionDays < 365,
} satisfies Record<string, (settings: Settings) => boolean>;

/** Settings under which an entry of a register applies, in the words of the register. */
export const conditionSchema = z.enum(
  Object.keys(CONDITIONS) as [keyof typeof CONDITIONS],
);

/** Words of a condition. */
export type Condition = z.infer<typeof conditionSchema>;

/** Whether a condition holds. */
export const holds = (condition: Condition, settings: Settings): boolean =>
  CONDITIONS[condition](settings);
