import { type Problem } from "../../../modules/lib/problem";
import { hasWave } from "../../../modules/schema";
import { smokeTest } from "../../../modules/wave/smoke-test/checks";
import { awsOf } from "../aws/clients";
import { clusterLogin } from "../kubernetes/cluster";
import { type Target } from "../target";
import { ask, isAnswer } from "../verify/ask";
import { isRight } from "../verify/evaluate";
import { targetOf } from "../verify/target";
import { type AskCluster, askerOf, notYet, textsOf } from "./in-cluster";
import { redisTakes } from "./redis-login";
import { type RotatableSecret, type Store } from "./rotatable";
import { type StoredValue, idsOf, valueOf } from "./stored";
import { isSettled, lookAtStore } from "./stores";

/** What a check found. */
export interface Found {
  /** What is right, or could not be asked here. */
  readonly right: readonly string[];
  /** What is not right yet. */
  readonly wrong: readonly string[];
}

/** A look at where the new value has to be. */
export async function lookForValue(
  target: Target,
  secret: RotatableSecret,
  begun: Date,
): Promise<Found> {
  const aws = awsOf(target);
  const right: string[] = [];
  const wrong: string[] = [];
  const ids = await idsOf(aws, secret);
  const stored = await Promise.all(ids.map((id) => valueOf(aws, id)));
  const dates = stored.map(({ created }) => created.getTime());
  // Secrets Manager may say whole seconds.
  const since = Math.floor(begun.getTime() / 1000) * 1000;
  if (secret.kind === "generated" && dates.some((one) => one < since))
    wrong.push("Secrets Manager: no new value");
  else right.push(`Secrets Manager: ${count(ids.length, "value")} in use`);
  const look = askerOf(await clusterLogin(target));
  for (const found of [
    await lookAtSecrets(look, secret, textsOfValues(secret, stored)),
    await lookAtPods(look, secret, new Date(Math.max(...dates))),
    ...(secret.kind === "generated" && secret.store !== undefined
      ? [await lookAtPassword(target, secret.store, ids)]
      : []),
  ]) {
    right.push(...found.right);
    wrong.push(...found.wrong);
  }
  return { right, wrong };
}

const count = (number: number, what: string): string =>
  `${number} ${what}${number === 1 ? "" : "s"}`;

/** The texts that have to arrive. They are secrets: print none. */
function textsOfValues(
  secret: RotatableSecret,
  stored: readonly StoredValue[],
): string[] {
  if (secret.kind === "generated") return stored.map(({ value }) => value);
  const value = JSON.parse(stored[0]?.value ?? "{}") as Record<string, unknown>;
  return secret.keys.map((key) => String(value[key]));
}

/**
 * A value of the operator is in its Secret with all that it has; of generated ones each is in one Secret at least, and each Secret
 * has one of them.
 */
export async function lookAtSecrets(
  look: AskCluster,
  { kind, readers }: Pick<RotatableSecret, "kind" | "readers">,
  wanted: readonly string[],
): Promise<Found> {
  const comparable = readers.filter(({ hashed = false }) => !hashed);
  if (comparable.length === 0) return { right: [], wrong: [] };
  const found = (
    await Promise.all(comparable.map((reader) => textsOf(look, reader)))
  ).flat();
  if (found.length === 0)
    return { right: [], wrong: ["cluster: the Secret is not there"] };
  const holds = (texts: readonly string[]) => (value: string) =>
    texts.some((text) => text.includes(value));
  const stale = found.filter(({ texts }) =>
    kind === "operator"
      ? !wanted.every(holds(texts))
      : !wanted.some(holds(texts)),
  );
  if (stale.length > 0)
    return {
      right: [],
      wrong: stale.map(({ where }) => `Secret ${where}: another value`),
    };
  return wanted.every(holds(found.flatMap(({ texts }) => texts)))
    ? {
        right: found.map(
          ({ where }) => `Secret ${where}: the value of Secrets Manager`,
        ),
        wrong: [],
      }
    : { right: [], wrong: ["cluster: a value is in no Secret"] };
}

/** Pods that read it when they start are newer than it. */
async function lookAtPods(
  look: AskCluster,
  { readers }: Pick<RotatableSecret, "readers">,
  since: Date,
): Promise<Found> {
  const deployments = readers.flatMap(
    ({ namespace = "", deployments: names }) =>
      names.map((name) => ({ namespace, name })),
  );
  const found = await Promise.all(
    deployments.map(({ namespace, name }) =>
      notYet(look, namespace, name, since),
    ),
  );
  return {
    right: deployments
      .filter((_, index) => found[index] === undefined)
      .map(({ name }) => `${name}: its pods are new and ready`),
    wrong: found.filter((one) => one !== undefined),
  };
}

/** The store has ended its change; Redis is asked where it is reached. */
async function lookAtPassword(
  target: Target,
  store: Store,
  [id = ""]: readonly string[],
): Promise<Found> {
  const aws = awsOf(target);
  const look = await lookAtStore(aws, store);
  if (!isSettled(look))
    return {
      right: [],
      wrong: [`${store.id}: ${[look.status, ...look.pending].join(", ")}`],
    };
  const settled = `${store.id}: available, no change under way`;
  if (store.kind !== "redis" || look.host === undefined)
    return { right: [settled], wrong: [] };
  const { host, port = 6379 } = look;
  const { value: password } = await valueOf(aws, id);
  const taken = await redisTakes({ host, port, password });
  return taken === false
    ? { right: [settled], wrong: [`${store.id}: refuses the new password`] }
    : {
        right: [
          settled,
          taken === undefined
            ? `${store.id}: not asked, it is not reached from here`
            : `${store.id}: takes the new password`,
        ],
        wrong: [],
      };
}

/** A look at whether Redis has forgotten the password of before. */
export async function lookForOldPassword(
  target: Target,
  store: Store,
  secret: RotatableSecret,
): Promise<Found> {
  const aws = awsOf(target);
  const ids = await idsOf(aws, secret);
  const found = await lookAtPassword(target, store, ids);
  if (found.wrong.length > 0) return found;
  const { host, port = 6379 } = await lookAtStore(aws, store);
  const old = await valueOf(aws, ids[0] ?? "", "AWSPREVIOUS").catch(
    () => undefined,
  );
  if (host === undefined || old === undefined) return found;
  const taken = await redisTakes({ host, port, password: old.value });
  return taken === true
    ? { ...found, wrong: [`${store.id}: still takes the old password`] }
    : {
        right: [
          ...found.right,
          taken === undefined
            ? "the old password: not tried, Redis is not reached from here"
            : "the old password: refused",
        ],
        wrong: [],
      };
}

/** Wave's own word, where it is reached; undefined for an environment without Wave. */
export async function askHealth({
  settings,
}: Pick<Target, "settings">): Promise<Found | undefined> {
  if (!hasWave(settings)) return undefined;
  const { hostname } = settings.wave;
  const chosen = targetOf(hostname, {});
  const check = smokeTest(settings).find(({ name }) => name === "health");
  if (!("target" in chosen) || check === undefined) return undefined;
  const reply = await ask(check, chosen.target);
  if (!isAnswer(reply))
    return {
      right: [`https://${hostname}/health: not asked (${reply.code})`],
      wrong: [],
    };
  return isRight(reply, check.expected)
    ? { right: [`https://${hostname}/health: UP`], wrong: [] }
    : { right: [], wrong: [`https://${hostname}/health: ${reply.status}`] };
}

/** What is not right as problems of the environment. */
export const problemsOf = (
  { wrong }: Found,
  secret: RotatableSecret,
): Problem[] =>
  wrong.map((given) => ({
    path: secret.name,
    given,
    allowed: "the new value wherever it is read",
    fix: "mend what it says, then run the same command: it goes on with this check",
  }));
