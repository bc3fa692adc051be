import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { DataAwsEksClusters } from "@cdktf/provider-aws/lib/data-aws-eks-clusters";
import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { namesOf } from "../../lib/names";
import {
  CLUSTER_ROLE,
  CONTROL_PLANE_ZONES,
  clusterNameOf,
} from "../cluster/cluster";
import {
  type CreatedClusterSettings,
  type CreatedNetworkSettings,
  isCreatedNetwork,
} from "../kinds";
import { zonesOf } from "../network-facts";
import { type CoreSettings } from "../settings/schema";
import {
  type Condition,
  type Expectation,
  onlyIf,
  quoted,
} from "./expectation";

/**
 * What no API changes in a cluster that runs, refused while planning: an apply would first delete what it can, and then meet
 * the refusal of AWS. Without a cluster nothing is expected, so that a first deployment, and one after an interruption, go on.
 */
export function runningClusterExpectation(
  settings: CreatedClusterSettings,
): Expectation {
  const name = clusterNameOf(settings);
  return {
    id: "clusters",
    read: (scope, id, lifecycle) =>
      new DataAwsEksClusters(scope, id, { lifecycle }),
    conditions: opensSystemPods(settings, name),
    then: (clusters) => [
      {
        id: "running-cluster",
        read: (scope, id, lifecycle) =>
          onlyIf(
            new DataAwsEksCluster(scope, id, { name, lifecycle }),
            `contains(${clusters}.names, ${quoted(name)})`,
          ),
        conditions: [
          ...versionConditions(settings),
          serviceRange(settings),
          ...pathOfRole(settings),
          ...vpcOfCluster(settings),
          ...madeByUs(settings),
        ],
        then: (cluster) => [
          controlPlaneZones(settings, cluster),
          ...(isCreatedNetwork(settings)
            ? [vpcRange(settings, cluster), internetOfVpc(settings, cluster)]
            : []),
        ],
      },
    ],
  };
}

/** CoreDNS has to start before anything can reach the API and open its pods. */
const opensSystemPods = (
  { cluster: { networkPolicyMode } }: CreatedClusterSettings,
  name: string,
): Condition[] =>
  networkPolicyMode === "standard"
    ? []
    : [
        {
          condition: `contains(self.names, ${quoted(name)})`,
          otherwise: `cluster.networkPolicyMode is ${networkPolicyMode}, and there is no cluster ${name} yet: CoreDNS would start closed, and never become healthy. Leave the key out, deploy all stacks, then write it and deploy workloads, which opens the pods of kube-system, before network.`,
        },
      ];

/** Minor of a running cluster as a number. */
const RUNNING_MINOR = `tonumber(split(".", self.version)[1])`;

/** EKS goes up by one minor, and never back ("Update existing cluster to new Kubernetes version" of its user guide). */
function versionConditions({
  cluster: { version },
}: CoreSettings): Condition[] {
  const minor = Number(version.split(".")[1]);
  return [
    {
      condition: `${RUNNING_MINOR} <= ${minor}`,
      otherwise: `cluster.version is ${version}, but the cluster runs \${self.version}, and EKS never goes back to an older minor. Write "\${self.version}". (At the end of a minor's support EKS raises it by itself.)`,
    },
    {
      condition: `${RUNNING_MINOR} >= ${minor - 1}`,
      otherwise: `cluster.version is ${version}, but the cluster runs \${self.version}, and EKS goes up by one minor at a time. Write "1.\${${RUNNING_MINOR} + 1}", deploy, and go on from there.`,
    },
  ];
}

function serviceRange({ cluster: { serviceCidr } }: CoreSettings): Condition {
  const running = "self.kubernetes_network_config[0].service_ipv4_cidr";
  return {
    condition: `${running} == ${quoted(serviceCidr)}`,
    otherwise: `cluster.serviceCidr is ${serviceCidr}, but the services of the cluster have \${${running}}, and EKS cannot change it. Write that range.`,
  };
}

/** A name of the settings may be that of a cluster that somebody else has made: EKS would refuse it after minutes. */
function madeByUs(settings: CreatedClusterSettings): Condition[] {
  const { name } = settings.cluster;
  const role = namesOf(settings).iam(CLUSTER_ROLE);
  return name === undefined
    ? []
    : [
        {
          condition: `endswith(self.role_arn, ${quoted(`/${role}`)})`,
          otherwise: `cluster.name is ${name}, and there is a cluster of that name with the role \${self.role_arn}, which this environment has not made. Write another name; or, to run on that cluster, cluster.kind: existing.`,
        },
      ];
}

/** A VPC that exists is named, and a cluster stays in its own. */
function vpcOfCluster({ network }: CoreSettings): Condition[] {
  if (network.kind === "created") return [];
  const { vpcId } = network;
  const running = "self.vpc_config[0].vpc_id";
  return [
    {
      condition: `${running} == ${quoted(vpcId)}`,
      otherwise: `network.vpcId is ${vpcId}, but the cluster of this environment stands in \${${running}}, and EKS cannot move it. Write that VPC with its subnets; for another one make a new environment.`,
    },
  ];
}

/** A role with another path is another role, and a cluster keeps its role for ever: it would be replaced. */
function pathOfRole({ iam, retain }: CoreSettings): Condition[] {
  const path = `"/^arn:[^:]+:iam::[0-9]+:role|[^\/]+$/"`;
  return retain
    ? [
        {
          condition: `replace(self.role_arn, ${path}, "") == ${quoted(iam.path)}`,
          otherwise: `iam.path is ${iam.path}, but the role of the cluster has \${replace(self.role_arn, ${path}, "")}, and EKS cannot change the role of a cluster: the cluster would be made anew. Write that path.`,
        },
      ]
    : [];
}

/** Each subnet of the control plane is in one of the first zones of the settings; there are as many of them as zones. */
function controlPlaneZones(
  settings: CoreSettings,
  cluster: string,
): Expectation {
  const { network, region } = settings;
  const path =
    network.kind === "created" ? "network.zones" : "network.subnets.private";
  const zones = zonesOf(settings).slice(0, CONTROL_PLANE_ZONES);
  const names = zones.map((zone) => `${region}${zone}`);
  return {
    id: "control-plane-subnets",
    read: (scope, id, lifecycle) => {
      const subnet = new DataAwsSubnet(scope, id, {
        id: "${each.value}",
        lifecycle,
      });
      subnet.addOverride(
        "for_each",
        `\${toset(flatten(${cluster}[*].vpc_config[0].subnet_ids))}`,
      );
      return subnet;
    },
    conditions: [
      {
        condition: `contains(${JSON.stringify(names)}, self.availability_zone)`,
        otherwise: `${path} starts with ${zones.join(", ")}, but the control plane of the cluster stands in \${self.availability_zone} too, and EKS cannot move it. Put the letter of \${self.availability_zone} back among the first two; a third zone may come and go.`,
      },
    ],
  };
}

function vpcRange(
  { network: { cidr } }: CreatedNetworkSettings,
  cluster: string,
) {
  return {
    id: "running-vpc",
    read: (scope, id, lifecycle) =>
      onlyIf(
        new DataAwsVpc(scope, id, {
          id: `\${one(${cluster}[*].vpc_config[0].vpc_id)}`,
          lifecycle,
        }),
        `length(${cluster}) > 0`,
      ),
    conditions: [
      {
        condition: `self.cidr_block == ${quoted(cidr)}`,
        otherwise: `network.cidr is ${cidr}, but the VPC of the cluster has \${self.cidr_block}, and AWS cannot change it: the VPC, the cluster and every store would have to be made anew. Write \${self.cidr_block}; for another range make a new environment.`,
      },
    ],
  } satisfies Expectation;
}

/** Public subnets, NAT and the place of endpoints are those of the first deployment: the rest stands in them. */
function internetOfVpc(
  { network: { internet } }: CreatedNetworkSettings,
  cluster: string,
) {
  return {
    id: "running-public-subnets",
    read: (scope, id, lifecycle) =>
      onlyIf(
        new DataAwsSubnets(scope, id, {
          filter: [
            {
              name: "vpc-id",
              values: [`\${one(${cluster}[*].vpc_config[0].vpc_id)}`],
            },
            { name: "tag:kubernetes.io/role/elb", values: ["1"] },
          ],
          lifecycle,
        }),
        `length(${cluster}) > 0`,
      ),
    conditions: [
      {
        condition: `(length(self.ids) > 0) == ${internet}`,
        otherwise: `network.internet is ${internet}, but the VPC of the cluster was made with ${!internet}: nodes would lose their way to registries and AWS before they have another. Write ${!internet}; for the other make a new environment.`,
      },
    ],
  } satisfies Expectation;
}
