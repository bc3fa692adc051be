import { type Command, type Option } from "./command";
import { textTable } from "./table";

/** No wider than a terminal of 80 columns. */
const WIDTH = 80;

/** The options of every command. */
export const COMMON: Readonly<Record<string, Option>> = {
  json: {
    type: "boolean",
    help: "the result as one JSON document on stdout, everything else on stderr",
  },
  help: { type: "boolean", help: "this text" },
};

const indented = (text: string): string => text.replace(/^(?=.)/gm, "  ");

/** What `wave-eks` says without a command. */
export const overview = (commands: readonly Command[]): string =>
  [
    "wave-eks <command> [arguments]: one environment of Wave on EKS, from nothing to running to year three.",
    "",
    indented(
      textTable(
        ["command", "does"],
        commands.map(({ name, takes, summary }) => [
          `${name} ${takes}`.trim(),
          summary,
        ]),
        WIDTH - 2,
      ),
    ),
    "",
    "`wave-eks <command> --help` has the options. Each is also an npm script: npm run <command> -- <arguments>.",
    "<environment> is the name of a file in settings/, without .yaml.",
  ].join("\n");

/** What `wave-eks <command> --help` says. */
export const helpOf = (command: Command): string =>
  [
    `Usage: wave-eks ${command.name} ${command.takes} [options]`
      .replace(/ +/g, " ")
      .trim(),
    "",
    command.summary,
    "",
    indented(
      textTable(
        ["option", ""],
        Object.entries({ ...command.options, ...COMMON }).map(rowOf),
        WIDTH - 2,
      ),
    ),
    ...(command.details === undefined ? [] : ["", command.details]),
  ].join("\n");

const rowOf = ([name, { value = "<text>", type, help }]: readonly [
  string,
  Option,
]): string[] => [`--${name}${type === "string" ? ` ${value}` : ""}`, help];
