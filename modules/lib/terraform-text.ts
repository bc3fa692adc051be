/**
 * A string of Terraform JSON as a reader understands it: `$${…}` and `%%{…}` lose their escape, and a reference becomes
 * a placeholder that says where the value comes from: `${data.terraform_remote_state.data.outputs.logs_bucket}` →
 * `<data: logs_bucket>`, any other expression `<expression>`.
 */
export function readableText(text: string): string {
  let result = "";
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const escape = /^(\$\$|%%)(?=\{)/.exec(rest);
    const end = rest.startsWith("${") ? endOfReference(rest) : 0;
    if (end > 0) result += placeholder(rest.slice(2, end - 1));
    else result += rest.charAt(0);
    at += end > 0 ? end : (escape?.[0].length ?? 1);
  }
  return result;
}

/** Length of `${…}` with all braces inside it closed; 0 when it never ends, and so is text. */
function endOfReference(text: string): number {
  let depth = 0;
  for (let at = 1; at < text.length; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}") depth--;
    if (depth === 0) return at + 1;
  }
  return 0;
}

function placeholder(expression: string): string {
  const source = expression.replace(
    /data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g,
    "$1: $2",
  );
  return `<${source}>`;
}
