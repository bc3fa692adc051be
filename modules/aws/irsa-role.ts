import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { type AwsPartition } from "../lib/aws-partition";
import { type PolicyDocument, policyJson, readPolicy } from "../lib/policy";
import { type OidcProvider } from "./oidc-provider";

/** A role that is meant for exactly one Kubernetes service account. */
export interface ServiceAccountRole {
  /** Who uses the role, and what for; shown by the IAM console. */
  readonly description: string;
  /** Namespace of the service account. */
  readonly namespace: string;
  /** Name of the service account. */
  readonly serviceAccount: string;
  /** What the role may do. */
  readonly policy: PolicyDocument;
}

/** Properties of `IrsaRole`. */
export interface IrsaRoleProps extends ServiceAccountRole {
  /** Name of role and policy: `names.iam("wave-server")`. */
  readonly name: string;
  /** Partition of the region. */
  readonly partition: AwsPartition;
  /** The cluster whose service account it is. */
  readonly provider: OidcProvider;
  /**
   * Path of the role.
   * @default "/"
   */
  readonly path?: string;
  /**
   * Permissions boundary, which many companies require on every role.
   * @default none
   */
  readonly permissionsBoundaryArn?: string;
}

/**
 * IAM role of one service account (IRSA): the trust names its subject and the audience exactly (IAM-06, SEC-E17).
 *
 * The policy is inline, not managed: it lives and dies with its role, nothing else can be given it, and it may have
 * 10 240 characters instead of 6 144, which the load-balancer controller needs.
 */
export class IrsaRole extends Construct {
  /** ARN of the role: annotation `eks.amazonaws.com/role-arn` of the service account. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: IrsaRoleProps) {
    super(scope, id);
    const role = this.createRole(props);
    new IamRolePolicy(this, "policy", {
      name: props.name,
      role: role.name,
      policy: policyJson(props.policy),
    });
    this.arn = role.arn;
  }

  private createRole(props: IrsaRoleProps): IamRole {
    return new IamRole(this, "Default", {
      name: props.name,
      description: props.description,
      path: props.path ?? "/",
      permissionsBoundary: props.permissionsBoundaryArn,
      assumeRolePolicy: policyJson(trustOf(props)),
      tags: { Name: props.name },
    });
  }
}

function trustOf(props: IrsaRoleProps): PolicyDocument {
  return readPolicy("irsa/trust.json", props.partition, {
    OIDC_PROVIDER_ARN: props.provider.arn,
    ISSUER_HOST: props.provider.issuerHost,
    NAMESPACE: props.namespace,
    SERVICE_ACCOUNT: props.serviceAccount,
  });
}
