import { xmlTexts } from "../aws/xml";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { hasEmg } from "../../../modules/schema";
import { canary } from "../aws/account";
import { queryCall, targetCall } from "../aws/client";
import { passwordHash } from "../aws/services/rds/store";
import { type Lab } from "../lab";
import { paths } from "../paths";
import { type State, attributesOf, outputOf } from "../terraform/state";
import { type SynthesizedStack } from "../terraform/synthesized";
import { type Plan } from "../terraform/plan";
import { clusterPlaces } from "./emg/canaries";

/** A value that must not be where everybody reads. */
export interface Password {
  readonly name: string;
  readonly value: string;
  /** Whether the state, and with it a plan, may hold it (EXC-16). */
  readonly inState: boolean;
}

/** Something that is searched for passwords. */
export interface Place {
  readonly name: string;
  readonly text: string;
  /** The state, or a plan, which carries the state. */
  readonly isState: boolean;
}

/** Passwords found where they must not be, as `<password> in <place>`. */
export function leaks(
  passwords: readonly Password[],
  places: readonly Place[],
): string[] {
  return passwords.flatMap(({ name, value, inState }) =>
    places
      .filter(
        ({ text, isState }) => !(isState && inState) && text.includes(value),
      )
      .map((place) => `${name} in ${place.name}`),
  );
}

/** What a deployed line's passwords are looked for in. */
export interface Searched {
  readonly synthesized: readonly SynthesizedStack[];
  readonly plans: readonly Plan[];
  readonly states: readonly State[];
}

/**
 * The generated passwords, read where they are kept, are in no synthesized file, plan, state, output or log; only that of
 * Redis is in the state (EXC-16). The database and Redis have the stored one.
 */
export async function checkPasswords(
  lab: Lab,
  searched: Searched,
  step: string,
): Promise<void> {
  const { report } = lab;
  const passwords = await storedPasswords(lab, searched.states);
  const names = passwords.map(({ name }) => name).join(", ");
  const found = leaks(passwords, [
    ...places(searched),
    ...(await placesInCluster(lab)),
  ]);
  report.check(
    `${step}: passwords are nowhere but where they belong`,
    passwords.length > 1 && found.length === 0,
    found.length > 0 ? found.join("; ") : `looked for those of ${names}`,
  );
  await checkAgreement(lab, searched.states, step);
}

const placesInCluster = async ({
  settings,
  stacks,
  workloads,
}: Lab): Promise<Place[]> =>
  workloads && hasEmg(settings) && stacks.includes("emg")
    ? clusterPlaces(workloads.api, settings)
    : [];

/** One password in RDS and Secrets Manager, and one in Redis' state and Secrets Manager. */
async function checkAgreement(
  lab: Lab,
  states: readonly State[],
  step: string,
): Promise<void> {
  const { report, aws } = lab;
  const [database] = attributesOf(states, "aws_db_instance");
  if (database) {
    const { value } = await secretOf(lab, databaseSecret(states));
    const xml = await queryCall(
      aws,
      "rds",
      "2014-10-31",
      "LabDescribePasswordHash",
      {
        DBInstanceIdentifier: String(database.identifier),
      },
    );
    report.check(
      `${step}: RDS has the password of Secrets Manager`,
      xmlTexts(xml, "PasswordHash")[0] === passwordHash(value),
    );
  }
  const [redis] = attributesOf(states, "aws_elasticache_replication_group");
  if (redis?.auth_token) {
    const { value } = await secretOf(lab, outputOf(states, "redis_secret_arn"));
    report.check(
      `${step}: Redis has the password of Secrets Manager`,
      redis.auth_token === value,
    );
  }
}

/** Secret of the owner of the database, whichever stack made it. */
const databaseSecret = (states: readonly State[]): unknown =>
  outputOf(states, "postgres_secret_arn") ??
  attributesOf(states, "aws_secretsmanager_secret").find(({ name }) =>
    String(name).includes("-emg-db-master"),
  )?.arn;

async function storedPasswords(
  lab: Lab,
  states: readonly State[],
): Promise<Password[]> {
  const redis = outputOf(states, "redis_secret_arn");
  const versions = attributesOf(states, "aws_secretsmanager_secret_version");
  const generated = await Promise.all(
    versions.map(async ({ arn }) => ({
      ...(await secretOf(lab, arn)),
      inState: arn === redis,
    })),
  );
  // What the operator stored, such as the login of the registry, is one text in all secrets.
  return [
    ...generated,
    { name: "the operator", value: canary, inState: false },
  ];
}

async function secretOf(
  { aws }: Lab,
  arn: unknown,
): Promise<{ name: string; value: string }> {
  const { Name, SecretString } = (await targetCall(
    aws,
    "secretsmanager",
    "secretsmanager.GetSecretValue",
    { SecretId: arn },
  )) as { Name: string; SecretString: string };
  return { name: Name, value: SecretString };
}

const places = ({ synthesized, plans, states }: Searched): Place[] => [
  ...synthesized.map(({ id, json }) => ({
    name: `cdk.tf.json of ${id}`,
    text: JSON.stringify(json),
    isState: false,
  })),
  ...plans.map(({ stack, json }) => ({
    name: `plan of ${stack}`,
    text: json,
    isState: true,
  })),
  ...states.flatMap(({ stack, text, outputs }) => [
    { name: `state of ${stack}`, text, isState: true },
    {
      name: `outputs of ${stack}`,
      text: JSON.stringify(outputs),
      isState: false,
    },
  ]),
  ...logs(paths.logs),
];

/** Every log of the run, the emulator's among them. */
const logs = (folder: string): Place[] =>
  readdirSync(folder)
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile())
    .map((file) => ({
      name: file,
      text: readFileSync(file, "utf8"),
      isState: false,
    }));
