import { type Problem } from "../../lib/problem";
import { when } from "../../settings/rule";

/** "RequestCertificate" of ACM: the first name has at most 64 characters. */
const LONGEST = 64;

/** The first name of a certificate that is requested is no longer than ACM takes. */
export const firstNameProblems = (
  path: string,
  name: string,
  allowed: string,
  fix: string,
): Problem[] =>
  when(name.length > LONGEST, () => ({
    path,
    given: `"${name}", ${name.length} characters`,
    allowed: `at most ${LONGEST} characters ${allowed}`,
    fix,
  }));
