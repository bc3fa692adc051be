import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { EcrRepository, existingRepository } from "../aws/ecr/ecr-repository";
import { IrsaRole } from "../aws/iam/irsa-role";
import { type IdentityOutputs } from "../contracts/identity";
import { type NetworkOutputs } from "../contracts/network";
import { providerOf, roleDefaults } from "../core/service-account-roles";
import { fillTemplate } from "../lib/template";
import { chartRepositoryName, repositoryNameOf } from "./names";
import { type DeliverySettings } from "./settings/schema";
import { podTrust, policyOf } from "./documents";

/** What roles and repositories are made with. */
export interface ServicesInputs {
  readonly settings: DeliverySettings;
  readonly network: Pick<NetworkOutputs, "oidcIssuer">;
  readonly identity: Pick<IdentityOutputs, "oidcProviderArn">;
  /** Key of the platform. */
  readonly keyArn: string;
}

/** Days that an image stays which no tag names any more. */
const UNTAGGED_DAYS = 7;

/** Repositories of the services' images, and one of the chart: addresses without a tag. */
export function createRepositories(
  scope: Construct,
  { settings, keyArn }: Pick<ServicesInputs, "settings" | "keyArn">,
): {
  readonly repositoryUrls: Readonly<Record<string, string>>;
  readonly chartRepositoryUrl: string;
} {
  const create = (id: string, name: string, keepTagged?: number) =>
    new EcrRepository(scope, id, {
      name,
      kmsKeyArn: keyArn,
      immutableTags: true,
      lifecyclePolicy:
        keepTagged === undefined
          ? // A release may name a version of the chart for years.
            fillTemplate("policies/ecr-lifecycle/build.json", { UNTAGGED_DAYS })
          : fillTemplate("policies/ecr-lifecycle/service.json", {
              UNTAGGED_DAYS,
              KEEP_TAGGED: keepTagged,
            }),
      retain: settings.retain,
    }).url;
  const urls = settings.delivery.services.map((service) => {
    const { name, ecr } = service;
    const repository = repositoryNameOf(service);
    return [
      name,
      ecr.kind === "existing"
        ? existingRepository(scope, `repository-${name}`, repository).url
        : create(`repository-${name}`, repository, ecr.keepTagged),
    ] as const;
  });
  return {
    repositoryUrls: Object.fromEntries(urls),
    chartRepositoryUrl: create(
      "chart-repository",
      chartRepositoryName(settings),
    ),
  };
}

/** Roles of the services' pods, by service. Pods need `dependsOn` to their end. */
export function createServiceRoles(
  scope: Construct,
  { settings, network, identity, keyArn }: ServicesInputs,
): {
  readonly roleArns: Readonly<Record<string, string>>;
  readonly dependsOn: readonly ITerraformDependable[];
} {
  const roles = settings.delivery.services.flatMap((service) => {
    const { name, role } = service;
    if (role === undefined) return [];
    const defaults = roleDefaults(settings, `service-${name}`);
    const created = new IrsaRole(scope, `service-${name}`, {
      ...defaults,
      name: role.physicalName ?? defaults.name,
      description: `Pods of the service ${name}.`,
      trust: podTrust(service, role.subjects),
      policy: policyOf(settings, role.statements, keyArn),
      provider: providerOf(identity, network),
    });
    return [[name, created] as const];
  });
  return {
    roleArns: Object.fromEntries(roles.map(([name, { arn }]) => [name, arn])),
    dependsOn: roles.flatMap(([, { permissions }]) => permissions),
  };
}
