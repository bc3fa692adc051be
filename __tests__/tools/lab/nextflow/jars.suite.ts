import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import {
  EXECUTOR_VERSION,
  PARSER_VERSION,
  bringNextflow,
  jarsOf,
} from "../../../../tools/lab/nextflow/jars";
import { fakePrograms } from "../programs";

const program = fakePrograms();
const java = (version: string) =>
  program("java", `echo 'openjdk version "${version}"' >&2`);

let cache: string;
beforeEach(() => (cache = mkdtempSync(join(tmpdir(), "lab-nextflow-"))));
afterEach(() => {
  rmSync(cache, { recursive: true });
});
const bring = (read: (url: string) => Promise<Buffer>, env = {}) =>
  bringNextflow({ XDG_CACHE_HOME: cache, ...env }, () => undefined, read);
const never = () => Promise.reject(new Error("asked for a file"));

test("each version is pinned file by file, with Nextflow among them", () => {
  for (const version of [PARSER_VERSION, EXECUTOR_VERSION]) {
    const jars = jarsOf(version);
    expect(jars.map(({ path }) => basename(path))).toContain(
      `nextflow-${version}.jar`,
    );
    for (const { path, sha256 } of jars) {
      expect(path).toMatch(/^\S+\.jar$/);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  }
});

test.each([
  ["without Java", undefined, {}, "Java 17 or newer"],
  ["with an older Java", "11.0.2", {}, "Java 17 or newer, here is 11"],
  [
    "where it is not wanted",
    "17.0.1",
    { LAB_NEXTFLOW: "off" },
    "LAB_NEXTFLOW is off",
  ],
])("%s nothing is brought", async (_when, version, env, lacks) => {
  if (version !== undefined) java(version);
  expect(await bring(never, env)).toEqual({ lacks });
});

test("a file that is not the pinned one is not kept", async () => {
  java("17.0.1");
  const other = Buffer.from("something else");
  const sum = createHash("sha256").update(other).digest("hex");
  expect(await bring(() => Promise.resolve(other))).toEqual({
    lacks: expect.stringContaining(`has SHA-256 ${sum}`) as string,
  });
  expect(readdirSync(join(cache, "nextflow-lab"))).toEqual([]);
});

test("without Maven Central the reason is its", async () => {
  java("17.0.1");
  const read = () => Promise.reject(new Error("no route"));
  expect(await bring(read)).toEqual({ lacks: "Nextflow: no route" });
});

test("the lists are as sha256sum writes them", () => {
  const file = `tools/lab/nextflow/jars-${PARSER_VERSION}.txt`;
  expect(readFileSync(file, "utf8")).toMatch(/^(?:[0-9a-f]{64} {2}\S+\n)+$/);
});
