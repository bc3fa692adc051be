import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { stateKey } from "../../../modules/core/state/state-location";
import { ProblemReport } from "../../../modules/lib/problem";
import { displayPath } from "../../../modules/lib/project-file";
import { awsOf } from "../aws/clients";
import { type Target, stackFolder } from "../target";

/** Who holds the lock of a state, as Terraform wrote it down. */
export interface Lock {
  readonly id: string;
  /** User and machine. */
  readonly who: string;
  /** Such as `2026-11-27 10:15:01 UTC`, to the second. */
  readonly since: string;
  /** What they do, such as `OperationTypeApply`. */
  readonly operation: string;
}

/** The lock in Terraform's "Error acquiring the state lock"; undefined where it says something else. */
export function lockIn(lines: readonly string[]): Lock | undefined {
  const text = lines.join("\n");
  if (!text.includes("Error acquiring the state lock")) return undefined;
  const field = (name: string): string =>
    new RegExp(`^[│\\s]*${name}:\\s*(.*?)\\s*$`, "m").exec(text)?.[1] ?? "";
  const id = field("ID");
  return id === ""
    ? undefined
    : {
        id,
        who: field("Who"),
        since: toTheSecond(field("Created")),
        operation: field("Operation"),
      };
}

/** The lock that a lock file or object holds. */
export function lockOfInfo(info: string): Lock {
  const { ID, Who, Created, Operation } = JSON.parse(info) as Record<
    "ID" | "Who" | "Created" | "Operation",
    string | undefined
  >;
  return {
    id: ID ?? "",
    who: Who ?? "",
    since: toTheSecond(Created ?? ""),
    operation: Operation ?? "",
  };
}

/** Without the parts of a second that Go writes, and in one form: `2026-11-27 10:15:01 UTC`. */
const toTheSecond = (time: string): string =>
  time
    .replace(/(\d)T(\d)/, "$1 $2")
    .replace(/\.\d+/, "")
    .replace(/Z$/, " UTC")
    .replace(" +0000 UTC", " UTC");

/** The command that takes a lock away, once nobody works on the state any more. */
export const unlockCommand = (
  target: Pick<Target, "outdir">,
  stack: string,
  { id }: Pick<Lock, "id">,
): string =>
  `terraform -chdir=${displayPath(stackFolder(target, stack))} force-unlock ${id}`;

/** Who, since when, and the way out, as one sentence. */
export const lockSentence = (
  target: Pick<Target, "outdir">,
  stack: string,
  lock: Lock,
): string =>
  `The state of ${stack} is locked by ${lock.who || "somebody"} since ${lock.since || "a time that is not known"}${lock.operation === "" ? "" : ` (${lock.operation.replace(/^OperationType/, "").toLowerCase()})`}: wait for its end, or where it was killed, \`${unlockCommand(target, stack, lock)}\`.`;

/**
 * Refuses to begin where the state of a stack is locked, before anything is planned or applied. It reads the lock files of
 * `backend.kind: s3`; of another back end, and of one that this caller may not read, Terraform itself tells.
 *
 * @throws ProblemReport with who holds them, since when, and the command that takes them away.
 */
export async function refuseLocked(
  target: Pick<Target, "settings" | "stacks" | "outdir">,
): Promise<void> {
  const { settings, stacks } = target;
  const { backend } = settings;
  if (backend.kind !== "s3") return;
  const client = awsOf({
    settings: {
      ...settings,
      access: { ...settings.access, assumeRole: backend.assumeRole },
    },
  }).client(S3Client, backend.region);
  const held = await Promise.all(
    stacks.map(async (stack) => {
      const key = `${stateKey(settings, stack)}.tflock`;
      const info = await readObject(client, backend.bucket, key);
      return info === undefined ? [] : [{ stack, lock: lockOfInfo(info) }];
    }),
  );
  const problems = held.flat().map(({ stack, lock }) => ({
    path: `stack ${stack}`,
    given: lockSentence(target, stack, lock),
    allowed: "a state that nobody works on",
    fix: "see that nobody does, then repeat this command",
  }));
  if (problems.length > 0) throw new ProblemReport("the states", problems);
}

/** Text of an object; undefined where there is none, or it cannot be read. */
const readObject = (
  client: S3Client,
  bucket: string,
  key: string,
): Promise<string | undefined> =>
  client
    .send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    .then(({ Body }) => Body?.transformToString())
    .catch(() => undefined);
