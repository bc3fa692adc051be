import {
  accepts,
  htpasswdLines,
} from "../../../../../tools/lab/checks/emg/htpasswd";

// What OpenBSD's, Apache's and Terraform's bcrypt make of one password.
const HASH = "$2a$05$abcdefghijklmnopqrstuuHIrMEWpUCQe2YqFR3sXwQ75u4od..9q";

test("lines of htpasswd are read by name", () => {
  const { hashes, problems } = htpasswdLines(`codon:${HASH}\nhl:${HASH}`);
  expect([...hashes.keys()]).toEqual(["codon", "hl"]);
  expect(problems).toEqual([]);
});

test.each([
  ["codon:plain", "not a line of htpasswd: codon"],
  [`codon:${HASH}:x`, "not a line of htpasswd: codon"],
  [`codon:${HASH}\ncodon:${HASH}`, "codon has two lines"],
])("%s is told, without its password", (text, problem) => {
  expect(htpasswdLines(text).problems).toEqual([problem]);
});

test("the C library accepts the password of a hash and no other, where it knows bcrypt", () => {
  const right = accepts("pw", HASH);
  expect(right === true || right === undefined).toBe(true);
  if (right === undefined) return;
  expect(accepts("pw2", HASH)).toBe(false);
  expect(accepts("", HASH)).toBe(false);
});
