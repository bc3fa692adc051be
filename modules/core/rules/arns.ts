import { partitionOf } from "../../lib/aws-partition";
import { type Problem } from "../../lib/problem";
import { type Rule, runAll } from "../../settings/rule";
import { type CoreSettings } from "../settings/schema";

/** An ARN of the settings and where AWS wants it to be. */
interface ExpectedArn {
  readonly path: string;
  readonly arn: string | undefined;
  /** Undefined: any region, as for IAM. */
  readonly region?: string;
  readonly account?: string;
}

/** A rule for one ARN, so that a broken part of the file hides only its own. */
export const arnRule =
  <S extends CoreSettings>(expected: (settings: S) => ExpectedArn): Rule<S> =>
  (settings) => {
    const { path, arn, region, account } = expected(settings);
    if (arn === undefined) return [];
    const [, partition = "", , arnRegion = "", arnAccount = ""] =
      arn.split(":");
    const wrong = (what: string, is: string, wanted: string): Problem => ({
      path,
      given: `"${arn}", of ${what} ${is || "none"}`,
      allowed: `an ARN of ${what} ${wanted}`,
      fix: `write the one of ${what} ${wanted}: AWS refuses any other here`,
    });
    const ours = partitionOf(settings.region);
    if (partition !== ours) return [wrong("partition", partition, ours)];
    if (region !== undefined && arnRegion !== region)
      return [wrong("region", arnRegion, region)];
    return account !== undefined && arnAccount !== account
      ? [wrong("account", arnAccount, account)]
      : [];
  };

/** A load balancer takes certificates of its own region and account only. */
const certificate = arnRule<CoreSettings>(({ dns, region, accountId }) => ({
  path: "dns.certificateArn",
  arn: dns.certificateArn,
  region,
  account: accountId,
}));

const permissionsBoundary = arnRule<CoreSettings>(({ iam, accountId }) => ({
  path: "iam.permissionsBoundaryArn",
  arn: iam.permissionsBoundaryArn,
  account: iam.permissionsBoundaryArn?.includes("::aws:") ? "aws" : accountId,
}));

const stateKey = arnRule<CoreSettings>(({ backend, region }) => ({
  path: "backend.kmsKeyArn",
  arn: backend.kind === "s3" ? backend.kmsKeyArn : undefined,
  region: (backend.kind === "s3" ? backend.region : undefined) ?? region,
}));

/** The bucket may be of any account, and so its role. */
const stateRole = arnRule<CoreSettings>(({ backend }) => ({
  path: "backend.assumeRole.roleArn",
  arn: backend.kind === "s3" ? backend.assumeRole?.roleArn : undefined,
}));

const volumeKeys: Rule<CoreSettings> = (settings) =>
  runAll(
    Object.keys(settings.cluster.nodeGroups).map((name) =>
      arnRule<CoreSettings>(({ cluster, region }) => ({
        path: `cluster.nodeGroups.${name}.volumeKmsKeyArn`,
        arn: cluster.nodeGroups[name]?.volumeKmsKeyArn,
        region,
      })),
    ),
    settings,
  );

/** An alarm sends to topics of its own region; of another account too, if that lets it. */
const alarmTopic = arnRule<CoreSettings>(({ observability, region }) => ({
  path: "observability.topicArn",
  arn: observability?.topicArn,
  region,
}));

export const arnRules = [
  certificate,
  permissionsBoundary,
  stateKey,
  stateRole,
  volumeKeys,
  alarmTopic,
];
