import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Fn } from "cdktf";
import { Construct } from "constructs";

/** Properties of `OidcProvider`. */
export interface OidcProviderProps {
  /** Value of the Name tag. */
  readonly name: string;
  /** Issuer of the cluster's service-account tokens, `https://…`, as the cluster reports it. */
  readonly issuer: string;
  /**
   * Refuse to destroy it. Every role of this stack hangs on it, so the refusal comes before anything is deleted.
   * @default true
   */
  readonly retain?: boolean;
}

/** Lets IAM trust the service accounts of one cluster. Free of charge. */
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
      clientIdList: ["sts.amazonaws.com"],
      // No thumbprint: AWS checks EKS issuers against its own list of authorities.
      tags: { Name: name },
      lifecycle: { preventDestroy: retain },
    });
    this.arn = provider.arn;
    this.issuerHost = Fn.trimprefix(issuer, "https://");
  }
}
