import {
  githubProviderArn,
  githubTrustDocument,
} from "../../../modules/aws/iam/github-trust";
import { partitionOf } from "../../../modules/lib/aws-partition";
import { type PolicyDocument, readPolicy } from "../../../modules/lib/policy";
import { ProblemReport } from "../../../modules/lib/problem";
import { type Settings } from "../../../modules/schema";

/** Where pipelines of an environment run. */
export interface PipelineHomes {
  /**
   * `<organization>/<repository>` on GitHub, in its capitals; where its tokens have numbers, with both, as
   * `<organization>@<number>/<repository>@<number>`.
   * @default no pipeline there
   */
  readonly github?: string;
  /** `<host>/<group>/<project>` of GitLab, groups below groups too. @default no pipeline there */
  readonly gitlab?: string;
  /** Whether GitLab's pipelines of merge requests plan too. Then each branch of the project may take the role. @default false */
  readonly mergeRequests?: boolean;
}

/** Branch whose pipelines deploy. */
const MAIN = "main";

/**
 * Trust policies, by file name, of the role that pipelines log in to: `access.deployer`, or with `access.assumeRole` the role that
 * assumes it. Plans and applies are of one role, because a plan by anybody but the deployer is refused.
 *
 * On GitHub two environments may take it, `<environment>` and `<environment>-plan`, and nothing else of the repository. GitLab's
 * tokens name no environment in their subject, only the branch.
 *
 * Sources: GitHub, "OpenID Connect reference"; GitLab, "OpenID Connect (OIDC) Authentication Using ID Tokens".
 *
 * @param environment Name of the settings file.
 * @throws ProblemReport for a repository or a project that is none.
 */
export function pipelineTrusts(
  settings: Settings,
  environment: string,
  homes: PipelineHomes,
): Record<string, PolicyDocument> {
  refuseOdd(homes);
  return {
    ...(homes.github !== undefined && {
      "trust-github.json": githubTrust(settings, environment, homes.github),
    }),
    ...(homes.gitlab !== undefined && {
      "trust-gitlab.json": gitlabTrust(settings, homes.gitlab, homes),
    }),
  };
}

function githubTrust(
  { accountId, region }: Settings,
  environment: string,
  path: string,
): PolicyDocument {
  const partition = partitionOf(region);
  const [, organization, organizationId, repository, repositoryId] =
    GITHUB.exec(path) ?? [];
  return githubTrustDocument(
    githubProviderArn(accountId, partition),
    {
      repository: `${organization}/${repository}`,
      organizationId,
      repositoryId,
      branches: [],
      environments: [environment, `${environment}-plan`],
    },
    partition,
  );
}

function gitlabTrust(
  { accountId, region }: Settings,
  path: string,
  { mergeRequests = false }: PipelineHomes,
): PolicyDocument {
  const [host = "", ...project] = path.split("/");
  const partition = partitionOf(region);
  const branch = mergeRequests ? "*" : MAIN;
  return readPolicy("gitlab-oidc/trust.json", partition, {
    PROVIDER_ARN: `arn:${partition}:iam::${accountId}:oidc-provider/${host}`,
    HOST: host,
    SUBJECTS: [
      `project_path:${project.join("/")}:ref_type:branch:ref:${branch}`,
    ],
  });
}

const NAME = String.raw`[\w.-]+`;
const GITHUB = new RegExp(`^(${NAME})(?:@(\\d+))?/(${NAME})(?:@(\\d+))?$`);
const GITLAB = new RegExp(String.raw`^[\w-]+(\.[\w-]+)+(/${NAME}){2,}$`);

function refuseOdd({ github, gitlab, mergeRequests }: PipelineHomes): void {
  const problems = [
    github !== undefined &&
      !GITHUB.test(github) && {
        path: "--github",
        given: github,
        allowed: "<organization>/<repository>",
        fix: "Write it as in the address of the repository, such as example/infrastructure.",
      },
    gitlab !== undefined &&
      !GITLAB.test(gitlab) && {
        path: "--gitlab",
        given: gitlab,
        allowed: "<host>/<group>/<project>",
        fix: "Write it as in the address of the project, such as gitlab.com/example/infrastructure.",
      },
    mergeRequests === true &&
      gitlab === undefined && {
        path: "--merge-requests",
        given: "without --gitlab",
        allowed: "with --gitlab",
        fix: "Name the project by --gitlab, or leave it out: GitHub's trust has the plans of pull requests.",
      },
  ].filter((problem) => problem !== false);
  if (problems.length > 0)
    throw new ProblemReport("npm run deployer-policy", problems);
}
