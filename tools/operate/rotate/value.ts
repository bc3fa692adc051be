import { readFileSync } from "node:fs";
import { type Problem, ProblemReport } from "../../../modules/lib/problem";
import { type RunVariables } from "../../../modules/settings/choose";
import { userPath } from "../target";
import { type OperatorValue } from "./rotatable";

/** Secrets Manager takes no more. */
const MOST_BYTES = 65_536;

/** What a value has to look like besides being there; nothing of it is ever printed. */
const SHAPES: Readonly<Record<string, { is: RegExp; allowed: string }>> = {
  accessKeyId: {
    is: /^AKIA[A-Z0-9]+$/,
    allowed: "the id of an access key that does not expire: AKIA…",
  },
  identity: {
    is: /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    allowed: "a private key in PEM, with its line ends",
  },
  privateKey: {
    is: /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    allowed: "a private key in PEM, with its line ends",
  },
};

/**
 * The new value of a secret, from a file or with `-` from stdin.
 *
 * @throws ProblemReport when it is not what who reads it needs: every problem, and nothing of the value.
 */
export function readValue(
  secret: Pick<OperatorValue, "name" | "keys">,
  file: string,
  variables: RunVariables,
): string {
  const source = file === "-" ? "stdin" : file;
  const text = textOf(file, source, variables);
  const problems = valueProblems(text, secret);
  if (problems.length > 0) throw new ProblemReport(source, problems);
  return text;
}

function textOf(file: string, source: string, variables: RunVariables): string {
  try {
    return readFileSync(
      file === "-" ? process.stdin.fd : userPath(file, variables),
      "utf8",
    ).trim();
  } catch (error) {
    throw new ProblemReport("rotate", [
      {
        path: "--value-file",
        given: `${source}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
        allowed: "a file that can be read, or - for stdin",
        fix: "name the file with the new value",
      },
    ]);
  }
}

/** What is wrong with a value, without a word of it. */
export function valueProblems(
  text: string,
  { name, keys }: Pick<OperatorValue, "name" | "keys">,
): Problem[] {
  const allowed = `a JSON object with ${keys.join(", ")}`;
  const fix = `write {${keys.map((key) => `"${key}": "…"`).join(", ")}}`;
  const value = objectIn(text);
  if (typeof value === "string")
    return [{ path: name, given: value, allowed, fix }];
  if (Buffer.byteLength(text) > MOST_BYTES)
    return [
      {
        path: name,
        given: `${Buffer.byteLength(text)} bytes`,
        allowed: `at most ${MOST_BYTES} bytes`,
        fix: "leave out what nobody reads",
      },
    ];
  return keys.flatMap((key) => {
    const found = value[key];
    const given = faultOf(key, found);
    return given === undefined
      ? []
      : [
          {
            path: `${name}.${key}`,
            given,
            allowed: SHAPES[key]?.allowed ?? "a text that is not empty",
            fix: found === undefined ? fix : `write ${key} anew`,
          },
        ];
  });
}

function faultOf(key: string, found: unknown): string | undefined {
  if (found === undefined) return "nothing";
  if (typeof found === "number") return undefined;
  if (typeof found !== "string") return "no text";
  if (found.trim() === "") return "an empty text";
  const shape = SHAPES[key];
  if (shape !== undefined)
    return shape.is.test(found) ? undefined : "something else";
  // Of one line: a password with the line end of `echo` opens nothing.
  return !found.trim().includes("\n") && found !== found.trim()
    ? "a text with space or a line end before or after it"
    : undefined;
}

/** The object; or in words why there is none. */
function objectIn(text: string): Record<string, unknown> | string {
  if (text === "") return "nothing";
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : "JSON that is no object";
  } catch {
    return "a text that is no JSON";
  }
}
