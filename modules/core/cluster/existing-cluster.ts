import { DataAwsEksAccessEntry } from "@cdktf/provider-aws/lib/data-aws-eks-access-entry";
import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { DataAwsSecurityGroup } from "@cdktf/provider-aws/lib/data-aws-security-group";
import { type Construct } from "constructs";
import { AUDIENCE, oidcProviderArn } from "../../aws/iam/oidc-provider";
import { partitionOf } from "../../lib/aws-partition";
import {
  type ExistingClusterSettings,
  type ExistingNetworkSettings,
} from "../kinds";
import { type Condition, lifecycleOf, quoted } from "../preflight/expectation";
import { notMadeHere } from "../preflight/made-here";
import { type ClusterFields, managesAccess } from "./cluster";
import { readRoles } from "./existing-roles";

/** A cluster that exists stands in a VPC that exists. */
type Settings = ExistingClusterSettings & ExistingNetworkSettings;

/** The cluster that the settings name: read, compared with every literal of the settings, and not touched. */
export function readCluster(
  scope: Construct,
  settings: Settings,
): ClusterFields {
  const { cluster, access } = settings;
  const found = new DataAwsEksCluster(scope, "cluster-name", {
    name: cluster.name,
    lifecycle: lifecycleOf(conditionsOf(settings)),
  });
  const oidcIssuer = found.identity.get(0).oidc.get(0).issuer;
  if (!managesAccess(settings))
    // Terraform prints the id where there is none.
    new DataAwsEksAccessEntry(scope, "access-deployer-needs-an-access-entry", {
      clusterName: found.name,
      principalArn: access.deployer,
    });
  readClientGroups(scope, settings);
  if (settings.retain) readRoles(scope, settings, found);
  if (cluster.oidcProvider === "existing")
    readOidcProvider(scope, settings, oidcIssuer);
  return {
    clusterName: found.name,
    arn: found.arn,
    endpoint: found.endpoint,
    certificateAuthority: found.certificateAuthority.get(0).data,
    securityGroupId: found.vpcConfig.get(0).clusterSecurityGroupId,
    oidcIssuer,
  };
}

/** Node security groups that are not the cluster's own: the stores admit them, so they are of this VPC. */
function readClientGroups(
  scope: Construct,
  { cluster, network: { vpcId } }: Settings,
): void {
  cluster.clientSecurityGroupIds.forEach((id, index) => {
    const path = `cluster.clientSecurityGroupIds[${index}]`;
    new DataAwsSecurityGroup(scope, `client-security-group-${id}`, {
      id,
      lifecycle: lifecycleOf([
        {
          condition: `self.vpc_id == ${quoted(vpcId)}`,
          otherwise: `${path} is ${id}, a group of \${self.vpc_id}, and network.vpcId is ${vpcId}. Write the group that the nodes of ${cluster.name} have, or remove it.`,
        },
      ]),
    });
  });
}

/** IAM trusts the tokens of the cluster already, for the audience that roles of service accounts ask for. */
function readOidcProvider(
  scope: Construct,
  { accountId, region, cluster }: Settings,
  issuer: string,
): void {
  new DataAwsIamOpenidConnectProvider(scope, "cluster-oidc-provider", {
    arn: oidcProviderArn({ accountId, partition: partitionOf(region), issuer }),
    lifecycle: lifecycleOf([
      {
        condition: `contains(self.client_id_list, ${quoted(AUDIENCE)})`,
        otherwise: `cluster.oidcProvider is existing, and the provider of ${cluster.name} (\${self.arn}) has the audiences \${join(", ", self.client_id_list)}, not ${AUDIENCE}: no service account could take a role. Add it: aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn \${self.arn} --client-id ${AUDIENCE}.`,
      },
    ]),
  });
}

function conditionsOf(settings: Settings): Condition[] {
  const { cluster, network } = settings;
  const { name, version, serviceCidr } = cluster;
  const services = "self.kubernetes_network_config[0]";
  const vpc = "self.vpc_config[0].vpc_id";
  const mode = "self.access_config[0].authentication_mode";
  return [
    {
      condition: `self.status == "ACTIVE"`,
      otherwise: `cluster.name is ${name}, and that cluster is \${self.status}. Wait until it is ACTIVE.`,
    },
    {
      condition: `self.version == ${quoted(version)}`,
      otherwise: `cluster.version is ${version}, and ${name} runs \${self.version}. Write "\${self.version}".`,
    },
    {
      condition: `${vpc} == ${quoted(network.vpcId)}`,
      otherwise: `cluster.name is ${name}, a cluster of \${${vpc}}, and network.vpcId is ${network.vpcId}. Write the VPC of the cluster with its subnets, or name a cluster of that VPC.`,
    },
    {
      condition: `${services}.ip_family == "ipv4"`,
      otherwise: `cluster.name is ${name}, whose pods and services have addresses of \${${services}.ip_family}: network policies and rules here are of ipv4. Name a cluster with ipv4.`,
    },
    {
      // A cluster of ipv6 has no such range.
      condition: `${services}.ip_family != "ipv4" || ${services}.service_ipv4_cidr == ${quoted(serviceCidr)}`,
      otherwise: `cluster.serviceCidr is ${serviceCidr}, and the services of ${name} have \${${services}.service_ipv4_cidr}. Write that range.`,
    },
    {
      condition: `strcontains(${mode}, "API")`,
      otherwise: `cluster.name is ${name}, whose authentication mode is \${${mode}}: it has no access entries, and access.deployer needs one. Its owner can change that, and not back: aws eks update-cluster-config --name ${name} --access-config authenticationMode=API_AND_CONFIG_MAP.`,
    },
    ...autoMode(settings),
    ...(settings.retain ? [notMadeHere(settings, name)] : []),
  ];
}

/** EKS Auto Mode balances by a class of its own, and its controller leaves Ingresses of the class `alb` alone. */
const autoMode = ({ cluster }: Settings): Condition[] =>
  cluster.controllers.loadBalancerController === "existing"
    ? [
        {
          condition: `!anytrue([for compute in self.compute_config : compute.enabled == true])`,
          otherwise: `cluster.controllers.loadBalancerController is existing, and ${cluster.name} is a cluster of EKS Auto Mode, whose own controller answers to the class eks.amazonaws.com/alb and to no other: an Ingress of the class alb would have no load balancer. Write ours: the two run beside each other.`,
        },
      ]
    : [];
