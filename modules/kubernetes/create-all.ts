import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";

/** Terraform creates in the order of these dependencies and destroys in the reverse of it. */
export type Dependencies = readonly ITerraformDependable[];

/** The namespace that an object stands in, as a dependency. */
export type NamespaceOf = (object: {
  readonly metadata: { readonly namespace?: string };
}) => Dependencies;

/** Class of a kind of object. */
type Kind<Config, Created> = new (
  scope: Construct,
  id: string,
  config: Config,
) => Created;

/** Creates all objects of one kind; the ids are `<prefix>-<key>`. */
export function createAll<
  Config extends object,
  Created extends ITerraformDependable,
>(
  scope: Construct,
  prefix: string,
  kind: Kind<Config, Created>,
  configs: Readonly<Record<string, Config>>,
  dependsOn: (config: Config) => Dependencies,
): Created[] {
  return Object.entries(configs).map(
    ([key, config]) =>
      new kind(scope, `${prefix}-${key}`, {
        ...config,
        dependsOn: [...dependsOn(config)],
      }),
  );
}
