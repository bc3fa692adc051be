import { type AwsPartition } from "../../lib/aws-partition";
import { type PolicyDocument, readPolicy } from "../../lib/policy";

const HOST = "token.actions.githubusercontent.com";

/**
 * Issuer of the tokens of GitHub's workflows.
 * Source: https://docs.github.com/en/actions/concepts/security/openid-connect
 */
export const GITHUB_ISSUER = `https://${HOST}`;

/** ARN of GitHub's provider, of which an account has one. */
export const githubProviderArn = (
  accountId: string,
  partition: AwsPartition,
): string => `arn:${partition}:iam::${accountId}:oidc-provider/${HOST}`;

/** Workflows of one repository on GitHub. */
export interface GithubWorkflows {
  /** `<organization>/<repository>`, in the capitals of GitHub. */
  readonly repository: string;
  /**
   * Number of the organization, which the tokens of newer repositories name too; with `repositoryId`.
   * @default tokens with names only
   */
  readonly organizationId?: string;
  /**
   * Number of the repository.
   * @default tokens with names only
   */
  readonly repositoryId?: string;
  /** Branches that a workflow runs for. */
  readonly branches: readonly string[];
  /** Environments that a job runs in. */
  readonly environments: readonly string[];
}

/** Trust document of a role of these workflows: names audience and subjects exactly, so no fork and no pull request is one. */
export const githubTrustDocument = (
  providerArn: string,
  workflows: GithubWorkflows,
  partition: AwsPartition,
): PolicyDocument =>
  readPolicy("github-oidc/trust.json", partition, {
    PROVIDER_ARN: providerArn,
    SUBJECTS: subjectsOf(workflows),
  });

function subjectsOf(workflows: GithubWorkflows): string[] {
  const { repository, organizationId, repositoryId } = workflows;
  const [organization, name] = repository.split("/");
  const repositories = [
    repository,
    ...(organizationId !== undefined && repositoryId !== undefined
      ? [`${organization}@${organizationId}/${name}@${repositoryId}`]
      : []),
  ];
  const runs = [
    ...workflows.branches.map((branch) => `ref:refs/heads/${branch}`),
    ...workflows.environments.map((name) => `environment:${name}`),
  ];
  return repositories.flatMap((repo) =>
    runs.map((run) => `repo:${repo}:${run}`),
  );
}
