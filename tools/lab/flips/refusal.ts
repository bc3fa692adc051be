/** Who refuses a change, and how the sentence begins. */
export interface Refusal {
  readonly by:
    | "the rules of the settings"
    | "a plan"
    | "prevent_destroy"
    | "the deployer's policies";
  readonly sentence: string;
}

/** Longest start of a sentence that the page quotes. */
const LONGEST = 220;

/** What a synth printed when it wrote nothing: the first problem, without the folder of this machine. */
export function refusedBySettings(output: string): Refusal {
  const [, path = ""] = /^ {2}(\S.*)$/m.exec(output) ?? [];
  const of = (name: string): string =>
    new RegExp(`^ {4}${name} +(.*)$`, "m").exec(output)?.[1] ?? "";
  return {
    by: "the rules of the settings",
    sentence: startOf(
      `${path.replace(/ \/\S+(?=\/stacks\/)/, " …")}: ${of("given")}; allowed: ${of("allowed")}`,
    ),
  };
}

/**
 * What Terraform said when it made no plan: the condition that fails, or else what the deployer may not ask yet, or what must not be
 * destroyed. Undefined for an error that
 * is no refusal, such as an answer of an API.
 */
export function refusedByPlan(lines: readonly string[]): Refusal | undefined {
  const errors = errorsOf(lines);
  const failed = errors.find(([title = ""]) => /condition failed$/.test(title));
  // Where the condition stands, and the values in it, come before its message.
  if (failed) return { by: "a plan", sentence: startOf(failed.at(-1) ?? "") };
  const denied = /AccessDenied: (\w+:\w+)/.exec(errors.flat().join(" "))?.[1];
  if (denied !== undefined)
    return {
      by: "the deployer's policies",
      sentence: `${denied} is not among them: they are printed again for the changed settings first`,
    };
  const kept = errors.flatMap(([, ...texts]) =>
    texts.flatMap(
      (text) =>
        /Resource (\S+) has lifecycle\.prevent_destroy set/.exec(text)?.[1] ??
        [],
    ),
  );
  if (kept[0] === undefined) return undefined;
  const more = kept.length > 1 ? `, and ${kept.length - 1} more` : "";
  return { by: "prevent_destroy", sentence: `${kept[0]} would go${more}` };
}

/** The paragraphs of each error, the first of which is its title; without the frames of a terminal. */
function errorsOf(lines: readonly string[]): string[][] {
  const errors: string[][] = [];
  for (const line of lines.map((one) => one.replace(/^[│╷╵]\s?/, "").trim())) {
    const title = /^Error: (.*)$/.exec(line)?.[1];
    const error = errors.at(-1);
    if (title !== undefined) errors.push([title]);
    else if (line === "") error?.push("");
    else if (error && error.length > 1)
      error[error.length - 1] = `${error.at(-1) ?? ""} ${line}`.trim();
  }
  return errors.map((error) => error.filter((text) => text !== ""));
}

/** The first sentence, cut at a word where it is long. */
function startOf(text: string): string {
  const [first = ""] = /^.*?[.:](?= [A-Z]|$)/.exec(text) ?? [text];
  const sentence = first === "" ? text : first;
  if (sentence.length <= LONGEST) return sentence;
  return `${sentence.slice(0, LONGEST).replace(/\s+\S*$/, "")} …`;
}
