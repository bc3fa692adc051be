import { partitionOf } from "../../../modules/lib/aws-partition";
import { type PolicyDocument, readPolicy } from "../../../modules/lib/policy";
import { type Document } from "../../../modules/lib/template";
import { type Settings } from "../../../modules/schema";
import { type DeployerValue, deployerValues, stateRegion } from "./values";

/** Files of `policies/deployer/`, with the values that each names. */
const FILES = {
  "alarm-topic": ["ALARM_TOPIC_ARNS"],
  alarms: ["REGION", "ACCOUNT_ID", "PREFIX"],
  "assume-roles": ["ASSUMED_ROLE_ARNS"],
  autoscaler: ["REGION", "ACCOUNT_ID", "PREFIX", "TAG"],
  backup: ["REGION", "ACCOUNT_ID", "PREFIX"],
  buckets: ["BUCKET_ARNS"],
  "bucket-cors": ["CORS_BUCKET_ARNS"],
  certificate: ["REGION", "ACCOUNT_ID", "PREFIX"],
  "certificate-lookup": ["REGION", "ACCOUNT_ID"],
  "chart-push": ["CHART_REPOSITORY_ARN"],
  charts: ["CHART_ARNS"],
  "client-groups": ["CLIENT_GROUP_ARNS"],
  cluster: ["REGION", "ACCOUNT_ID", "PREFIX", "CLUSTER_NAME"],
  "cluster-access": ["REGION", "ACCOUNT_ID", "CLUSTER_NAME"],
  "cluster-add-on": ["ADD_ON_ARNS"],
  "cluster-nodes": ["REGION", "ACCOUNT_ID", "PREFIX", "CLUSTER_NAME"],
  dashboard: ["ACCOUNT_ID", "PREFIX"],
  endpoints: [],
  "existing-cluster": ["REGION", "ACCOUNT_ID", "PREFIX", "CLUSTER_NAME"],
  "existing-subnets": ["SUBNET_ARNS"],
  "existing-vpc": ["REGION", "ACCOUNT_ID", "PREFIX", "VPC_ARN"],
  "existing-vpc-lookup": ["REGION"],
  files: ["REGION", "ACCOUNT_ID", "PREFIX"],
  "github-issuer-lookup": ["ACCOUNT_ID"],
  "github-issuer": ["ACCOUNT_ID", "PREFIX"],
  interfaces: ["REGION", "ACCOUNT_ID", "PREFIX"],
  keys: ["REGION", "ACCOUNT_ID", "PREFIX", "KEY_SERVICES"],
  "load-balancer-lookup": ["REGION"],
  "log-groups": ["REGION", "LOG_GROUP_ARNS"],
  "log-groups-lookup": ["REGION"],
  mail: ["MAIL_ARNS"],
  "mail-lookup": ["MAIL_ARNS"],
  "operator-policy": ["POLICY_ARNS"],
  "node-policies": ["NODE_ROLE_ARN", "NODE_POLICY_ARNS"],
  "node-policies-with-boundary": [
    "NODE_ROLE_ARN",
    "NODE_POLICY_ARNS",
    "BOUNDARY_ARN",
  ],
  passwords: ["REGION", "ACCOUNT_ID", "PREFIX", "OPERATOR_SECRET_ARNS"],
  "pod-range": ["REGION", "ACCOUNT_ID", "PREFIX"],
  postgres: ["REGION", "ACCOUNT_ID", "PREFIX"],
  queues: ["QUEUE_ARNS"],
  records: ["ZONE_ARNS", "RECORD_NAMES"],
  redis: ["REGION", "ACCOUNT_ID", "PREFIX"],
  repositories: ["REPOSITORY_ARNS"],
  "repositories-lookup": ["REGION", "ACCOUNT_ID", "READ_REPOSITORY_ARNS"],
  retire: ["BUCKET_ARNS", "OBJECT_ARNS", "VAULT_ARNS"],
  roles: ["ACCOUNT_ID", "ROLE_ARNS", "PASSED_TO"],
  "roles-with-boundary": [
    "ACCOUNT_ID",
    "ROLE_ARNS",
    "PASSED_TO",
    "BOUNDARY_ARN",
  ],
  "state-bucket": ["STATE_BUCKET_ARN"],
  tables: ["REGION", "ACCOUNT_ID", "PREFIX", "TABLE_ARNS", "TABLE_SERVICES"],
  "token-issuer-lookup": ["REGION", "ACCOUNT_ID", "DNS_SUFFIX"],
  "token-issuer": ["REGION", "ACCOUNT_ID", "PREFIX", "DNS_SUFFIX"],
  topics: ["TOPIC_ARNS"],
  vpc: ["REGION", "ACCOUNT_ID", "PREFIX"],
  "zone-lookup": ["READ_ZONE_ARNS"],
} as const satisfies Record<string, readonly DeployerValue[]>;

/** Name of a file of `policies/deployer/`. */
export type File = keyof typeof FILES;

/** Files with the values of an environment, joined into one document. */
export function documentOf(
  settings: Settings,
  name: string,
  files: readonly File[],
): PolicyDocument {
  // The bucket of the state, and its key, may be in another region than the rest.
  const region =
    name === "state-bucket" ? stateRegion(settings) : settings.region;
  const values = deployerValues({ ...settings, region });
  return {
    Version: "2012-10-17",
    Statement: files.flatMap((file) => {
      const named = FILES[file].map((key): [string, Document] => [
        key,
        values[key],
      ]);
      return readPolicy(
        `deployer/${file}.json`,
        partitionOf(region),
        Object.fromEntries(named),
      ).Statement;
    }),
  };
}
