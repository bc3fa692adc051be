import { TerraformOutput, type TerraformStack } from "cdktf";

/** What can cross: ids, ARNs, names, endpoints. Never a secret, never a token (CDK-E3). */
type OutputValue =
  | string
  | number
  | boolean
  | readonly string[]
  | Readonly<Record<string, string>>;

/** Writes one named output; the name is the contract and does not change with the construct tree (CDK-E2). */
export function writeOutput(
  stack: TerraformStack,
  name: string,
  value: OutputValue,
  description: string,
): void {
  new TerraformOutput(stack, name, { value, description, staticId: true });
}

/** Name of the output of a field: `fileSystemId` → `file_system_id`. */
export const outputName = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
