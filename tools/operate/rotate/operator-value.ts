import { fromIni } from "@aws-sdk/credential-providers";
import { type Problem, ProblemReport } from "../../../modules/lib/problem";
import { type AwsAccess, awsOf } from "../aws/clients";
import { failureOf, sentenceOf } from "../aws/errors";
import { type Terminal } from "../cli/terminal";
import { type Target } from "../target";
import { type RotationRecord } from "./record";
import { type OperatorValue, type RotatableSecret } from "./rotatable";
import { putValue, valueOf, versionOf } from "./stored";

/** AWS as who runs the command, or as a profile: the deployer's role only reads the secrets of operators. */
function ownAccess(
  { settings }: Pick<Target, "settings">,
  profile: string | undefined,
): Pick<AwsAccess, "client"> {
  if (profile === undefined)
    return awsOf({
      settings: {
        ...settings,
        access: { ...settings.access, assumeRole: undefined },
      },
    });
  const { region } = settings;
  const credentials = fromIni({ profile });
  return {
    client: (type) =>
      new type({
        ...{ region, credentials, maxAttempts: 3 },
        requestHandler: {
          connectionTimeout: 5000,
          requestTimeout: 20_000,
          throwOnRequestTimeout: true,
        },
      }),
  };
}

/** A value that is given, and the AWS profile that may store it. @default who runs the command may */
export interface GivenValue {
  readonly text: string;
  readonly profile: string | undefined;
}

/** Stores the value as a new version, unless it is the one in use. */
export async function store(
  {
    target,
    secret,
    record,
  }: {
    readonly target: Target;
    readonly secret: RotatableSecret;
    readonly record: RotationRecord;
  },
  value: GivenValue | undefined,
  terminal: Terminal,
): Promise<void> {
  if (secret.kind !== "operator" || value === undefined) return;
  const { secretName } = secret;
  try {
    const aws = ownAccess(target, value.profile);
    if ((await valueOf(aws, secretName)).value === value.text) {
      terminal.print(`  ${secretName}: has this value already`);
      return;
    }
    const before = (await versionOf(aws, secretName))?.id ?? "";
    const since = await putValue(aws, secretName, value.text);
    record.versions = { before, since };
    terminal.print(`  ${secretName}: version ${since} is AWSCURRENT`);
  } catch (error) {
    throw new ProblemReport("Secrets Manager", [refused(secret, error)]);
  }
}

const refused = ({ secretName }: OperatorValue, error: unknown): Problem => ({
  path: secretName,
  given: sentenceOf(error),
  allowed: "a caller that may read it and store a version of it",
  fix:
    failureOf(error) === "denied"
      ? "name an AWS profile that may by --value-profile: the deployer may not. Or store it by hand, and run the same command"
      : "mend what it says, then run the same command",
});

/** How the value of before comes back. */
export const goBack = (
  {
    settings: { region },
    environment,
  }: Pick<Target, "settings" | "environment">,
  { secretName, stacks }: OperatorValue,
  { before, since }: NonNullable<RotationRecord["versions"]>,
): string =>
  [
    `To go back instead: the value of before is the version AWSPREVIOUS. Make it AWSCURRENT, deploy ${stacks.join(", ")}, and delete the record that was left:`,
    `aws secretsmanager update-secret-version-stage --region ${region} --secret-id ${secretName} --version-stage AWSCURRENT --move-to-version-id ${before} --remove-from-version-id ${since}`,
    `npx wave-eks deploy ${environment}`,
  ].join("\n  ");
