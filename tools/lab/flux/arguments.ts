import { parse } from "yaml";
import { type FLUX_CONTROLLERS } from "./programs";

type Controller = (typeof FLUX_CONTROLLERS)[number];

/** What is read of the values of the chart flux2. */
interface Values {
  readonly multitenancy: {
    readonly enabled: boolean;
    readonly defaultServiceAccount: string;
  };
  readonly kustomizeController: Container;
  readonly helmController: Container;
}

interface Container {
  readonly container: { readonly additionalArgs: readonly string[] };
}

/**
 * Arguments that the chart makes of the values of its release.
 * @param values As the release has them, in YAML.
 */
export function fluxArguments(
  values: string,
): Readonly<Record<Controller, readonly string[]>> {
  const { multitenancy, kustomizeController, helmController } = parse(
    values,
  ) as Values;
  const tenants = multitenancy.enabled
    ? [
        "--no-cross-namespace-refs=true",
        `--default-service-account=${multitenancy.defaultServiceAccount}`,
      ]
    : [];
  return {
    "source-controller": [],
    "kustomize-controller": [
      ...tenants,
      ...kustomizeController.container.additionalArgs,
    ],
    "helm-controller": [...tenants, ...helmController.container.additionalArgs],
  };
}
