import { ProblemReport } from "../../../modules/lib/problem";
import { type Call, type Command, isGiven, textOption } from "../cli/command";
import { checkCaller } from "../aws/caller";
import { listSecrets } from "../rotate/list";
import { rotateSecret } from "../rotate/rotate";
import { type RotatableSecret } from "../rotate/rotatable";
import { secretsOf } from "../rotate/secrets";
import { nearest } from "../../../modules/lib/nearest";
import { type Target, openTarget } from "../target";

export const rotate: Command = {
  name: "rotate",
  takes: "<environment> [secret]",
  summary:
    "gives a secret another value, where it is made and where it is read",
  options: {
    list: {
      type: "boolean",
      help: "the secrets of the environment, and what a rotation of each interrupts",
    },
    "value-file": {
      type: "string",
      value: "<file>",
      help: "the new value of a secret that the operator makes, as JSON; - reads stdin",
    },
    "value-profile": {
      type: "string",
      value: "<profile>",
      help: "the AWS profile that may store it; without it, whoever runs this",
    },
    yes: { type: "boolean", help: "asks nothing, as in a pipeline" },
  },
  details:
    "One that was interrupted goes on where it stopped, by the same command. Values stand in no argument, log or record.",
  run: async (call) => {
    const { terminal } = call;
    const target = openTarget(call.positionals[0], call.variables);
    const secrets = secretsOf(target.settings, target.stacks);
    const [, name] = call.positionals;
    if (!isGiven(call, "list")) {
      const secret = chosen(name, secrets, target);
      await checkCaller(target);
      return rotateSecret(target, secret, { ...optionsOf(call), terminal });
    }
    await checkCaller(target);
    await listSecrets(target, secrets, terminal);
    return 0;
  },
};

const optionsOf = (call: Call) => ({
  valueFile: textOption(call, "value-file"),
  valueProfile: textOption(call, "value-profile"),
  yes: isGiven(call, "yes"),
  variables: call.variables,
});

/** @throws ProblemReport with the nearest name. */
function chosen(
  name: string | undefined,
  secrets: readonly RotatableSecret[],
  { environment }: Target,
): RotatableSecret {
  const names = secrets.map((one) => one.name);
  const found = secrets.find((one) => one.name === name);
  if (found !== undefined) return found;
  const match = name === undefined ? undefined : nearest(name, names);
  throw new ProblemReport(`rotate ${environment}`, [
    {
      path: "<secret>",
      given: name === undefined ? "nothing" : `"${name}"`,
      allowed: names.join(", "),
      fix:
        match === undefined
          ? `choose one; \`npx wave-eks rotate ${environment} --list\` says what each is`
          : `write ${match}`,
    },
  ]);
}
