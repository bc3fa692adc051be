import { githubProviderArn } from "../../aws/iam/github-trust";
import { serviceAccountTrustDocument } from "../../aws/iam/role-trust";
import { partitionOf } from "../../lib/aws-partition";
import { type PolicyDocument, policyJson } from "../../lib/policy";
import { type Rule, when } from "../../settings/rule";
import { ciPolicy, ciTrust, podTrust, policyOf } from "../documents";
import {
  type DeliverySettings,
  type ServiceSettings,
} from "../settings/schema";
import { statements } from "./statements";

type Sized = readonly [
  key: string,
  document: PolicyDocument,
  limit: number,
  fix: string,
];

/** Characters that IAM takes in a trust and in a role (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
const TRUST = 2048;
const PERMISSIONS = 10_240;

/** Documents that IAM would refuse when all else is made. */
export const sizes: Rule<DeliverySettings> = (settings) =>
  // A store that is not there has no ARN to be measured.
  statements(settings).length > 0
    ? []
    : settings.delivery.services.flatMap((service, index) =>
        documentsOf(settings, service).flatMap(([key, document, limit, fix]) =>
          when(policyJson(document).length > limit, () => ({
            path: `delivery.services[${index}].${key}`,
            given: `a document of ${policyJson(document).length} characters in the end`,
            allowed: `${limit} characters: IAM takes no more`,
            fix,
          })),
        ),
      );

/** With ARNs as long as those that AWS makes. */
function documentsOf(
  settings: DeliverySettings,
  service: ServiceSettings,
): Sized[] {
  const { region, accountId } = settings;
  const { role, ci } = service;
  const partition = partitionOf(region);
  const id = "0".repeat(32);
  const key = `arn:${partition}:kms:${region}:${accountId}:key/0000${id}`;
  const issuerHost = `oidc.eks.${region}.amazonaws.com/id/${id}`;
  const arn = `arn:${partition}:iam::${accountId}:oidc-provider/${issuerHost}`;
  const github = githubProviderArn(accountId, partition);
  const join = "join statements of the same actions or resources";
  const ofPods: Sized[] = role
    ? [
        [
          "namespaces",
          serviceAccountTrustDocument(
            podTrust(service, role.subjects),
            partition,
            { arn, issuerHost },
          ),
          TRUST,
          "write role.subjects.namespacePattern",
        ],
        [
          "role.statements",
          policyOf(settings, role.statements, key),
          PERMISSIONS,
          join,
        ],
      ]
    : [];
  return ci
    ? [
        ...ofPods,
        [
          "ci",
          ciTrust(settings, service, ci, github),
          TRUST,
          "name fewer branches, or one environment of GitHub that jobs of all of them run in",
        ],
        [
          "ci.statements",
          ciPolicy(settings, service, ci, key),
          PERMISSIONS,
          join,
        ],
      ]
    : ofPods;
}
