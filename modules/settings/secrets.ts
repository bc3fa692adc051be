import { type Problem } from "../lib/problem";
import { isSecretKey, secretKind } from "../lib/secret-pattern";
import { pathText } from "./path";

/**
 * Secrets anywhere in a settings file, unknown keys included: the file is committed and printed.
 * Takes the parsed YAML, so that it also speaks when the shape is wrong.
 */
export function secretProblems(document: unknown): Problem[] {
  return secretsIn(document).map(({ path, text, kind }) => ({
    path: pathText(path),
    given: `what looks like ${kind} (${text.length} characters, not shown)`,
    allowed: "names of secrets in AWS Secrets Manager, and no secret itself",
    fix: "store it in Secrets Manager and write its name where the settings take one, such as wave.secrets or delivery.flux.credential.secret; replace it there, because it has stood in a file",
  }));
}

/** The same problems without the secrets: a rule about another thing may have quoted one as what was given. */
export function withoutSecrets(
  problems: readonly Problem[],
  document: unknown,
): Problem[] {
  const secrets = secretsIn(document).map(({ text }) => text);
  const hide = (part: string): string =>
    secrets.reduce((rest, text) => rest.replaceAll(text, "(not shown)"), part);
  return problems.map(({ path, given, allowed, fix }) => ({
    path,
    given: hide(given),
    allowed: hide(allowed),
    fix: hide(fix),
  }));
}

function secretsIn(document: unknown) {
  return textsOf(document, []).flatMap(([path, text]) => {
    const key = String(path.at(-1) ?? "");
    const kind =
      secretKind(text) ??
      // `kubeAuth: token` and the like are words, not secrets.
      (isSecretKey(key) && text.length >= 8 ? "a secret" : undefined);
    return kind === undefined ? [] : [{ path, text, kind }];
  });
}

function textsOf(
  node: unknown,
  path: readonly PropertyKey[],
): [path: readonly PropertyKey[], text: string][] {
  if (typeof node === "string") return [[path, node]];
  if (Array.isArray(node))
    return node.flatMap((item, index) => textsOf(item, [...path, index]));
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    textsOf(value, [...path, key]),
  );
}
