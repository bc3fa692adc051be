import { dnsSuffixOf } from "./aws-partition";

/** Host of an account's ECR registry in a region: `123456789012.dkr.ecr.eu-central-1.amazonaws.com`. */
export const ecrRegistry = (accountId: string, region: string): string =>
  `${accountId}.dkr.ecr.${region}.${dnsSuffixOf(region)}`;

/** Whether a host is an ECR registry, of any account and region. */
export const isEcrRegistry = (host: string): boolean =>
  /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(host);
