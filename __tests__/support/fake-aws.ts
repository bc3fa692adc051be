import { type Settings } from "../../modules/schema";
import { type Examined } from "../../tools/operate/doctor/examined";

/** What AWS answers, by the name of a command without its end; a thrown error is one of AWS. */
export type Answers = Readonly<Record<string, (input: never) => object>>;

/** An error as AWS sends it. */
export const awsError = (name: string, message = "as AWS says it"): Error =>
  Object.assign(new Error(message), { name });

/**
 * An environment for the doctor whose AWS gives prepared answers, and refuses every question that has none.
 *
 * @param change Other fields.
 */
export const examinedBy = (
  settings: Settings,
  answers: Answers,
  change: Partial<Examined> = {},
): Examined => ({
  environment: settings.environment,
  settings,
  aws: fakeAws(settings, answers),
  stateAws: fakeAws(settings, answers),
  stacks: [],
  json: {},
  caller: { accountId: settings.accountId, arn: settings.access.deployer },
  variables: {},
  nameServersOf: () => Promise.resolve([]),
  now: new Date("2026-11-29T12:00:00Z"),
  ...change,
});

const fakeAws = ({ region }: Settings, answers: Answers): Examined["aws"] => ({
  client: (type) =>
    Object.assign(new type({ region } as never) as object, {
      send: (command: { readonly input: never }): Promise<object> => {
        const name = command.constructor.name.replace(/Command$/, "");
        const answer = answers[name];
        return answer === undefined
          ? Promise.reject(awsError("AccessDeniedException", name))
          : new Promise((resolve) => {
              resolve(answer(command.input));
            });
      },
    }) as never,
});
