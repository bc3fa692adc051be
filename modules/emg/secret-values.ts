import { type StoredSecret } from "../aws/secrets/stored-secret";
import { dockerConfigJson } from "../kubernetes/registry-login";
import { readReference } from "../lib/image-reference";
import { type Database } from "./database";

/** One value of a Secret. */
export interface Value {
  /** Text with Terraform expressions. */
  readonly text: string;
  /** Where its secret parts come from. */
  readonly sources: readonly StoredSecret[];
  /** What else is in it: another text, another Secret. */
  readonly plain?: string;
}

/** Text that is not secret. */
export const plain = (text: string): Value => ({
  text,
  plain: text,
  sources: [],
});

/** A stored secret as it is, behind a prefix that never changes. */
export const whole = (stored: StoredSecret, prefix = ""): Value => ({
  text: `${prefix}\${${stored.value}}`,
  sources: [stored],
});

/** A field of a stored secret that is JSON. */
export const field = (stored: StoredSecret, name: string): Value => ({
  text: `\${${stored.field(name)}}`,
  sources: [stored],
});

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
): Value {
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
): Value => ({
  text: users
    .map(({ name, stored }) => `${name}:\${bcrypt(${stored.value}, 5)}\n`)
    .join(""),
  plain: users.map(({ name }) => name).join(","),
  sources: users.map(({ stored }) => stored),
});

/** Login to the registry of an image. */
export const registryLogin = (image: string, stored: StoredSecret): Value => {
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
