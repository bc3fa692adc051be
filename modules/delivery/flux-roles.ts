import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { IrsaRole } from "../aws/iam/irsa-role";
import { providerOf, roleDefaults } from "../core/service-account-roles";
import { partitionOf } from "../lib/aws-partition";
import { readPolicy } from "../lib/policy";
import {
  FLUX_NAMESPACE,
  chartRepositoryName,
  repositoryArn,
  repositoryNameOf,
} from "./names";
import { type ServicesInputs } from "./services";

/** Roles by which controllers of Flux read ECR: charts, and tags of images where it writes new ones. They need `dependsOn` to their end. */
export function createFluxRoles(
  scope: Construct,
  { settings, network, identity }: Omit<ServicesInputs, "keyArn">,
): {
  readonly sourceRoleArn: string;
  readonly imageReflectorRoleArn?: string;
  readonly dependsOn: readonly ITerraformDependable[];
} {
  const { flux, services } = settings.delivery;
  const create = (
    serviceAccount: string,
    file: string,
    repositories: readonly string[],
  ) =>
    new IrsaRole(scope, serviceAccount, {
      ...roleDefaults(settings, `flux-${serviceAccount}`),
      description: `Flux's ${serviceAccount}: reads repositories of ECR.`,
      trust: {
        kind: "service-account",
        namespace: FLUX_NAMESPACE,
        serviceAccount,
      },
      policy: readPolicy(`delivery/${file}`, partitionOf(settings.region), {
        REPOSITORY_ARNS: repositories.map((name) =>
          repositoryArn(settings, name),
        ),
      }),
      provider: providerOf(identity, network),
    });
  const images = services.map(repositoryNameOf);
  const source = create("source-controller", "flux-source.json", [
    chartRepositoryName(settings),
    ...images,
  ]);
  const reflector =
    flux?.imageAutomation === true && images.length > 0
      ? create(
          "image-reflector-controller",
          "flux-image-reflector.json",
          images,
        )
      : undefined;
  return {
    sourceRoleArn: source.arn,
    imageReflectorRoleArn: reflector?.arn,
    dependsOn: [...source.permissions, ...(reflector?.permissions ?? [])],
  };
}
