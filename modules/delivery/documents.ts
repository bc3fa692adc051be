import { githubTrustDocument } from "../aws/iam/github-trust";
import { type PodTrust } from "../aws/iam/role-trust";
import { dnsSuffixOf, partitionOf } from "../lib/aws-partition";
import {
  type PolicyDocument,
  type PolicyStatement,
  joinPolicies,
  readPolicy,
} from "../lib/policy";
import { escapeTemplate } from "../lib/terraform-escape";
import { POD_ACCOUNT, repositoryArn, repositoryNameOf } from "./names";
import { type DeliverySettings, type ServiceSettings } from "./settings/schema";
import { storeArn } from "./store-arn";

type Statements = NonNullable<ServiceSettings["role"]>["statements"];

/** Services that hold the stores: they use the key for who uses the store. */
const SERVICES: Readonly<Record<string, string>> = {
  bucket: "s3",
  table: "dynamodb",
  queue: "sqs",
  topic: "sns",
};

/** Statements of the settings, in which stores stand by name, and the use of their key where they name one. */
export function policyOf(
  settings: DeliverySettings,
  statements: Statements,
  keyArn: string,
): PolicyDocument {
  const { region } = settings;
  const named = statements.flatMap(({ resources }) => resources);
  const services = Object.keys(SERVICES)
    .filter((kind) => named.some((one) => one.startsWith(`${kind}/`)))
    .map((kind) => `${SERVICES[kind]}.${region}.${dnsSuffixOf(region)}`);
  const own = statements.map(
    ({ actions, resources, conditions }): PolicyStatement => ({
      Effect: "Allow",
      Action: actions,
      Resource: resources.map((one) => storeArn(settings, one)),
      Condition: conditions,
    }),
  );
  // Variables of IAM, `${aws:username}`, are no expressions of Terraform.
  const Statement = JSON.parse(
    escapeTemplate(JSON.stringify(own)),
  ) as PolicyStatement[];
  return joinPolicies([
    { Version: "2012-10-17", Statement },
    ...(services.length === 0
      ? []
      : [
          readPolicy("delivery/store-key.json", partitionOf(region), {
            KEY_ARN: keyArn,
            SERVICES: services,
          }),
        ]),
  ]);
}

/** Who takes the role of a service. */
export const podTrust = (
  { namespaces }: ServiceSettings,
  subjects: NonNullable<ServiceSettings["role"]>["subjects"],
): PodTrust =>
  subjects === "namespaces"
    ? {
        kind: "service-accounts",
        serviceAccounts: namespaces.map((namespace) => ({
          namespace,
          serviceAccount: POD_ACCOUNT,
        })),
      }
    : {
        kind: "service-account-pattern",
        namespacePattern: subjects.namespacePattern,
        serviceAccount: POD_ACCOUNT,
      };

type Ci = NonNullable<ServiceSettings["ci"]>;

/** Who takes the role of a service's CI. */
export const ciTrust = (
  { region, delivery: { github } }: DeliverySettings,
  { repository, repositoryId }: ServiceSettings,
  ci: Ci,
  providerArn: string,
): PolicyDocument =>
  githubTrustDocument(
    providerArn,
    { ...ci, ...github, repository, repositoryId },
    partitionOf(region),
  );

/** What that role may do. */
export const ciPolicy = (
  settings: DeliverySettings,
  service: ServiceSettings,
  { statements }: Ci,
  keyArn: string,
): PolicyDocument =>
  joinPolicies([
    readPolicy("delivery/ecr-push.json", partitionOf(settings.region), {
      REPOSITORY_ARN: repositoryArn(settings, repositoryNameOf(service)),
    }),
    policyOf(settings, statements, keyArn),
  ]);
