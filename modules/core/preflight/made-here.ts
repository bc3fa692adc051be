import { DataAwsCloudwatchLogGroups } from "@cdktf/provider-aws/lib/data-aws-cloudwatch-log-groups";
import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { DataAwsEksClusters } from "@cdktf/provider-aws/lib/data-aws-eks-clusters";
import { flowLogGroupName } from "../../aws/network/flow-log";
import { namesOf } from "../../lib/names";
import { CLUSTER_ROLE, ownClusterName } from "../cluster/cluster";
import { isExistingCluster, isExistingNetwork } from "../kinds";
import { type CoreSettings } from "../settings/schema";
import {
  type Condition,
  type Expectation,
  onlyIf,
  quoted,
} from "./expectation";

/**
 * With `kind: existing`, and with `retain`: the environment has not made that part itself before. Terraform forgets
 * `prevent_destroy` together with the resource that has it, so another kind would delete the cluster, or the VPC's ways out.
 */
export const madeHereExpectations = (settings: CoreSettings): Expectation[] =>
  settings.retain
    ? [
        ...(isExistingCluster(settings) ? [ownCluster(settings)] : []),
        ...(isExistingNetwork(settings) ? [ownVpc(settings)] : []),
      ]
    : [];

/** A cluster with the role that this environment would give it. */
export function notMadeHere(settings: CoreSettings, name: string): Condition {
  const role = namesOf(settings).iam(CLUSTER_ROLE);
  return {
    condition: `!endswith(self.role_arn, ${quoted(`/${role}`)})`,
    otherwise: `cluster.kind is existing and retain is true, but this environment has made the cluster ${name}, which would be deleted. Remove cluster.kind, and the keys that go with it; or, to give that cluster up, set retain to false, deploy with cluster.kind: created, and then change it.`,
  };
}

/** A cluster of the name that this environment would choose; that of the settings is read elsewhere. */
function ownCluster(settings: CoreSettings): Expectation {
  const name = ownClusterName(settings);
  return {
    id: "clusters",
    read: (scope, id) => new DataAwsEksClusters(scope, id),
    conditions: [],
    then: (clusters) => [
      {
        id: "own-cluster",
        read: (scope, id, lifecycle) =>
          onlyIf(
            new DataAwsEksCluster(scope, id, { name, lifecycle }),
            `contains(${clusters}.names, ${quoted(name)})`,
          ),
        conditions: [notMadeHere(settings, name)],
      },
    ],
  };
}

/** The log group of the flow log of a VPC that this environment has made; it goes with the VPC. */
function ownVpc(settings: CoreSettings): Expectation {
  const name = flowLogGroupName(namesOf(settings).prefix);
  return {
    id: "own-flow-log",
    read: (scope, id, lifecycle) =>
      new DataAwsCloudwatchLogGroups(scope, id, {
        logGroupNamePrefix: name,
        lifecycle,
      }),
    conditions: [
      {
        condition: `!contains(self.log_group_names, ${quoted(name)})`,
        otherwise: `network.kind is existing and retain is true, but this environment has made a VPC (its flow log writes to ${name}), whose routes, gateways and endpoints would be deleted. Remove network.kind, and the keys that go with it; or, to give that VPC up, set retain to false, deploy with network.kind: created, and then change it.`,
      },
    ],
  };
}
