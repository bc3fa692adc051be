import { DataAwsAcmCertificate } from "@cdktf/provider-aws/lib/data-aws-acm-certificate";
import { DataAwsEcrRepositories } from "@cdktf/provider-aws/lib/data-aws-ecr-repositories";
import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { DataAwsSesv2EmailIdentity } from "@cdktf/provider-aws/lib/data-aws-sesv2-email-identity";
import { nodeGroupId } from "../core/cluster/node-labels";
import { type Expectation, quoted } from "../core/preflight/expectation";
import { FOUND, leftOutExpectations } from "../core/preflight/left-out";
import { databaseClassExpectation } from "../core/preflight/postgres";
import { type CoreSettings } from "../core/settings/schema";
import { namesOf } from "../lib/names";
import { hasBuilds, isClassic, mailOf } from "./release/line";
import { runningStoreExpectations } from "./running-stores";
import { type WaveSettings } from "./settings/schema";
import { fileSystemName } from "./stores/file-store";
import { redisName } from "./stores/redis-store";

/** What Wave expects of the account: what its settings say exists already, and what they cannot change. */
export const waveExpectations = (settings: WaveSettings): Expectation[] => [
  ...certificateExpectations(settings),
  ...mailIdentityExpectations(settings),
  ...repositoryExpectations(settings),
  ...(isClassic(settings)
    ? []
    : [
        databaseClassExpectation(
          "data-postgres-instance-class-in-this-region",
          settings.data.postgres.instanceClass,
        ),
      ]),
  ...buildNodeExpectations(settings),
  ...runningStoreExpectations(settings),
];

/** Without the section `wave`, and with `retain`: the environment has none of Wave's stores, which would be deleted. */
export const noWaveExpectations = (settings: CoreSettings): Expectation[] =>
  settings.retain
    ? leftOutExpectations(
        "stores-of-wave",
        ["elasticfilesystem:file-system", "elasticache:replicationgroup"],
        [fileSystemName(settings), redisName(settings)],
        `The settings have no section wave and retain is true, but the environment has Wave's stores (${FOUND}), which would be deleted. Put the section back; or, to give Wave up, set retain to false, deploy with the section, and then take it out.`,
      )
    : [];

/** Every key type that a load balancer takes; unset, ACM lists RSA 2048 only. */
const KEY_TYPES = [
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "EC_prime256v1",
  "EC_secp384r1",
  "EC_secp521r1",
];

/**
 * With `dns.certificateArn` and its names: an issued certificate of the first one exists in the region. Terraform searches ACM
 * by a certificate's own name only, so a second one of the same name hides a mistyped ARN; and without the names, a wildcard
 * cannot be told from a certificate that is missing.
 */
function certificateExpectations({ dns }: WaveSettings): Expectation[] {
  const [domain] = dns.certificateDomains ?? [];
  if (dns.certificateArn === undefined || domain === undefined) return [];
  return [
    {
      // Terraform prints the id when there is none.
      id: "issued-certificate-in-this-region",
      read: (scope, id) =>
        new DataAwsAcmCertificate(scope, id, {
          domain,
          statuses: ["ISSUED"],
          keyTypes: KEY_TYPES,
          mostRecent: true,
        }),
      conditions: [],
    },
  ];
}

/** Label of the nodes of managed groups, which nodes of EKS Auto Mode do not have. */
const MANAGED_GROUP = "eks.amazonaws.com/nodegroup";

/** Builds that choose given nodes: not those of EKS Auto Mode, on whose fixed image nobody has seen a build start. */
function buildNodeExpectations(settings: WaveSettings): Expectation[] {
  const { cluster } = settings;
  if (cluster.kind !== "existing" || !hasBuilds(settings)) return [];
  const { name, nodeSelectors } = cluster;
  return (["build", "buildArm64"] as const)
    .filter((group) => {
      const labels = nodeSelectors[group];
      return labels !== undefined && !(MANAGED_GROUP in labels);
    })
    .map((group) => ({
      id: `nodes-of-cluster-node-selectors-${nodeGroupId(group)}`,
      read: (scope, id, lifecycle) =>
        new DataAwsEksCluster(scope, id, { name, lifecycle }),
      conditions: [
        {
          condition:
            "!anytrue([for compute in self.compute_config : compute.enabled == true])",
          otherwise: `cluster.nodeSelectors.${group} may choose nodes of EKS Auto Mode, which ${name} has: they are Bottlerocket with settings of AWS, and builds need user namespaces. Write the label of a managed node group, ${MANAGED_GROUP}: <its name>, or add cluster.nodeGroups.${group} in the place of the selector.`,
        },
      ],
    }));
}

/** With `wave.mail.existingIdentity`: SES has verified the domain. */
function mailIdentityExpectations(settings: WaveSettings): Expectation[] {
  const mail = mailOf(settings);
  if (mail?.existingIdentity !== true) return [];
  const { domain } = mail;
  return [
    {
      id: "mail-identity",
      read: (scope, id, lifecycle) =>
        new DataAwsSesv2EmailIdentity(scope, id, {
          emailIdentity: domain,
          lifecycle,
        }),
      conditions: [
        {
          condition: "self.verified_for_sending_status",
          otherwise: `wave.mail.existingIdentity is true, but SES has not verified ${quoted(domain)} in this region. Finish its DKIM records first, or set existingIdentity to false.`,
        },
      ],
    },
  ];
}

/** With `data.ecr.existing`: both repositories exist, because ECR makes none by itself. */
function repositoryExpectations(settings: WaveSettings): Expectation[] {
  const { ecr } = settings.data;
  if (!ecr.existing) return [];
  const prefix = ecr.prefix ?? namesOf(settings).prefix;
  return [
    {
      id: "repositories",
      read: (scope, id, lifecycle) =>
        new DataAwsEcrRepositories(scope, id, { lifecycle }),
      conditions: ["build", "cache"].map((what) => ({
        condition: `contains(self.names, ${quoted(`${prefix}/${what}`)})`,
        otherwise: `data.ecr.existing is true, but the repository ${prefix}/${what} does not exist in ${settings.region}. Create it, correct data.ecr.prefix, or set existing to false.`,
      })),
    },
  ];
}
