import { type AwsAccess } from "../../tools/operate/aws/clients";
import { type StackState } from "../../tools/operate/status/states";

/** The moment at which the tests of `status` look. */
export const now = new Date("2026-11-29T12:00:00Z");

export const hoursAgo = (hours: number): Date =>
  new Date(now.getTime() - hours * 3_600_000);

/** AWS that answers each command by its name; what is not there is refused. */
export const answering = (
  answers: Readonly<Record<string, unknown>>,
): Pick<AwsAccess, "client"> => ({
  client: (() => ({
    send: (command: { constructor: { name: string } }) => {
      const name = command.constructor.name.replace(/Command$/, "");
      return name in answers
        ? Promise.resolve(answers[name])
        : Promise.reject(
            Object.assign(new Error(`${name} is not allowed`), {
              name: "AccessDeniedException",
            }),
          );
    },
  })) as AwsAccess["client"],
});

/** A state with resources of some types. */
export const state = (
  stack: string,
  resources: Record<string, Record<string, unknown>[]> = {},
): StackState => ({
  stack,
  serial: 7,
  changed: new Date("2026-11-20T08:00:00Z"),
  resources: Object.entries(resources).map(([type, attributes]) => ({
    type,
    name: "one",
    attributes,
  })),
});
