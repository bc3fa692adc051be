/**
 * `npm run mock` for real, against moto: makes stores of every kind that it has, finds nothing left to do, stores an object,
 * carries a message from a topic to a queue, makes everything again when the emulator has forgotten it, and leaves nothing behind.
 *
 *   npm run mock:check
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { projectFile } from "../modules/lib/project-file";
import { type Aws, awsRequest, queryCall } from "../tools/lab/aws/client";
import { type Existing, inventory } from "../tools/lab/aws/inventory";
import { findMoto } from "../tools/lab/aws/moto";
import { writeOverrides } from "../tools/lab/stand-ins/overrides";
import { prepareProviders } from "../tools/lab/stand-ins/provider-mirror";
import { freePort } from "../tools/lab/system/free-port";
import {
  killAll,
  mustRun,
  startService,
  until,
} from "../tools/lab/system/process";
import { chooseProgram } from "../tools/lab/terraform/program";
import { readStack } from "../tools/lab/terraform/synthesized";
import { NotRun, runLongStep } from "./not-run";

const ENVIRONMENT = "mock-check";
/** What the mock makes. */
const KINDS = ["kms key", "kms alias", "bucket", "table", "queue", "topic"];
const scratch = mkdtempSync(join(tmpdir(), "mock-"));
const settingsFile = join(scratch, `${ENVIRONMENT}.yaml`);

/** The stores of the example, and what it only mentions. */
function writeSettings(): { name: string; region: string } {
  const example = projectFile("settings/example-delivery.yaml");
  const settings = parse(readFileSync(example, "utf8")) as {
    name: string;
    region: string;
    environment: string;
    delivery: { stores: Record<string, unknown[]> };
  };
  const { buckets, queues, topics } = settings.delivery.stores;
  buckets?.push({
    name: "debug",
    versioned: false,
    expireDays: 10,
    expireByTag: { tag: "kind", value: "trial", days: 1 },
  });
  queues?.push({ name: "check" });
  topics?.push({
    name: "check",
    subscriptions: [{ kind: "sqs", queue: "check", filter: { kind: ["a"] } }],
  });
  writeFileSync(
    settingsFile,
    stringify({ ...settings, environment: ENVIRONMENT }),
  );
  return settings;
}

/** What stays the same of an object when it is made again: all but the ids of keys. */
const nameOf = ({ kind, id }: Existing): string =>
  kind === "kms key" ? kind : `${kind} ${id}`;

/** Runs `npm run mock`, as an operator does. */
async function mock(
  endpoint: string | undefined,
  env: NodeJS.ProcessEnv,
  ...args: string[]
): Promise<void> {
  await mustRun(
    process.execPath,
    ["scripts/run.mjs", "scripts/mock.ts", settingsFile, ...args],
    {
      step: "mock",
      env: { ...process.env, ...env, AWS_ENDPOINT_URL: endpoint },
    },
  );
}

async function startMoto(python: string, endpoint: string): Promise<void> {
  const { port, hostname } = new URL(endpoint);
  startService(python, ["-m", "moto.server", "-H", hostname, "-p", port], {
    step: "mock-moto",
    env: process.env,
    onEnd: (why) => {
      throw new Error(why);
    },
  });
  await until("moto", 60, async () => {
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined);
    return answer?.ok || undefined;
  });
}

/** Publishes two messages to the topic, of which the filter lets one pass, and takes what the queue has got. */
async function sendMessage(aws: Aws): Promise<void> {
  const topic = `arn:aws:sns:${aws.region}:${aws.accountId}:check-${ENVIRONMENT}`;
  for (const kind of ["b", "a"])
    await queryCall(aws, "sns", "2010-03-31", "Publish", {
      TopicArn: topic,
      Message: `message ${kind}`,
      "MessageAttributes.entry.1.Name": "kind",
      "MessageAttributes.entry.1.Value.DataType": "String",
      "MessageAttributes.entry.1.Value.StringValue": kind,
    });
  const received = await queryCall(aws, "sqs", "2012-11-05", "ReceiveMessage", {
    QueueUrl: `${aws.endpoint}/${aws.accountId}/check-${ENVIRONMENT}`,
    MaxNumberOfMessages: "10",
  });
  if (!received.includes("message a") || received.includes("message b"))
    throw new Error(`The queue has not got the one message: ${received}`);
}

/** Writes an object and reads it. */
async function storeObject(aws: Aws): Promise<void> {
  const path = `/source-${ENVIRONMENT}-${aws.accountId}/object`;
  await awsRequest(aws, "s3", { method: "PUT", path, body: "content" });
  const found = await awsRequest(aws, "s3", { method: "GET", path });
  if (found !== "content") throw new Error(`The bucket gave back ${found}`);
}

const notRun = (error: unknown): never => {
  throw new NotRun(String(error));
};

async function check(): Promise<void> {
  const program = await chooseProgram().catch(notRun);
  const { python, notice } = await findMoto(console.log).catch(notRun);
  console.log(notice);
  const { name, region } = writeSettings();
  await mock(undefined, {});
  const stack = readStack(
    "mock",
    projectFile(`cdktf.out/mock-${name}-${ENVIRONMENT}/stacks/mock`),
  );
  const providers = prepareProviders(program);
  for (const sentence of providers.notices) console.log(sentence);
  writeOverrides([stack], providers.standIn);

  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const aws = { endpoint, region, accountId: "123456789012" };
  const { env } = providers;
  await startMoto(python, endpoint);
  const made = async () =>
    (await inventory(aws, KINDS)).filter(
      ({ id }) => !id.startsWith("alias/aws/"),
    );

  await mock(endpoint, env);
  const first = await made();
  console.log(`made: ${first.length} objects that AWS lists`);
  await mustRun(program.path, ["plan", "-detailed-exitcode", "-input=false"], {
    step: "mock-plan",
    cwd: stack.folder,
    env: { ...process.env, ...env, AWS_ENDPOINT_URL: endpoint },
  });
  console.log("second plan: empty");
  await storeObject(aws);
  await sendMessage(aws);
  console.log("an object is stored, a message goes from topic to queue");

  killAll();
  await startMoto(python, endpoint);
  await mock(endpoint, env);
  const again = (await made()).map(nameOf);
  const lost = first.map(nameOf).filter((one) => !again.includes(one));
  if (lost.length > 0) throw new Error(`Not made again: ${lost.join(", ")}`);
  console.log("emulator started anew: everything is made again");

  await mock(endpoint, env, "--destroy");
  const left = await made();
  if (left.length > 0) throw new Error(`Left behind: ${JSON.stringify(left)}`);
  console.log("destroyed: nothing is left");
}

void runLongStep(check).finally(() => {
  killAll();
  rmSync(scratch, { recursive: true });
});
