import { lt } from "semver";
import { OLDEST_RELEASE } from "../../aws/eks/cloudwatch-observability";
import { type Rule, type Warning, eachOnce, when } from "../../settings/rule";
import { hasAgents, isCreatedCluster, isExistingNetwork } from "../kinds";
import { type CoreSettings } from "../settings/schema";

/** Who gets what of a topic that exists is its owner's to say. */
const oneReceiver: Rule<CoreSettings> = ({ observability }) =>
  when(
    observability?.topicArn !== undefined && observability.mail.length > 0,
    () => ({
      path: "observability.mail",
      given: `[${observability?.mail.join(", ") ?? ""}], beside topicArn`,
      allowed: "addresses of a topic that is made here, or a topic that exists",
      fix: "remove topicArn; or remove mail, and subscribe the addresses to that topic",
    }),
  );

/** SNS makes one subscription of both, whatever their letters. */
const everyAddressOnce: Rule<CoreSettings> = ({ observability }) =>
  eachOnce(
    "observability.mail",
    (observability?.mail ?? []).map((address) => address.toLowerCase()),
  );

const nobodyIsTold: Warning<CoreSettings> = ({ observability }) =>
  observability !== undefined &&
  observability.topicArn === undefined &&
  observability.mail.length === 0
    ? [
        "observability has neither mail nor topicArn: alarms are made, and nobody is told. The output alarm_topic_arn of network names the topic, for subscriptions of your own.",
      ]
    : [];

/** In a cluster that is made here there is nothing yet. */
const nothingIsThere: Rule<CoreSettings> = (settings) =>
  when(
    isCreatedCluster(settings) && settings.observability?.addOn === "existing",
    () => ({
      path: "observability.addOn",
      given: "existing, in a cluster that is made here",
      allowed: "ours or none",
      fix: "write ours, or none where you install other agents",
    }),
  );

/** Its controller would stay closed: the namespace, which a policy has to be in, comes with the add-on. */
const closedController: Rule<CoreSettings> = (settings) =>
  when(
    hasAgents(settings) &&
      isCreatedCluster(settings) &&
      settings.cluster.networkPolicyMode === "strict",
    () => ({
      path: "observability.addOn",
      given: "ours, with cluster.networkPolicyMode strict",
      allowed:
        "none, or the mode standard: in strict the add-on's controller is closed, and no policy can open it before its namespace is there",
      fix: "write none, or cluster.networkPolicyMode: standard",
    }),
  );

/** EKS compares the configuration with the schema of the version. */
const releaseKnowsConfiguration: Rule<CoreSettings> = (settings) => {
  if (!isCreatedCluster(settings)) return [];
  const version = settings.cluster.addOns.cloudwatchObservability;
  return when(
    version !== undefined &&
      lt(version.replace(/^v|-.*$/g, ""), OLDEST_RELEASE),
    () => ({
      path: "cluster.addOns.cloudwatchObservability",
      given: version ?? "",
      allowed: `v${OLDEST_RELEASE} or later: an earlier one does not know the configuration`,
      fix: "raise it, or remove it for the default of the minor",
    }),
  );
};

const agentsWithoutProxy: Warning<CoreSettings> = (settings) =>
  hasAgents(settings) &&
  isExistingNetwork(settings) &&
  settings.network.proxy !== undefined
    ? [
        "observability.addOn is ours, and its agents do not use network.proxy: the VPC needs another way to logs, sts and ec2 of the region, such as interface endpoints.",
      ]
    : [];

export const observabilityRules = [
  oneReceiver,
  everyAddressOnce,
  nothingIsThere,
  closedController,
  releaseKnowsConfiguration,
];
export const observabilityWarnings = [nobodyIsTold, agentsWithoutProxy];
