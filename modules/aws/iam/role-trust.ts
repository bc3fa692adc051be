import { type AwsPartition } from "../../lib/aws-partition";
import { type PolicyDocument, readPolicy } from "../../lib/policy";

/** Annotation of a service account that names its role. */
export const ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";

/** One service account of the cluster takes the role (IRSA). */
export interface ServiceAccountTrust {
  readonly kind: "service-account";
  /** Namespace of the service account. */
  readonly namespace: string;
  /** Name of the service account. */
  readonly serviceAccount: string;
}

/** Several service accounts of the cluster take the role (IRSA), and no others. */
export interface ServiceAccountsTrust {
  readonly kind: "service-accounts";
  readonly serviceAccounts: readonly Omit<ServiceAccountTrust, "kind">[];
}

/** The service accounts of one name in all namespaces of a pattern take the role (IRSA): who may make such a namespace has it. */
export interface ServiceAccountPatternTrust {
  readonly kind: "service-account-pattern";
  /** First characters of the namespaces and a `*`, such as `worker-*`. */
  readonly namespacePattern: string;
  readonly serviceAccount: string;
}

/** Pods of the cluster take the role, by a token of their service account. */
export type PodTrust =
  ServiceAccountTrust | ServiceAccountsTrust | ServiceAccountPatternTrust;

/** Other roles take the role. */
export interface AssumedTrust {
  readonly kind: "assumed";
  /** ARNs of these roles. IAM refuses one that does not exist. */
  readonly roleArns: readonly string[];
  /** Name, or pattern of names, that they give their session. */
  readonly sessionName: string;
  /**
   * What they have to send besides. Not a secret.
   * @default nothing
   */
  readonly externalId?: string;
}

/** A role as plain data. */
export interface RoleDefinition<Trust = ServiceAccountTrust | AssumedTrust> {
  /** Who uses the role, and what for; shown by the IAM console. */
  readonly description: string;
  /** Who may take the role. */
  readonly trust: Trust;
  /** What the role may do. */
  readonly policy: PolicyDocument;
}

/** A role that is meant for exactly one Kubernetes service account. */
export type ServiceAccountRole = RoleDefinition<ServiceAccountTrust>;

/** What a trust names of the cluster's OIDC provider. */
export interface TrustedProvider {
  /** ARN of the provider. */
  readonly arn: string;
  /** Issuer without `https://`. */
  readonly issuerHost: string;
}

/** Trust document of a role, of either kind. */
export function trustDocument(
  trust: ServiceAccountTrust | AssumedTrust,
  partition: AwsPartition,
  provider: TrustedProvider,
): PolicyDocument {
  return trust.kind === "assumed"
    ? assumedTrustDocument(trust, partition)
    : serviceAccountTrustDocument(trust, partition, provider);
}

/** Names the audience exactly, and each subject too, but for the namespace of a pattern. */
export function serviceAccountTrustDocument(
  trust: PodTrust,
  partition: AwsPartition,
  provider: TrustedProvider,
): PolicyDocument {
  const values = {
    OIDC_PROVIDER_ARN: provider.arn,
    ISSUER_HOST: provider.issuerHost,
  };
  if (trust.kind === "service-account-pattern")
    return readPolicy("irsa/trust-pattern.json", partition, {
      ...values,
      NAMESPACE_PATTERN: trust.namespacePattern,
      SERVICE_ACCOUNT: trust.serviceAccount,
    });
  return trust.kind === "service-accounts"
    ? readPolicy("irsa/trust-several.json", partition, {
        ...values,
        SUBJECTS: trust.serviceAccounts.map(
          ({ namespace, serviceAccount }) =>
            `system:serviceaccount:${namespace}:${serviceAccount}`,
        ),
      })
    : readPolicy("irsa/trust.json", partition, {
        ...values,
        NAMESPACE: trust.namespace,
        SERVICE_ACCOUNT: trust.serviceAccount,
      });
}

/** Names the roles and their session exactly, and the external id where there is one. */
export function assumedTrustDocument(
  { roleArns, sessionName, externalId }: AssumedTrust,
  partition: AwsPartition,
): PolicyDocument {
  const [only, ...others] = roleArns;
  const values = {
    // As IAM returns it: one principal stands without a list.
    ROLE_ARNS: only !== undefined && others.length === 0 ? only : [...roleArns],
    SESSION_NAME: sessionName,
  };
  return externalId === undefined
    ? readPolicy("assumed-role/trust.json", partition, values)
    : readPolicy("assumed-role/trust-external-id.json", partition, {
        ...values,
        EXTERNAL_ID: externalId,
      });
}
