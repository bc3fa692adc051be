/** The name of an error of AWS, such as `AccessDeniedException`; of any other error its own name. */
export const errorName = (error: unknown): string =>
  error instanceof Error ? error.name : "Error";

const CREDENTIALS = [
  "CredentialsProviderError",
  "CredentialsError",
  "TokenProviderError",
];
const EXPIRED = [
  "ExpiredToken",
  "ExpiredTokenException",
  "RequestExpired",
  "InvalidClientTokenId",
  "UnrecognizedClientException",
  "AuthFailure",
  "SignatureDoesNotMatch",
];
const NETWORK = [
  ...["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH"],
  ...["ENETUNREACH", "ETIMEDOUT", "EPIPE", "TimeoutError"],
];

/** What kept AWS from answering, where that is no answer of AWS. */
export type Failure =
  "credentials" | "expired" | "network" | "denied" | undefined;

/** Which kind of failure it is; undefined for an answer of AWS that only the caller of the call understands. */
export function failureOf(error: unknown): Failure {
  const name = errorName(error);
  const code = (error as { code?: unknown } | null)?.code;
  if (CREDENTIALS.includes(name)) return "credentials";
  if (EXPIRED.includes(name)) return "expired";
  if (NETWORK.includes(name) || NETWORK.includes(String(code)))
    return "network";
  if (/AccessDenied|UnauthorizedOperation|^Forbidden/.test(name))
    return "denied";
  return undefined;
}

/** An error in one line: its name where it has one of its own, and what it says. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = error.message.split("\n")[0] ?? "";
  return error.name === "Error" ? text : `${error.name}: ${text}`;
}
