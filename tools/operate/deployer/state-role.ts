import { statePrefix } from "../../../modules/core/state/state-location";
import { type CoreSettings } from "../../../modules/core/settings/schema";
import { dnsSuffixOf, partitionOf } from "../../../modules/lib/aws-partition";
import { type PolicyDocument, readPolicy } from "../../../modules/lib/policy";

/**
 * What the role of `backend.assumeRole` has to be allowed: states and locks of this environment. Without `backend.kmsKeyArn` it
 * names any key of the role's account, by way of S3 only, because the settings do not know the bucket's own. Undefined
 * without such a role.
 */
export function stateRolePolicy(
  settings: CoreSettings,
): PolicyDocument | undefined {
  const { backend } = settings;
  if (backend.kind !== "s3" || backend.assumeRole === undefined)
    return undefined;
  const region = backend.region ?? settings.region;
  const [, partition = "", , , account = ""] =
    backend.assumeRole.roleArn.split(":");
  return readPolicy("state/deployer.json", partitionOf(region), {
    BUCKET: backend.bucket,
    KEY_PREFIX: statePrefix(settings),
    KEY_ARN:
      backend.kmsKeyArn ?? `arn:${partition}:kms:${region}:${account}:key/*`,
    REGION: region,
    DNS_SUFFIX: dnsSuffixOf(region),
  });
}
