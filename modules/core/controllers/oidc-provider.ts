import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { type Construct } from "constructs";
import {
  OidcProvider,
  issuerHostOf,
  oidcProviderArn,
} from "../../aws/iam/oidc-provider";
import { type TrustedProvider } from "../../aws/iam/role-trust";
import { partitionOf } from "../../lib/aws-partition";
import { namesOf } from "../../lib/names";
import { type CoreSettings } from "../settings/schema";
import { oidcProviderOf } from "./given";

/** What IAM trusts the service accounts of the cluster by: made here, or there already and read. */
export function createOidcProvider(
  scope: Construct,
  settings: CoreSettings,
  issuer: string,
): TrustedProvider {
  const { accountId, region, retain } = settings;
  if (oidcProviderOf(settings) === "ours")
    return new OidcProvider(scope, "oidc-provider", {
      name: namesOf(settings).of("oidc"),
      issuer,
      retain,
    });
  const { arn } = new DataAwsIamOpenidConnectProvider(scope, "oidc-provider", {
    arn: oidcProviderArn({ accountId, partition: partitionOf(region), issuer }),
  });
  return { arn, issuerHost: issuerHostOf(issuer) };
}
