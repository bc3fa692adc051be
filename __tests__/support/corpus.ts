import { readFileSync, readdirSync } from "node:fs";
import { parse, stringify } from "yaml";
import { projectFile } from "../../modules/lib/project-file";
import { type Problem } from "../../modules/lib/problem";
import { companyVpcInput, emgExistingInput, existingInput } from "./existing";
import {
  currentInput,
  deliveryInput,
  emgInput,
  exampleInput,
  existingExampleInput,
  liteInput,
  platformsInput,
} from "./settings";

/** A wrong settings file as the corpus notes it: an example with a change, and all that is reported. */
export interface WrongFile {
  readonly what: string;
  /** The example that is changed. `classic` when it is not said. */
  readonly of?: keyof typeof INPUTS;
  /** Merged into the example. */
  readonly change?: Readonly<Record<string, unknown>>;
  /** Keys to take out, such as `dns.hostedZoneId`. */
  readonly remove?: readonly string[];
  /** Texts of the file to write otherwise: what YAML reads from a scalar depends on its quotes. */
  readonly replace?: Readonly<Record<string, string>>;
  /** The whole file, instead of an example. */
  readonly text?: string;
  /** Every problem that is reported, in order; each part begins with these words. */
  readonly problems: readonly Problem[];
}

/** All wrong files, with the subject they are filed under. */
export function corpus(): (readonly [subject: string, file: WrongFile])[] {
  const folder = projectFile("__tests__/corpus");
  return readdirSync(folder)
    .sort()
    .flatMap((name) =>
      (parse(readFileSync(`${folder}/${name}`, "utf8")) as WrongFile[]).map(
        (file) => [name.replace(".yaml", ""), file] as const,
      ),
    );
}

const INPUTS = {
  classic: exampleInput,
  current: currentInput,
  lite: liteInput,
  "existing example": existingExampleInput,
  existing: existingInput,
  "company VPC": companyVpcInput,
  platforms: platformsInput,
  delivery: deliveryInput,
  emg: emgInput,
  "emg existing": emgExistingInput,
};

/** The wrong file as an operator would have written it. */
export function textOf({
  of = "classic",
  change = {},
  remove = [],
  replace = {},
  text,
}: WrongFile): string {
  if (text !== undefined) return text;
  const input = INPUTS[of](change);
  for (const path of remove) take(input, path.split("."));
  return Object.entries(replace).reduce((file, [from, to]) => {
    if (!file.includes(from)) throw new Error(`${from} is not in the file`);
    return file.replace(from, to);
  }, stringify(input));
}

function take(node: unknown, [key = "", ...rest]: readonly string[]): void {
  const section = node as Record<string, unknown>;
  if (!(key in section)) throw new Error(`no ${key} to take out`);
  if (rest.length > 0) take(section[key], rest);
  else Reflect.deleteProperty(section, key);
}
