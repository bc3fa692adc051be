import { Token } from "cdktf";

/**
 * Number that changes with a text: the version of a write-only argument, which the provider writes again when its number
 * changes. Two texts share a number once in 268 million.
 *
 * @param fingerprint Terraform expression of a text, without `${…}`, that holds nothing secret: the number is in the state.
 */
export function revisionOf(fingerprint: string): number {
  // Seven hexadecimal digits are a number every integer type holds; plus one, because 0 means "no revision".
  return Token.asNumber(
    `\${parseint(substr(sha256(${fingerprint}), 0, 7), 16) + 1}`,
  );
}
