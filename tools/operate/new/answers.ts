import { input, select } from "@inquirer/prompts";
import { type Problem, ProblemReport } from "../../../modules/lib/problem";
import { pathText } from "../../../modules/settings/path";
import { type Call, isGiven, textOption } from "../cli/command";
import { CORE_QUESTIONS } from "./core-questions";
import { problemsAt } from "./draft";
import { EXISTING_QUESTIONS } from "./existing-questions";
import { PLATFORM_QUESTIONS } from "./platform-questions";
import { type Question, written } from "./question";
import { hasKey } from "./text";

/** In the order in which they are asked. */
export const QUESTIONS: readonly Question[] = [
  ...CORE_QUESTIONS,
  ...EXISTING_QUESTIONS,
  ...PLATFORM_QUESTIONS,
];

/** Asks one question of somebody. */
export type Ask = (question: {
  readonly message: string;
  readonly choices?: readonly string[];
  readonly otherwise?: string;
  /** true, or what is allowed. */
  readonly validate: (answer: string) => true | string;
}) => Promise<string>;

/** By the terminal of the process. */
export const askPerson: Ask = ({ message, choices, otherwise, validate }) =>
  choices === undefined
    ? input(
        { message, default: otherwise, validate },
        { output: process.stderr },
      )
    : select(
        { message, default: otherwise, choices: [...choices] },
        { output: process.stderr },
      );

/**
 * The draft with all answers: those of the options, and of the others what somebody says, or what stands for it with `--yes` and where
 * nobody sits.
 *
 * @throws ProblemReport with every answer that is missing, wrong, or to a question of another example.
 */
export async function answered(
  draft: string,
  call: Call,
  ask: Ask = askPerson,
): Promise<string> {
  const asks = call.terminal.interactive && !isGiven(call, "yes");
  const problems: Problem[] = [];
  let text = draft;
  for (const question of QUESTIONS) {
    const given = textOption(call, question.option);
    const { path } = question;
    const isAsked = question.isAsked ?? ((one: string) => hasKey(one, path));
    if (!isAsked(text)) {
      if (given !== undefined) problems.push(notOfThis(question, given));
      continue;
    }
    const otherwise = question.otherwise?.(text);
    const answer: string | undefined =
      given ??
      (asks ? await askFor(question, text, otherwise, ask) : otherwise);
    if (answer === undefined) {
      problems.push(missing(question));
      continue;
    }
    const next = written(question, text, answer.trim());
    const wrong = problemsAt(next, path);
    problems.push(...wrong.map((one) => ofOption(one, question)));
    if (wrong.length === 0) text = next;
  }
  if (problems.length > 0) throw new ProblemReport("this command", problems);
  return text;
}

const askFor = (
  question: Question,
  text: string,
  otherwise: string | undefined,
  ask: Ask,
): Promise<string> =>
  ask({
    message: `${question.message} (${pathText(question.path)}):`,
    choices: question.choices,
    otherwise,
    validate: (answer) => {
      const [wrong] = problemsAt(
        written(question, text, answer.trim()),
        question.path,
      );
      return wrong === undefined || `${wrong.path}: ${wrong.allowed}`;
    },
  });

const ofOption = (problem: Problem, { option }: Question): Problem => ({
  ...problem,
  path: `--${option} (${problem.path})`,
});

const missing = ({ option, message, path, value }: Question): Problem => ({
  path: `--${option} (${pathText(path)})`,
  given: "nothing",
  allowed: message,
  fix: `--${option} ${value}; at a terminal and without --yes it is asked`,
});

const notOfThis = ({ option, path }: Question, given: string): Problem => ({
  path: `--${option}`,
  given: `"${given}"`,
  allowed: `nothing: the file will have no ${pathText(path)}`,
  fix: `leave it out, or take another example by --from`,
});
