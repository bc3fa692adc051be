import { factsOf } from "../../../modules/facts";
import { type Settings } from "../../../modules/schema";

/** What to do with a new settings file, in order. */
export function nextSteps(environment: string, settings: Settings): string[] {
  const { region, backend } = settings;
  const secrets = new Map(
    factsOf(settings)
      .flatMap(({ operatorSecrets }) => operatorSecrets)
      .map(({ name, keys }) => [name, keys]),
  );
  return [
    ...[...secrets].map(
      ([name, keys]) =>
        `aws secretsmanager create-secret --region ${region} --name ${name} --secret-string file://secret.json   # {${keys.map((key) => `"${key}": "…"`).join(", ")}}`,
    ),
    ...(backend.kind === "s3"
      ? [
          `ENVIRONMENT=${environment} npm run state   # unless the bucket is there`,
        ]
      : []),
    `npx wave-eks doctor ${environment}`,
    `npx wave-eks deploy ${environment}`,
  ];
}
