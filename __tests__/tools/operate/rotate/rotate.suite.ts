import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { namesOf } from "../../../../modules/lib/names";
import { projectFile } from "../../../../modules/lib/project-file";
import { ProblemReport } from "../../../../modules/lib/problem";
import { type Calls, CALLS } from "../../../../tools/operate/rotate/run";
import { rotateSecret } from "../../../../tools/operate/rotate/rotate";
import { secretsOf } from "../../../../tools/operate/rotate/secrets";
import { type Target, openTarget } from "../../../../tools/operate/target";
import { Interrupted } from "../../../../tools/operate/terraform/interrupted";
import { currentFileOf } from "../../../support/settings-files";
import { recordedTerminal } from "../../../support/terminal";

let folder = "";
let target: Target;
/** What was called, in order. */
let called: string[] = [];

const state = (): string =>
  projectFile(".state", namesOf(target.settings).prefix);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rotate-"));
  const environment = "rotated";
  writeFileSync(
    join(folder, `${environment}.yaml`),
    currentFileOf({ environment, tags: { environment } }),
  );
  target = openTarget(environment, { SETTINGS_DIR: folder });
  called = [];
});

afterEach(() => {
  rmSync(state(), { recursive: true, force: true });
  rmSync(folder, { recursive: true });
});

const RIGHT = { right: ["all of it"], wrong: [] };

/** An environment in which all goes well, but what a test says. */
const calls = (wrong: Partial<Calls> = {}): Calls => ({
  ...CALLS,
  ...{ longestMs: 0, pollMs: 0 },
  problemsBefore: () => Promise.resolve([]),
  deployStacks: (_, stacks) => {
    called.push(`deploy ${String(stacks)} with ${redisText()}`);
    return Promise.resolve(true);
  },
  store: ({ record }, value) => {
    called.push("put");
    if (value !== undefined) record.versions = { before: "1", since: "2" };
    return Promise.resolve();
  },
  lookForValue: () => Promise.resolve(RIGHT),
  lookForOldPassword: () => Promise.resolve(RIGHT),
  askHealth: () => Promise.resolve(undefined),
  ...wrong,
});

const redisText = (): string => {
  const { data } = parse(readFileSync(target.file, "utf8")) as {
    data?: { redis?: { authVersion?: number; authUpdate?: string } };
  };
  const { authVersion = 1, authUpdate = "SET" } = data?.redis ?? {};
  return `${authVersion} ${authUpdate}`;
};

async function rotate(
  name: string,
  wrong: Partial<Calls> = {},
  { valueFile, answer }: { valueFile?: string; answer?: boolean } = {},
) {
  const terminal = recordedTerminal({ answer });
  const found = secretsOf(target.settings, target.stacks).find(
    (one) => one.name === name,
  );
  if (found === undefined) throw new Error(`no ${name}`);
  const code = await rotateSecret(
    target,
    found,
    {
      valueFile,
      valueProfile: undefined,
      yes: answer === undefined,
      variables: {},
      terminal,
    },
    calls(wrong),
  );
  // A later call reads what this one has written.
  target = openTarget("rotated", { SETTINGS_DIR: folder });
  return { code, text: terminal.printed.join("\n") };
}

const problemOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProblemReport)) throw error as Error;
  return error.problems[0];
};

test("Redis is deployed with ROTATE, read by Wave, and deployed with SET", async () => {
  const { code, text } = await rotate("redis");
  expect(code).toBe(0);
  expect(called).toEqual([
    "deploy data with 2 ROTATE",
    "deploy workloads with 2 ROTATE",
    "deploy data with 2 SET",
  ]);
  expect(text).toContain("Commit ");
  expect(existsSync(join(state(), "rotate-redis.json"))).toBe(false);
});

test("one that stops goes on where it stopped, with the same version", async () => {
  const stopped = await rotate("redis", {
    lookForOldPassword: () =>
      Promise.resolve({ right: [], wrong: ["not yet"] }),
  });
  expect(stopped.code).toBe(1);
  const failed = await rotate("redis", {
    lookForOldPassword: () =>
      Promise.resolve({ right: [], wrong: ["not yet"] }),
  });
  expect(failed.text).toContain("goes on");
  called = [];
  const { code } = await rotate("redis");
  expect([code, called, redisText()]).toEqual([0, [], "2 SET"]);
});

test("between the two deploys of Redis it says that both passwords are taken", async () => {
  let deploys = 0;
  const { code, text } = await rotate("redis", {
    deployStacks: () => Promise.resolve((deploys += 1) < 3),
  });
  expect(code).toBe(1);
  expect(text).toContain("Redis takes the old password and the new one");
  await rotate("redis");
  expect(called).toEqual(["deploy data with 2 SET"]);
});

test("an interrupt lets a step end, and leaves with 130", async () => {
  const { code, text } = await rotate("redis", {
    deployStacks: () => {
      process.emit("SIGINT");
      return Promise.resolve(true);
    },
  });
  expect(code).toBe(130);
  expect(text).toContain("Left before step 4 of 8");
});

test("an interrupt that cuts a deploy off says what holds, and how it goes on", async () => {
  let deploys = 0;
  const { code, text } = await rotate("redis", {
    deployStacks: () =>
      (deploys += 1) < 2
        ? Promise.resolve(true)
        : Promise.reject(new Interrupted("Interrupted. Terraform ended.")),
  });
  expect(code).toBe(130);
  expect(text).toContain("Interrupted. Terraform ended.");
  expect(text).toContain("Redis takes the old password and the new one");
  expect(text).toContain("rotate rotated redis");
  expect((await rotate("redis")).code).toBe(0);
});

test("one that was killed when a version was written, and not noted, raises it no further", async () => {
  await rotate("redis", { deployStacks: () => Promise.resolve(false) });
  const file = join(state(), "rotate-redis.json");
  const record = JSON.parse(readFileSync(file, "utf8")) as { done: number };
  writeFileSync(file, JSON.stringify({ ...record, done: 1 }));
  await rotate("redis");
  expect(redisText()).toBe("2 SET");
});

test("a question that gets no answer is asked again", async () => {
  let asked = 0;
  const { code } = await rotate("postgres", {
    longestMs: 1000,
    lookForValue: () =>
      (asked += 1) < 3
        ? Promise.reject(new Error("connect ECONNREFUSED"))
        : Promise.resolve(RIGHT),
  });
  expect([code, asked]).toEqual([0, 3]);
});

test("what is wrong before is refused, and nothing is written", async () => {
  const before = readFileSync(target.file, "utf8");
  const problem = { path: "stack data", given: "1", allowed: "0", fix: "mend" };
  const found = await problemOf(
    rotate("redis", { problemsBefore: () => Promise.resolve([problem]) }),
  );
  expect(found).toEqual(problem);
  expect(called).toEqual([]);
  expect(readFileSync(target.file, "utf8")).toBe(before);
  expect(existsSync(state())).toBe(false);
});

test("while one is half done, another one of the same stacks is refused", async () => {
  await rotate("redis", { deployStacks: () => Promise.resolve(false) });
  const found = await problemOf(rotate("postgres"));
  expect(found?.path).toBe("redis");
  expect(found?.fix).toContain("rotate rotated redis");
});

test("who says no has changed nothing", async () => {
  const { code } = await rotate("redis", {}, { answer: false });
  expect([code, called, redisText()]).toEqual([1, [], "1 SET"]);
  expect(existsSync(state())).toBe(false);
});

test("a secret of the operator wants its value, and a generated one none", async () => {
  expect(await problemOf(rotate("registry-seqera"))).toMatchObject({
    path: "--value-file",
    given: "nothing",
  });
  expect(
    await problemOf(rotate("redis", {}, { valueFile: "v.json" })),
  ).toMatchObject({
    path: "--value-file",
    allowed: "nothing: the password is generated",
  });
});

describe("a value of the operator", () => {
  const file = () => {
    const path = join(folder, "value.json");
    writeFileSync(path, '{"username": "u", "password": "c4n4ry"}');
    return path;
  };
  const failing = { deployStacks: () => Promise.resolve(false) };

  test("that is stored and not deployed goes on without the value, and says the way back", async () => {
    const { text } = await rotate("registry-seqera", failing, {
      valueFile: file(),
    });
    expect(text).toContain("AWSPREVIOUS");
    expect(text).toContain("--move-to-version-id 1 --remove-from-version-id 2");
    called = [];
    expect((await rotate("registry-seqera")).code).toBe(0);
    expect(called).toEqual(["deploy workloads with 1 SET"]);
  });

  test("given again is stored again", async () => {
    await rotate("registry-seqera", failing, { valueFile: file() });
    called = [];
    await rotate("registry-seqera", {}, { valueFile: file() });
    expect(called[0]).toBe("put");
  });

  test("is in no record and in nothing that is said", async () => {
    const { text } = await rotate("registry-seqera", failing, {
      valueFile: file(),
    });
    const record = readFileSync(
      join(state(), "rotate-registry-seqera.json"),
      "utf8",
    );
    expect(text + record).not.toContain("c4n4ry");
  });

  test("that could not be stored leaves nothing behind", async () => {
    const { code, text } = await rotate(
      "registry-seqera",
      { store: () => Promise.reject(new ProblemReport("AWS", [])) },
      { valueFile: file() },
    );
    expect(code).toBe(1);
    expect(text).toContain("Nothing is changed");
    expect(existsSync(join(state(), "rotate-registry-seqera.json"))).toBe(
      false,
    );
  });
});
