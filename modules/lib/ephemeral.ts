import { TerraformStack } from "cdktf";
import { type Construct } from "constructs";

/**
 * Creates an ephemeral resource and returns a function that refers to its attributes. CDKTF 0.21 has no class for
 * them. An ephemeral value is never in plan or state; it may go into write-only arguments, provider blocks and other
 * ephemeral blocks only.
 *
 * @param owner construct the value belongs to; one ephemeral resource of a type per owner, named after its path.
 */
export function createEphemeral(
  owner: Construct,
  type: string,
  config: Readonly<Record<string, unknown>>,
): (attribute: string) => string {
  const stack = TerraformStack.of(owner);
  const name = stack.getLogicalId(owner.node);
  stack.addOverride(`ephemeral.${type}.${name}`, config);
  return (attribute) => `\${ephemeral.${type}.${name}.${attribute}}`;
}
