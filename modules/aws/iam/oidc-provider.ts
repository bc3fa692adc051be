import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { type AwsPartition } from "../../lib/aws-partition";

/** Properties of `OidcProvider`. */
export interface OidcProviderProps {
  /** Value of the Name tag. */
  readonly name: string;
  /** Issuer of the tokens, `https://…`: of a cluster's service accounts, as the cluster reports it, or of GitHub's workflows. */
  readonly issuer: string;
  /**
   * Refuse to destroy it. Every role of this stack hangs on it, so the refusal comes before anything is deleted.
   * @default true
   */
  readonly retain?: boolean;
}

/** Audience of the tokens that roles are taken with. */
export const AUDIENCE = "sts.amazonaws.com";

/** ARN of the provider of an issuer: IAM makes it of the account and the issuer. */
export const oidcProviderArn = ({
  accountId,
  partition,
  issuer,
}: {
  readonly accountId: string;
  readonly partition: AwsPartition;
  readonly issuer: string;
}): string =>
  `arn:${partition}:iam::${accountId}:oidc-provider/${issuerHostOf(issuer)}`;

/** An issuer without `https://`. */
export const issuerHostOf = (issuer: string): string =>
  Fn.trimprefix(issuer, "https://");

/** Lets IAM trust the tokens of one issuer: the service accounts of a cluster, or GitHub's workflows. Free of charge. */
export class OidcProvider extends Construct {
  /** ARN of the provider: the federated principal of a trust document. */
  readonly arn: string;
  /** Issuer without `https://`: the prefix of the condition keys of a trust document. */
  readonly issuerHost: string;

  constructor(scope: Construct, id: string, props: OidcProviderProps) {
    super(scope, id);
    const { name, issuer, retain = true } = props;
    const provider = new IamOpenidConnectProvider(this, "Default", {
      url: issuer,
      clientIdList: [AUDIENCE],
      // No thumbprint: AWS checks EKS and GitHub against its own list of authorities.
      tags: { Name: name },
      lifecycle: { preventDestroy: retain },
    });
    this.arn = provider.arn;
    this.issuerHost = issuerHostOf(issuer);
  }
}
