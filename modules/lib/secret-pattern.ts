/** What gives a secret away in a plain text. Names of secrets, ARNs and `${REFERENCES}` do not match. */
const PATTERNS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ["an AWS access key", /(?<![A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/],
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  [
    "an access token",
    /(?<![A-Za-z0-9])(gh[pousr]_[A-Za-z0-9]{20}|github_pat_\w{20}|glpat-[\w-]{20}|xox[abps]-[\w-]{10}|dckr_pat_[\w-]{20}|eyJ[\w-]{20})/,
  ],
  [
    "an address with user and password",
    // The look-behind keeps the time from growing with the square of a long word.
    /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:(?!\$)[^/\s@]+@/i,
  ],
  [
    "a password",
    /(password|passwd|secret|token|api[_-]?key)["']?\s*[=:]\s*["']?[^\s"'$][^\s"']{5}/i,
  ],
];

const SECRET_ARN = /\barn:[a-z-]+:secretsmanager:[\w-]*:\d*:secret:/g;

/** Keys that would hold a secret's value. `ecrKeySecret` and the like hold names, and do not match. */
const SECRET_KEY =
  /(password|passwd|passphrase|secret_?access_?key|access_?key_?id|secret_?key|private_?key|api_?key|token)$/i;

/** What kind of secret a text looks like, in words; undefined when it looks harmless. */
export function secretKind(text: string): string | undefined {
  // The ARN of a secret says `secret:`, and holds none.
  const known = PATTERNS.find(([, pattern]) =>
    pattern.test(text.replace(SECRET_ARN, "")),
  );
  if (known !== undefined) return known[0];
  if (isAwsSecretKey(text)) return "an AWS secret key";
  return hasRandomPart(text) ? "a password or token" : undefined;
}

/** True for a key whose text value can only be a secret. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key);
}

const isMixed = (text: string): boolean =>
  /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);

const isAwsSecretKey = (text: string): boolean =>
  /^[A-Za-z0-9/+]{40}$/.test(text) && isMixed(text) && changes(text) >= 13;

/** A long run that changes between small letters, capitals and digits as often as generated text does, and names do not. */
const hasRandomPart = (text: string): boolean =>
  !text.startsWith("arn:") &&
  (text.match(/[A-Za-z0-9+!#%^&*~]{20,}/g) ?? []).some(
    (run) => isMixed(run) && changes(run) >= 0.45 * (run.length - 1),
  );

/** How often neighbours in a text are of different kinds. */
function changes(text: string): number {
  const kinds = Array.from(text, (sign) =>
    /[a-z]/.test(sign) ? "a" : /[A-Z]/.test(sign) ? "A" : "0",
  );
  return kinds.filter((kind, at) => at > 0 && kind !== kinds[at - 1]).length;
}
