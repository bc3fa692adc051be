import { type Check } from "./checks";

/** A check as a command of the shell that prints what it found and fails on another answer. */
export function curlCommand(check: Check, hostname: string): string {
  const { name, what, scheme, path, json } = check;
  const plain = `${scheme}://${hostname}${path}`;
  const url = plain.includes("?") ? `'${plain}'` : plain;
  const post =
    json === undefined
      ? ""
      : `-H 'Content-Type: application/json' -d '${json}' `;
  const { options, filter } = reading(check);
  return `curl -sS ${options} ${post}${url} | ${filter} # ${name}: ${what}`;
}

/** What curl prints of the answer, and what has to stand in it. */
function reading({ expected: { status, body, header } }: Check): {
  options: string;
  filter: string;
} {
  if (body !== undefined)
    return {
      options: "-w ' %{http_code}\\n'",
      filter: `grep -E '${literal(body)}.* ${status}$'`,
    };
  if (header === undefined)
    return {
      options: "-o /dev/null -w '%{http_code}\\n'",
      filter: `grep -x ${status}`,
    };
  return header.name === "location"
    ? {
        options: "-o /dev/null -w '%{http_code} %{redirect_url}\\n'",
        filter: `grep -E '^${status} ${literal(header.value)}'`,
      }
    : {
        options: "-fi",
        filter: `grep -i '^${header.name}: ${literal(header.value)}'`,
      };
}

/** The text as a regular expression that matches only it. */
const literal = (text: string): string =>
  text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
