import { readableText } from "../../../modules/lib/terraform-text";
import { type Block, apiFields } from "./manifest-fields";

/** Arguments that hold values, and the field of the API for each: the provider encodes `data` by itself. */
const VALUES: Readonly<Record<string, string>> = {
  data: "stringData",
  data_wo: "stringData",
  binary_data: "data",
  binary_data_wo: "data",
};

/** Their counters. */
const REVISION = /^(binary_)?data_wo_revision$/;

/** A Secret with the keys it has and no value: a registry login is JSON without logins, all else is empty. */
export function secretFields(block: Block): Record<string, unknown> {
  const rest = Object.entries(block).filter(
    ([key]) => !(key in VALUES) && !REVISION.test(key),
  );
  const fields = apiFields(Object.fromEntries(rest));
  for (const [argument, field] of Object.entries(VALUES))
    for (const key of Object.keys(block[argument] ?? {}))
      fields[field] = { ...(fields[field] as Block), [key]: emptyValue(key) };
  return fields;
}

const emptyValue = (key: string): string =>
  key === ".dockerconfigjson" ? '{"auths":{}}' : "";

/** Names of the secrets in AWS Secrets Manager that the value of each key is made from. */
export function secretSources(
  stack: { readonly ephemeral?: Readonly<Record<string, unknown>> },
  block: Block,
): Record<string, string> {
  const versions = (stack.ephemeral?.aws_secretsmanager_secret_version ??
    {}) as Readonly<Record<string, Block>>;
  const values = Object.keys(VALUES).flatMap((argument) =>
    Object.entries((block[argument] ?? {}) as Block),
  );
  return Object.fromEntries(
    values.map(([key, value]) => {
      const ids = [...String(value).matchAll(READ)].map(([, id = ""]) => id);
      const names = ids.map((id) => String(versions[id]?.secret_id));
      return [key, [...new Set(names)].map(readableText).join(", ")];
    }),
  );
}

const READ = /\baws_secretsmanager_secret_version\.([\w-]+)/g;
