import { type RotatableSecret } from "../../operate/rotate/rotatable";
import { queryCall } from "../aws/client";
import { passwordHash } from "../aws/services/rds/store";
import { xmlTexts } from "../aws/xml";
import { type Lab } from "../lab";
import { lookAt, valueNamed } from "./secrets-look";

/** Hashes of the passwords that a Redis takes. */
export const redisHashes = async (
  { aws }: Lab,
  id: string,
): Promise<string[]> =>
  xmlTexts(
    await queryCall(
      aws,
      "elasticache",
      "2015-02-02",
      "LabDescribePasswordHashes",
      { ReplicationGroupId: id },
    ),
    "PasswordHash",
  );

/** The store has the password that is stored, and no other. */
export async function checkStore(
  lab: Lab,
  secret: RotatableSecret,
): Promise<void> {
  if (secret.kind !== "generated" || secret.store === undefined) return;
  const { kind, id } = secret.store;
  const { aws } = lab;
  const hashes =
    kind === "redis"
      ? await redisHashes(lab, id)
      : xmlTexts(
          await queryCall(aws, "rds", "2014-10-31", "LabDescribePasswordHash", {
            DBInstanceIdentifier: id,
          }),
          "PasswordHash",
        );
  const { stored } = await lookAt(lab);
  const wanted =
    kind === "redis"
      ? secret.secrets.map((name) => stored[name])
      : await Promise.all(
          secret.secrets.map(async (name) =>
            passwordHash(await valueNamed(lab, name)),
          ),
        );
  lab.report.check(
    `rotate ${secret.name}: the store has the password of Secrets Manager alone`,
    hashes.length === 1 && wanted.includes(hashes[0] ?? ""),
    String(hashes.length),
  );
}
