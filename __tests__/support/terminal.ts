import { type Terminal } from "../../tools/operate/cli/terminal";
import { textTable } from "../../tools/operate/cli/table";

/** A terminal that remembers what it was told. */
export interface RecordedTerminal extends Terminal {
  readonly printed: string[];
  readonly results: unknown[];
}

/**
 * @param answer What somebody says to each question; undefined: nobody sits there.
 * @param typed What somebody types where a word is asked for.
 */
export function recordedTerminal({
  columns = 100,
  answer,
  typed = "",
}: {
  columns?: number;
  answer?: boolean;
  typed?: string;
} = {}): RecordedTerminal {
  const printed: string[] = [];
  const results: unknown[] = [];
  return {
    json: false,
    columns,
    interactive: answer !== undefined,
    colour: false,
    printed,
    results,
    print: (text) => printed.push(text),
    result: (value) => results.push(value),
    progress: (_text, work) => work(() => undefined),
    table: (heads, rows) => printed.push(textTable(heads, rows, columns)),
    confirm: (question, flag) => {
      printed.push(question);
      return answer === undefined
        ? Promise.reject(new Error(`nobody can answer; ${flag}`))
        : Promise.resolve(answer);
    },
    ask: (question, flag) => {
      printed.push(question);
      return answer === undefined
        ? Promise.reject(new Error(`nobody can answer; ${flag}`))
        : Promise.resolve(typed);
    },
  };
}
