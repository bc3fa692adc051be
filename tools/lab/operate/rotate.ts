import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { openRotations } from "../../operate/rotate/record";
import { type RotatableSecret } from "../../operate/rotate/rotatable";
import { secretsOf } from "../../operate/rotate/secrets";
import { stepsFor } from "../../operate/rotate/steps";
import { type Lab } from "../lab";
import { paths } from "../paths";
import { environmentOf, type Patch } from "../settings";
import { logOf } from "../steps/steps";
import { run } from "../system/process";
import { waveEks } from "./command";
import { checkStore, redisHashes } from "./rotate-store";
import { changed, hashOf, lookAt } from "./secrets-look";

/** Every secret of the line by `rotate`: what changes has to, and nothing else does. */
export async function checkRotate(lab: Lab): Promise<void> {
  const { workloads, report } = lab;
  if (workloads?.chartRepository === undefined) {
    report.skip("rotate", "no cluster that Terraform deploys to");
    return;
  }
  await checkRefusals(lab);
  const secrets = secretsOf(lab.settings, lab.stacks);
  await checkList(lab, secrets);
  for (const secret of secrets) await checkOne(lab, secret);
}

async function checkOne(lab: Lab, secret: RotatableSecret): Promise<void> {
  const { report } = lab;
  const before = await lookAt(lab);
  const cut = secret.name === "redis" || secret.kind === "operator";
  const code = cut
    ? await rotateInPieces(lab, secret)
    : (await rotate(lab, secret)).code;
  const after = await lookAt(lab);
  report.check(`rotate ${secret.name}: ends well`, code === 0, String(code));
  const wanted = wantedOf(secret);
  for (const part of ["stored", "secrets", "templates"] as const)
    checkNames(
      lab,
      `rotate ${secret.name}: ${WORDS[part]}`,
      changed(before[part], after[part]),
      wanted[part],
    );
  await checkStore(lab, secret);
  keepVersions(lab);
  const again = await waveEks(lab, ["rotate", "--list", "--json"]);
  report.check(
    `rotate ${secret.name}: no rotation is left`,
    again.code === 0 && !again.text.includes('"halfDone": true'),
  );
}

const WORDS = {
  stored: "values of Secrets Manager that are others",
  secrets: "Kubernetes Secrets that are others",
  templates: "Deployments whose pods are new",
} as const;

/** What a rotation has to change. Names in Secrets Manager without Terraform's suffix. */
const wantedOf = (secret: RotatableSecret) => ({
  stored: secret.kind === "operator" ? [secret.secretName] : secret.secrets,
  secrets: [
    ...new Set(
      secret.readers.map(({ namespace = "", secret: name }) =>
        [namespace, name].filter(Boolean).join("/"),
      ),
    ),
  ],
  templates: secret.readers.flatMap(({ deployments }) => deployments),
});

function checkNames(
  { report }: Lab,
  name: string,
  found: readonly string[],
  wanted: readonly string[],
): void {
  const [left, right] = [found, wanted].map((names) =>
    [...names].sort().join(", "),
  );
  report.check(
    name,
    left === right,
    left === right ? left : `${left ?? ""} instead of ${right ?? ""}`,
  );
}

/** Variables with a profile that may store the operator's secrets, as the deployer may not. */
function asOperator(): NodeJS.ProcessEnv {
  const file = join(paths.settings, "..", "credentials");
  writeFileSync(
    file,
    "[operator]\naws_access_key_id = AKIALABLABLABLABLAB9\naws_secret_access_key = lab\n",
  );
  return { AWS_SHARED_CREDENTIALS_FILE: file };
}

const valueFile = (): string => join(paths.settings, "..", "value.json");

/** Arguments besides the environment. A value of the operator is written into a file first. */
function argumentsFor(secret: RotatableSecret, isFirst: boolean): string[] {
  const args = [secret.name, "--yes"];
  if (secret.kind === "generated" || !isFirst) return args;
  const value = Object.fromEntries(
    secret.keys.map((key) => [key, valueOfKey(key, secret.name)]),
  );
  writeFileSync(valueFile(), JSON.stringify(value), { mode: 0o600 });
  return [...args, "--value-file", valueFile(), "--value-profile", "operator"];
}

/** A value that has the shape of what is stored under a key. */
const valueOfKey = (key: string, secret: string): string => {
  if (key === "username") return "lab";
  if (key === "accessKeyId") return "AKIALABNEW";
  const rest = hashOf(`${secret} ${key}`);
  return /^(identity|privateKey)$/.test(key)
    ? `-----BEGIN PRIVATE KEY-----\n${rest}\n-----END PRIVATE KEY-----\n`
    : `lab-canary-new-${rest}`;
};

const rotate = (lab: Lab, secret: RotatableSecret) =>
  waveEks(lab, ["rotate", ...argumentsFor(secret, true)], asOperator());

/** Kills the command after each step, and lets the next one go on. @returns the exit code of the last. */
async function rotateInPieces(
  lab: Lab,
  secret: RotatableSecret,
): Promise<number> {
  const { length } = stepsFor(secret, 0);
  // A step that takes no time may be over before the kill of the one before it: the record says where the next one begins.
  for (let calls = 1; calls <= length; calls += 1) {
    const done = doneOf(lab, secret);
    const { code, steps, text } = await rotateOneStep(
      lab,
      secret,
      done === undefined,
    );
    lab.report.check(
      `rotate ${secret.name}: ${done === undefined ? "begins" : `goes on after step ${done}`} of ${length}, and is killed`,
      steps[0] === (done ?? 0) + 1 &&
        text.includes("goes on.") === (done !== undefined),
      `steps ${steps.join(", ")}`,
    );
    if (code !== -1) return code;
    // The last step may be over, and with it the record, before the kill comes.
    if (steps.at(-1) === length && doneOf(lab, secret) === undefined) return 0;
    await checkPasswordsOfRedis(lab, secret, doneOf(lab, secret) ?? 0);
  }
  return 1;
}

/** One call that is killed when it begins a second step. @returns the steps that it began. */
async function rotateOneStep(
  lab: Lab,
  secret: RotatableSecret,
  isFirst: boolean,
) {
  const killer = new AbortController();
  const steps: number[] = [];
  const args = argumentsFor(secret, isFirst);
  lab.report.progress(`wave-eks rotate ${args.join(" ")}, one step of it`);
  const { code, lines } = await run(
    process.execPath,
    [
      join(paths.root, "scripts", "wave-eks.mjs"),
      ...["rotate", environmentOf(lab.line), ...args],
    ],
    {
      step: logOf(lab, `rotate-${secret.name}-${isFirst ? "first" : "next"}`),
      env: { ...lab.env, ...asOperator() },
      onLine: (line) => {
        const begun = /^\[(\d+)\/\d+\]/.exec(line)?.[1];
        if (begun !== undefined) steps.push(Number(begun));
        if (steps.length > 1) killer.abort();
      },
      signal: killer.signal,
    },
  );
  return { code, steps, text: lines.join("\n") };
}

/** Steps that the record of a rotation has; undefined where none is left. */
const doneOf = (lab: Lab, secret: RotatableSecret): number | undefined =>
  openRotations(lab).find((one) => one.secret === secret.name)?.done;

/** While Redis has two passwords, both are taken. */
async function checkPasswordsOfRedis(
  lab: Lab,
  secret: RotatableSecret,
  done: number,
): Promise<void> {
  if (secret.kind !== "generated" || secret.store?.kind !== "redis") return;
  const hashes = await redisHashes(lab, secret.store.id);
  // Deployed with ROTATE by the third step, with SET by the seventh.
  const wanted = done >= 3 && done < 7 ? 2 : 1;
  lab.report.check(
    `rotate ${secret.name}: after step ${done} Redis takes ${wanted === 1 ? "one password" : "both passwords"}`,
    hashes.length === wanted,
    String(hashes.length),
  );
}

/** Later steps of the lab write the settings anew: with the versions that are deployed. */
function keepVersions(lab: Lab): void {
  const file = join(paths.settings, `${environmentOf(lab.line)}.yaml`);
  lab.patch = parse(readFileSync(file, "utf8")) as Patch;
}

async function checkList(
  lab: Lab,
  secrets: readonly RotatableSecret[],
): Promise<void> {
  const { code, json } = await waveEks(lab, ["rotate", "--list", "--json"]);
  const rows = (json as { secrets?: { secret: string; created?: string }[] })
    .secrets;
  checkNames(
    lab,
    "rotate --list has every secret, each with its age",
    code === 0
      ? (rows ?? [])
          .filter(({ created }) => created !== undefined)
          .map(({ secret }) => secret)
      : [],
    secrets.map(({ name }) => name),
  );
}

/** What is refused, before anything is changed. */
async function checkRefusals(lab: Lab): Promise<void> {
  const { report } = lab;
  const [secret] = secretsOf(lab.settings, lab.stacks).filter(
    ({ kind }) => kind === "operator",
  );
  if (secret === undefined) return;
  const before = await lookAt(lab);
  const file = valueFile();
  writeFileSync(file, "no JSON");
  const shape = await waveEks(lab, [
    ...["rotate", secret.name, "--yes", "--value-file", file],
  ]);
  const args = argumentsFor(secret, true).filter(
    (one) => one !== "--value-profile" && one !== "operator",
  );
  const denied = await waveEks(lab, ["rotate", ...args]);
  const nobody = await waveEks(lab, ["rotate", `${secret.name}x`, "--yes"]);
  report.check(
    "rotate refuses a value of the wrong shape, a caller who may not store it, and a name that is none",
    shape.code === 1 &&
      shape.text.includes("a text that is no JSON") &&
      denied.code === 1 &&
      denied.text.includes("--value-profile") &&
      nobody.text.includes(`write ${secret.name}`),
    [shape, denied, nobody].map(({ text }) => text.slice(-300)).join("\n"),
  );
  checkNames(
    lab,
    "rotate: what is refused changes nothing",
    changed(before.stored, (await lookAt(lab)).stored),
    [],
  );
  rmSync(file, { force: true });
}
