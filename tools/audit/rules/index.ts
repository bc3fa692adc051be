import { securityGroupRules } from "./security-groups";
import { providerRules } from "./providers";
import { podAccountRules } from "./pod-accounts";
import { bucketPolicyRules } from "./bucket-policies";
import { iamScopeRules } from "./iam-scopes";
import { iamAttachmentRules } from "./iam-attachments";
import { type Rule } from "../rule";
import { nameAndMailRules } from "./names-and-mail";
import { namespaceRules } from "./namespaces";
import { rbacRules } from "./rbac";
import { volumeRules } from "./volumes";
import { waveConfigRules } from "./wave-config";
import { chartRules } from "./charts";
import { containerRules } from "./containers";
import { ecrRules } from "./ecr";
import { efsRules } from "./efs";
import { eksClusterRules } from "./eks-cluster";
import { elasticacheRules } from "./elasticache";
import { iamRules } from "./iam";
import { keyAndLogRules } from "./keys-and-logs";
import { loadBalancerRules } from "./load-balancer";
import { networkPolicyRules } from "./network-policies";
import { networkRules } from "./network";
import { nodeRules } from "./nodes";
import { podRules } from "./pods";
import { rdsRules } from "./rds";
import { s3Rules } from "./s3";
import { trustRules } from "./trusts";

/**
 * All hardening rules, by subject. They know resources by type and by what refers to what, never by our names. Not
 * applied: a port other than 6379 for Redis.
 */
export const rules: readonly Rule[] = [
  ...eksClusterRules,
  ...nodeRules,
  ...networkRules,
  ...securityGroupRules,
  ...providerRules,
  ...efsRules,
  ...volumeRules,
  ...elasticacheRules,
  ...rdsRules,
  ...s3Rules,
  ...bucketPolicyRules,
  ...ecrRules,
  ...iamRules,
  ...iamScopeRules,
  ...iamAttachmentRules,
  ...trustRules,
  ...keyAndLogRules,
  ...nameAndMailRules,
  ...loadBalancerRules,
  ...podRules,
  ...podAccountRules,
  ...containerRules,
  ...rbacRules,
  ...namespaceRules,
  ...chartRules,
  ...waveConfigRules,
  ...networkPolicyRules,
].map((rule) => ({ externalIds: [], ...rule }));
