import { type StoredSecret } from "../aws/secrets/stored-secret";
import { dockerConfigJson } from "../kubernetes/registry-login";
import { type SecretValue } from "../kubernetes/secret-values";
import { readReference } from "../lib/image-reference";
import { type Database } from "./database";

/**
 * Address of the database of the same name as its owner. Drivers know `%20`; the plus that Terraform writes for a space they
 * take as it is.
 */
export function address(
  scheme: string,
  name: string,
  stored: StoredSecret,
  { host, port }: Database,
  query: string,
): SecretValue {
  const addressWith = (password: string) =>
    `${scheme}://${name}:${password}@${host}:${port}/${name}?${query}`;
  return {
    text: addressWith(`\${replace(urlencode(${stored.value}), "+", "%20")}`),
    plain: addressWith(""),
    sources: [stored],
  };
}

/** Password file of nginx. Cost 5: nginx computes the hash at every request, and 40 random letters need no more. */
export const passwordFile = (
  users: readonly { readonly name: string; readonly stored: StoredSecret }[],
): SecretValue => ({
  text: users
    .map(({ name, stored }) => `${name}:\${bcrypt(${stored.value}, 5)}\n`)
    .join(""),
  plain: users.map(({ name }) => name).join(","),
  sources: users.map(({ stored }) => stored),
});

/** Login to the registry of an image. */
export const registryLogin = (
  image: string,
  stored: StoredSecret,
): SecretValue => {
  const { registry: host } = readReference(image);
  return {
    text: dockerConfigJson([
      {
        host,
        username: stored.field("username"),
        password: stored.field("password"),
      },
    ]),
    plain: host,
    sources: [stored],
  };
};
