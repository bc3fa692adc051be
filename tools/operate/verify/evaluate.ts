import { type Reply, TIMEOUTS, isAnswer } from "./ask";
import {
  type Check,
  type Expected,
} from "../../../modules/wave/smoke-test/checks";

/** Longest piece of an answer that is shown. */
const LONGEST_EXCERPT = 60;

/** Whether an answer is what a sound installation gives. */
export function isRight(reply: Reply, expected: Expected): boolean {
  if (!isAnswer(reply) || reply.status !== expected.status) return false;
  const { body, header } = expected;
  if (header !== undefined)
    return String(reply.headers[header.name]).startsWith(header.value);
  return body === undefined || reply.body.includes(body);
}

/** The expected answer, for the table. */
export function shownExpected({ expected, times = 1 }: Check): string {
  const { status, body, header } = expected;
  const detail =
    header === undefined ? body : `${header.name}: ${header.value}`;
  return [
    String(status),
    ...(detail === undefined ? [] : [detail]),
    ...(times > 1 ? [`(${times} times)`] : []),
  ].join(" ");
}

/** The answers to one check, for the table: equal ones once, with their number when they differ. */
export function shownReplies(
  replies: readonly Reply[],
  expected: Expected,
): string {
  const counts = new Map<string, number>();
  for (const reply of replies) {
    const text = shownReply(reply, expected);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const texts = [...counts];
  return texts
    .map(([text, count]) => (texts.length > 1 ? `${count} × ${text}` : text))
    .join("; ");
}

function shownReply(reply: Reply, { header }: Expected): string {
  if (!isAnswer(reply)) return shownFailure(reply.code, reply.message);
  const { status, headers, body } = reply;
  if (header === undefined) return `${status} ${excerpt(body)}`.trimEnd();
  const value = headers[header.name];
  return value === undefined
    ? `${status} without ${header.name}`
    : `${status} ${header.name}: ${excerpt(String(value))}`;
}

function shownFailure(code: string, message: string): string {
  if (code === TIMEOUTS.connect) return `no connection ${message}`;
  if (code === TIMEOUTS.answer) return `connected, no answer ${message}`;
  if (code === "ENOTFOUND") return "name not found (ENOTFOUND)";
  if (code === "ECONNREFUSED") return "refused (ECONNREFUSED)";
  if (code.includes("CERT")) return `certificate refused (${code})`;
  return `no answer (${code})`;
}

/** The beginning of a text on one line. An answer may hold anything: nothing of it reaches the terminal as a command. */
function excerpt(text: string): string {
  const line = text.replace(/[\s\p{C}]+/gu, " ").trim();
  return line.length > LONGEST_EXCERPT
    ? `${line.slice(0, LONGEST_EXCERPT)}…`
    : line;
}
