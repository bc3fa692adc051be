import { SecretsManagerServiceException } from "@aws-sdk/client-secrets-manager";
import { type Problem } from "../../../modules/lib/problem";
import { hasWave } from "../../../modules/schema";
import { awsOf } from "../aws/clients";
import { sentenceOf } from "../aws/errors";
import { type Terminal } from "../cli/terminal";
import { clusterLogin } from "../kubernetes/cluster";
import { type Target } from "../target";
import { synthesizeTarget } from "../terraform/stacks";
import { askerOf, notYet } from "./in-cluster";
import { pendingIn } from "./pending";
import { type RotatableSecret } from "./rotatable";
import { idsOf, versionOf } from "./stored";
import { isSettled, lookAtStore } from "./stores";

/** Everything that keeps a secret from being rotated now; nothing is changed. */
export async function problemsBefore(
  target: Target,
  secret: RotatableSecret,
  terminal: Terminal,
): Promise<Problem[]> {
  const halfway = redisHalfway(target, secret);
  if (halfway.length > 0) return halfway;
  const quick = (
    await Promise.all([
      storedBefore(target, secret),
      storeBefore(target, secret),
      clusterBefore(target, secret),
    ])
  ).flat();
  // Plans of what is broken take minutes, and say the same.
  if (quick.length > 0) return quick;
  return terminal.progress(
    `plan ${secret.stacks.join(", ")}: nothing else must wait for a deploy`,
    async () => {
      await synthesizeTarget(target);
      const pending = await Promise.all(
        secret.stacks.map((stack) => pendingIn(target, stack)),
      );
      return pending.flat();
    },
  );
}

/** A rotation of Redis that somebody began by hand, or on another machine. */
function redisHalfway(
  { settings, environment }: Target,
  secret: RotatableSecret,
): Problem[] {
  if (
    secret.name !== "redis" ||
    !hasWave(settings) ||
    settings.data.redis.authUpdate !== "ROTATE"
  )
    return [];
  return [
    {
      path: "data.redis.authUpdate",
      given: "ROTATE: a rotation is half done, and was not begun here",
      allowed: "SET, deployed",
      fix: `write SET and run \`npx wave-eks deploy ${environment}\`: it retires the old password`,
    },
  ];
}

/** Values that are there, and well formed. */
async function storedBefore(
  target: Target,
  secret: RotatableSecret,
): Promise<Problem[]> {
  const aws = awsOf(target);
  const where = { path: secret.name, allowed: "a value in Secrets Manager" };
  try {
    const ids = await idsOf(aws, secret);
    if (secret.kind === "generated" && ids.length < secret.secrets.length)
      return [
        {
          ...where,
          given: `${ids.length} of the secrets ${secret.secrets.join(", ")}`,
          fix: `\`npx wave-eks deploy ${target.environment}\` first`,
        },
      ];
    for (const id of ids)
      if ((await versionOf(aws, id)) === undefined)
        return [{ ...where, given: `${id} without one`, fix: "store one" }];
    return [];
  } catch (error) {
    if (!(error instanceof SecretsManagerServiceException)) throw error;
    return [
      {
        ...where,
        given: sentenceOf(error),
        fix:
          secret.kind === "operator"
            ? `make it: aws secretsmanager create-secret --name ${secret.secretName}`
            : "let the caller read it",
      },
    ];
  }
}

async function storeBefore(
  target: Target,
  secret: RotatableSecret,
): Promise<Problem[]> {
  const store = secret.kind === "generated" ? secret.store : undefined;
  if (store === undefined) return [];
  try {
    const look = await lookAtStore(awsOf(target), store);
    if (isSettled(look)) return [];
    return [
      {
        path: store.id,
        given: [look.status, ...look.pending].join(", "),
        allowed: "available, and no change under way",
        fix: "wait until AWS is through",
      },
    ];
  } catch (error) {
    return [
      {
        path: store.id,
        given: sentenceOf(error),
        allowed: "a store that is deployed",
        fix: `\`npx wave-eks deploy ${target.environment}\` first`,
      },
    ];
  }
}

/** The cluster answers, and what reads the secret runs. */
async function clusterBefore(
  target: Target,
  { readers }: RotatableSecret,
): Promise<Problem[]> {
  const path = "cluster";
  try {
    const ask = askerOf(await clusterLogin(target));
    const found = await Promise.all(
      readers.flatMap(({ namespace = "", deployments }) =>
        deployments.map((name) => notYet(ask, namespace, name, new Date(0))),
      ),
    );
    return found
      .filter((one) => one !== undefined)
      .map((given) => ({
        path,
        given,
        allowed: "pods that are ready",
        fix: "mend that first: a rotation would end with it",
      }));
  } catch (error) {
    return [
      {
        path,
        given: sentenceOf(error),
        allowed: "a cluster that is deployed and answers here",
        fix: "run this where the Kubernetes API is reached, with a caller that may use it",
      },
    ];
  }
}
