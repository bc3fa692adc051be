import { type Construct } from "constructs";
import { PrivateBucket } from "../aws/s3/bucket";
import { KmsKey } from "../aws/kms/kms-key";
import { writeOutputs } from "../contracts/outputs";
import { stateNotes } from "../contracts/state";
import { dnsSuffixOf, partitionOf } from "../lib/aws-partition";
import { namesOf } from "../lib/names";
import { policyJson, readPolicy } from "../lib/policy";
import { type Problem, ProblemReport } from "../lib/problem";
import { makesStateBucket, statePrefix } from "../core/state/state-location";
import { type Settings } from "../schema";
import { BaseStack } from "../core/state/base-stack";

/** Old versions are the only way back to a state that a bad apply overwrote. */
const OLD_VERSION_DAYS = 365;

type S3Settings = Settings & {
  readonly backend: Extract<Settings["backend"], { kind: "s3" }>;
};

/**
 * The bucket that holds the state of all other stacks. It has to exist before any of them can be
 * initialised, so it is no part of `buildApp`: `npm run state` deploys it once, with local state, and no glob of `cdktf`
 * finds it. It is never destroyed, whatever `retain` says.
 *
 * @throws ProblemReport when the back end is not `s3`: the others need no bucket.
 */
export class StateStack extends BaseStack {
  constructor(scope: Construct, settings: Settings) {
    const s3 = withS3Backend(settings);
    super(scope, "state", ownSettings(s3));
    const key = this.createKey();
    const bucket = this.createBucket(s3, key);
    writeOutputs(this, stateNotes, {
      bucket: bucket.bucketName,
      keyArn: key.arn,
      deployerPolicy: deployerPolicy(s3, key.arn),
    });
  }

  private createKey(): KmsKey {
    const { accountId, region } = this.settings;
    const names = namesOf(this.settings);
    return new KmsKey(this, "state-key", {
      name: names.of("state"),
      description: `${names.prefix}: Terraform state`,
      accountId,
      region,
    });
  }

  private createBucket({ backend }: S3Settings, key: KmsKey): PrivateBucket {
    return new PrivateBucket(this, "state-bucket", {
      name: backend.bucket,
      partition: partitionOf(this.settings.region),
      kmsKeyArn: key.arn,
      oldVersionDays: OLD_VERSION_DAYS,
    });
  }
}

/** Everything happens in the bucket's region, and this stack's own state is a file. */
function ownSettings(settings: S3Settings): Settings {
  return {
    ...settings,
    region: settings.backend.region ?? settings.region,
    backend: { kind: "local" },
  };
}

/** What the deployer may do with state and lock files, ready to attach. */
function deployerPolicy(settings: S3Settings, keyArn: string): string {
  const region = settings.backend.region ?? settings.region;
  return policyJson(
    readPolicy("state/deployer.json", partitionOf(region), {
      BUCKET: settings.backend.bucket,
      KEY_PREFIX: statePrefix(settings),
      KEY_ARN: keyArn,
      REGION: region,
      DNS_SUFFIX: dnsSuffixOf(region),
    }),
  );
}

function withS3Backend(settings: Settings): S3Settings {
  const { backend } = settings;
  if (backend.kind === "s3") {
    if (makesStateBucket(settings)) return { ...settings, backend };
    throw new ProblemReport("settings", [roleOfAnotherAccount(settings)]);
  }
  throw new ProblemReport("settings", [
    {
      path: "backend.kind",
      given: backend.kind,
      allowed: "s3: only this back end keeps its state in a bucket",
      fix:
        backend.kind === "cloud"
          ? "no bucket is needed; what to prepare in Terraform Cloud, and in which order, is in docs/runbook.md (Terraform Cloud)"
          : "with backend local there is nothing to prepare: deploy the stacks",
    },
  ]);
}

const roleOfAnotherAccount = ({ accountId, backend }: Settings): Problem => ({
  path: "backend.assumeRole.roleArn",
  given: `"${backend.kind === "s3" ? backend.assumeRole?.roleArn : ""}"`,
  allowed: `a role of account ${accountId}: npm run state makes a bucket of this account`,
  fix: "nothing is to be made here: the bucket is that of the role's account, and npm run deployer-policy prints what its role needs (state-role-policy.json); see State in another account in docs/runbook.md",
});
