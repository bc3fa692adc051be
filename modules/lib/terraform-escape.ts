/**
 * Makes literal `${…}` and `%{…}` survive Terraform: `${aws:username}` → `$${aws:username}`.
 * Not for strings that hold tokens of CDKTF: fill those in afterwards.
 */
export function escapeTemplate(text: string): string {
  // A replacement function, because "$$" means "$" in a replacement string.
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}
