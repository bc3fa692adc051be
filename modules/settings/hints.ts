import { rangeAround } from "../lib/ip-range";
import { nearest } from "../lib/nearest";

/** A value of the wrong shape, and what the schema wants. */
interface Wrong {
  readonly key: string;
  readonly value: unknown;
  /** The value as it was typed in the file. */
  readonly typed: string | undefined;
  /** Type of the schema, as zod names it. */
  readonly type: string;
  /** What is allowed, in words. */
  readonly allowed: string;
  /** Whether the schema takes a section without a key. */
  readonly takesEmpty: boolean;
  /** Whether the schema takes the value in quotes. */
  readonly takesQuoted: boolean;
}

/** How to mend a mistake that people make often; undefined for any other. */
export function hintFor(wrong: Wrong): string | undefined {
  const { value, type, key } = wrong;
  if (value === undefined) return undefined;
  if (value === null)
    return type === "object"
      ? `write ${key}: {} for the defaults, or remove the key`
      : "give it a value, or remove the key";
  if (type === "array" && !Array.isArray(value))
    return `write a list: ${key}: [${wrong.typed ?? "…"}]`;
  if (type === "object" && value === true && wrong.takesEmpty)
    return `write ${key}: {} for the defaults`;
  if (type === "object" && (typeof value !== "object" || Array.isArray(value)))
    return `write a section: its keys stand below ${key}, two spaces further in`;
  return typeof value === "string" ? textHint(value, wrong) : typeHint(wrong);
}

function typeHint(wrong: Wrong): string | undefined {
  const { key, value, typed, type, allowed } = wrong;
  if (type !== "string" || typeof value === "object") return undefined;
  if (allowed.startsWith("a duration") && /^\d+$/.test(typed ?? ""))
    return `write the unit too: ${key}: ${typed ?? ""}m`;
  if (!wrong.takesQuoted) return undefined;
  // An item of a list has a number for a key.
  const name = /^\d+$/.test(key) ? "" : `${key}: `;
  return `put it in quotes: ${name}"${typed ?? "…"}"`;
}

function textHint(text: string, wrong: Wrong): string | undefined {
  const { key, type, allowed } = wrong;
  if (/\{\{|\$\{|%\{/.test(text))
    return "write the value itself: a settings file is no template";
  if (type === "boolean" && /^(yes|no|on|off|true|false)$/i.test(text))
    return `write ${key}: ${/^(yes|on|true)$/i.test(text) ? "true" : "false"}, without quotes`;
  const choices = allowed.split(", ");
  // Of a choice with numbers in it.
  if (type === "literal" && choices.includes(text)) return "remove the quotes";
  if (type === "number" && /^\d+$/.test(text)) return "remove the quotes";
  if (/^(enum|union|literal)$/.test(type)) {
    const match = nearest(text, choices);
    return match === undefined
      ? "choose one of the allowed values"
      : `write ${match}`;
  }
  // An item of a list is one address as a rule; the range of a VPC is not.
  if (/^[\d.]+$/.test(text) && /^\d+$/.test(key) && /IPv4/.test(allowed)) {
    const address = rangeAround(`${text}/32`);
    if (address !== undefined) return `write ${address}`;
  }
  const range = rangeAround(text);
  if (range !== undefined) return `write ${range}`;
  return arnHint(text) ?? nameHint(wrong, text);
}

/** Where IAM Identity Center keeps its roles ("Referencing permission sets" of its user guide). */
const SSO_PATH = "aws-reserved/sso.amazonaws.com/";

/**
 * `arn:aws:sts::…:assumed-role/<role>/<session>` is what `aws sts get-caller-identity` prints; `arn:aws:secretsmanager:…`
 * what the console copies.
 */
function arnHint(text: string): string | undefined {
  const secret = /^arn:[a-z-]+:secretsmanager:[\w-]*:\d*:secret:(.+)$/.exec(
    text,
  );
  if (secret?.[1] !== undefined)
    return `write the name alone: ${secret[1].replace(/-[A-Za-z0-9]{6}$/, "")}`;
  const session = /^(arn:[a-z-]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(
    text,
  );
  if (session === null) return undefined;
  const [, start = "", account = "", role = ""] = session;
  return role.startsWith("AWSReservedSSO_")
    ? `write the role with its path; aws iam get-role --role-name ${role} prints it: ${start}:iam::${account}:role/${SSO_PATH}<region of Identity Center>/${role}`
    : `write the role, with its path if it has one: ${start}:iam::${account}:role/${role}`;
}

/** An image is pasted with all that belongs to it; a chart repository without what belongs to it. */
function repositoryHint(text: string): string | undefined {
  const bare = text
    .replace(/^[a-z]+:\/\//, "")
    .replace(/@.*$/, "")
    .replace(/:[^/:]*$/, "")
    .replace(/\/+$/, "");
  if (/^[\w.-]+(:\d+)?(\/[\w.-]+)+$/.test(bare) && bare !== text)
    return `write the repository alone: ${bare}`;
  return undefined;
}

/** ECR keeps charts as images do, and everybody else mostly serves them. */
const addressHint = (text: string): string | undefined =>
  /^[\w.-]+\.[a-z]+(:\d+)?(\/\S*)?$/.test(text)
    ? `write ${/\.dkr\.ecr\./.test(text) ? "oci" : "https"}://${text}`
    : undefined;

const ZONE = /^[a-z]{2}(-[a-z]+)+-\d[a-f]$/;

/** For the whole name of a zone where its letter is meant. */
export const zoneHint = (text: string, allowed: string): string | undefined =>
  ZONE.test(text) && /zone letter/.test(allowed)
    ? `write the letter alone: ${text.slice(-1)}`
    : undefined;

function nameHint({ key, allowed }: Wrong, text: string): string | undefined {
  if (ZONE.test(text))
    return /region/i.test(key)
      ? `write the region without the letter of the zone: ${text.slice(0, -1)}`
      : `write the letter alone: ${text.slice(-1)}`;
  if (/^(hostname|domain)$/.test(key) && /^https?:\/\//.test(text))
    return `write the host name alone: ${text
      .replace(/^https?:\/\//, "")
      .replace(/[:/].*/, "")
      .toLowerCase()}`;
  if (key === "repository")
    return allowed.startsWith("an address")
      ? addressHint(text)
      : repositoryHint(text);
  if (key === "host" && /^[a-z]+:\/\/|\//.test(text))
    return `write the host alone: ${text
      .replace(/^[a-z]+:\/\//, "")
      .replace(/\/.*/, "")
      .toLowerCase()}`;
  if (key === "tag" && text.startsWith("sha256:"))
    return "write it to the key digest, beside this one";
  if (allowed.startsWith("an https://") && text.startsWith("http://"))
    return "use https://: tokens of users travel over it";
  if (/[A-Z]/.test(text) && /^(hostname|domain|name|environment)$/.test(key))
    return `write it in lower case: ${text.toLowerCase()}`;
  return undefined;
}
