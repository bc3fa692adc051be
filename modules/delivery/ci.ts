import { type Construct } from "constructs";
import { GITHUB_ISSUER, githubProviderArn } from "../aws/iam/github-trust";
import { OidcProvider } from "../aws/iam/oidc-provider";
import { TrustedRole } from "../aws/iam/trusted-role";
import { roleDefaults } from "../core/service-account-roles";
import { partitionOf } from "../lib/aws-partition";
import { namesOf } from "../lib/names";
import { type ServicesInputs } from "./services";
import { ciPolicy, ciTrust } from "./documents";

/** Roles of the services' workflows on GitHub, by service: no users, no keys. */
export function createCiRoles(
  scope: Construct,
  { settings, keyArn }: Pick<ServicesInputs, "settings" | "keyArn">,
): { readonly ciRoleArns: Readonly<Record<string, string>> } {
  const { services, github } = settings.delivery;
  const partition = partitionOf(settings.region);
  if (services.every(({ ci }) => ci === undefined)) return { ciRoleArns: {} };
  const providerArn =
    github.oidcProvider === "ours"
      ? new OidcProvider(scope, "github-oidc-provider", {
          name: namesOf(settings).of("github-oidc"),
          issuer: GITHUB_ISSUER,
          // Other environments of the account use it too.
          retain: settings.retain,
        }).arn
      : githubProviderArn(settings.accountId, partition);
  const roles = services.flatMap((service) => {
    const { name, ci, repository } = service;
    if (ci === undefined) return [];
    const { arn } = new TrustedRole(scope, `ci-${name}`, {
      ...roleDefaults(settings, `ci-${name}`),
      description: `Workflows of ${repository} on GitHub.`,
      trust: ciTrust(settings, service, ci, providerArn),
      policy: ciPolicy(settings, service, ci, keyArn),
    });
    return [[name, arn] as const];
  });
  return { ciRoleArns: Object.fromEntries(roles) };
}
