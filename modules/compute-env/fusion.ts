import { type Construct } from "constructs";
import { IrsaRole } from "../aws/iam/irsa-role";
import { PrivateBucket } from "../aws/s3/bucket";
import { providerOf, roleDefaults } from "../core/service-account-roles";
import { partitionOf } from "../lib/aws-partition";
import { joinPolicies } from "../lib/policy";
import { workBucketName } from "./names";
import { computeEnvPolicy, keyPolicies } from "./policies";
import { type Scratch, type ScratchInputs } from "./scratch-inputs";
import { type ComputeEnvSettings } from "./settings/schema";
import { createStorageKey } from "./storage-key";

type Fusion = Extract<
  ComputeEnvSettings["computeEnv"]["storage"],
  { readonly kind: "fusion" }
>;

/** Deleted and overwritten work files: nobody wants them back, and each version is paid for. */
const OLD_VERSION_DAYS = 1;

/** Bucket of the work files, and the role by which pods of both accounts use its folder. */
export function createFusion(
  scope: Construct,
  inputs: ScratchInputs,
  storage: Fusion,
): Omit<Scratch, "kind"> {
  const bucket = bucketOf(scope, inputs.settings, storage);
  const role = createRole(scope, inputs, storage, bucket);
  return {
    ...bucket,
    fusionRoleArn: role.arn,
    dependsOn: role.permissions,
  };
}

interface Bucket {
  readonly bucket: string;
  readonly keyArn?: string;
}

function bucketOf(
  scope: Construct,
  settings: ComputeEnvSettings,
  { bucket, prefix }: Fusion,
): Bucket {
  if (bucket.kind === "existing")
    return { bucket: bucket.name, keyArn: bucket.kmsKeyArn };
  const keyArn = createStorageKey(scope, settings);
  const { bucketName } = new PrivateBucket(scope, "work-bucket", {
    name: workBucketName(settings),
    partition: partitionOf(settings.region),
    kmsKeyArn: keyArn,
    expirationDays: bucket.expireDays,
    expirationPrefix: prefix,
    oldVersionDays: OLD_VERSION_DAYS,
    retain: settings.retain,
  });
  return { bucket: bucketName, keyArn };
}

function createRole(
  scope: Construct,
  { settings, network, identity }: ScratchInputs,
  { prefix }: Fusion,
  { bucket, keyArn }: Bucket,
): IrsaRole {
  const { namespace, headServiceAccount, computeServiceAccount } =
    settings.computeEnv;
  return new IrsaRole(scope, "fusion", {
    ...roleDefaults(settings, "tower-fusion"),
    description: "Fusion in pods of pipelines: work files in S3.",
    trust: {
      kind: "service-accounts",
      serviceAccounts: [headServiceAccount, computeServiceAccount].map(
        (serviceAccount) => ({ namespace, serviceAccount }),
      ),
    },
    policy: joinPolicies([
      computeEnvPolicy("fusion.json", settings, {
        BUCKET: bucket,
        PREFIX: prefix,
      }),
      ...keyPolicies(
        "write-keys.json",
        settings,
        keyArn === undefined ? [] : [keyArn],
      ),
    ]),
    provider: providerOf(identity, network),
  });
}
