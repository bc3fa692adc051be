import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";

/** Terraform creates in the order of these dependencies and destroys in the reverse of it (PRO-01, SEC J). */
export type Dependencies = readonly ITerraformDependable[];

/** Class of a kind of object. */
type Kind<Config, Placed> = new (
  scope: Construct,
  id: string,
  config: Config,
) => Placed;

/** Places all objects of one kind; the ids are `<prefix>-<key>`. */
export function placeKind<
  Config extends object,
  Placed extends ITerraformDependable,
>(
  scope: Construct,
  prefix: string,
  kind: Kind<Config, Placed>,
  configs: Readonly<Record<string, Config>>,
  dependsOn: (config: Config) => Dependencies,
): Record<string, Placed> {
  return Object.fromEntries(
    Object.entries(configs).map(([key, config]) => [
      key,
      new kind(scope, `${prefix}-${key}`, {
        ...config,
        dependsOn: [...dependsOn(config)],
      }),
    ]),
  );
}
