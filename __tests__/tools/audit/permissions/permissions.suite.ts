import { readFileSync } from "node:fs";
import {
  auditedEnvironments,
  rightsGraph,
} from "../../../../tools/audit/permissions/environments";
import { NOTES } from "../../../../tools/audit/permissions/notes";
import { holdersOf } from "../../../../tools/audit/permissions/roles";
import {
  IAM_TABLE,
  iamTable,
  sectionOf,
} from "../../../../tools/audit/permissions/table";
import { projectFile } from "../../../../modules/lib/project-file";
import { type World, isAllowed, worldOf } from "../../../support/simulate";
import { type Line } from "./call";
import { ALLOWED } from "./calls";
import { PLATFORM_ABUSES } from "./platform-abuses";
import { WORKLOAD_ABUSES } from "./workload-abuses";

const ABUSES = [...WORKLOAD_ABUSES, ...PLATFORM_ABUSES];

const { pipelines, services, prefect, ...wave } = auditedEnvironments();

const audited = Object.entries(wave).map(([line, { title, settings }]) => {
  const graph = rightsGraph(settings);
  const holders = [...holdersOf(graph, settings).values()];
  return { line, title, holders, world: worldOf(graph, settings) };
});

/** Their calls are simulated where their roles are made: __tests__/compute-env and __tests__/delivery. */
const sections = [...audited, ...[pipelines, services, prefect].map(sectionOf)];

function worldOn(line: Line): World {
  const found = audited.find((one) => one.line === line);
  if (found === undefined) throw new Error(`no environment ${line}`);
  return found.world;
}

/** Lines on which a call is not answered as it should be. */
async function wrongOn(
  lines: readonly Line[],
  expected: boolean,
  call: Parameters<typeof isAllowed>[1],
): Promise<string[]> {
  const answers = await Promise.all(
    lines.map(async (line) => [line, await isAllowed(worldOn(line), call)]),
  );
  return answers
    .filter(([, allowed]) => allowed !== expected)
    .map(([line]) => `${line}: ${call.as} ${call.does} ${call.to}`);
}

test.each(ALLOWED.map((row) => [row.as, row.what, row] as const))(
  "least privilege: %s %s",
  async (_, __, { lines, as, does, to, with: context }) => {
    const calls = does.flatMap((action) =>
      to.map((arn) => ({ as, does: action, to: arn, with: context ?? {} })),
    );
    const wrong = await Promise.all(
      calls.map((call) => wrongOn(lines, true, call)),
    );
    expect(wrong.flat()).toEqual([]);
  },
);

test.each(ABUSES.map((row) => [row.sentence, row] as const))(
  "denied: %s",
  async (_, { lines, call }) => {
    expect(await wrongOn(lines, false, call)).toEqual([]);
  },
);

test("each abuse is said once", () => {
  const sentences = ABUSES.map(({ sentence }) => sentence);
  expect(new Set(sentences).size).toBe(sentences.length);
});

test("every statement and every managed policy has a row and a caller, and no note is left over", () => {
  const used = new Set<string>();
  const missing: string[] = [];
  for (const { holders } of sections)
    for (const { key, managed, policies } of holders)
      for (const right of [
        ...managed,
        ...Object.values(policies).flatMap(({ Statement }) =>
          Statement.map(({ Sid = "" }) => Sid),
        ),
      ]) {
        used.add(`${key} ${right}`);
        if (NOTES[key]?.rights[right] === undefined)
          missing.push(`${key} ${right}`);
      }
  const noted = Object.entries(NOTES).flatMap(([key, { rights }]) =>
    Object.keys(rights).map((right) => `${key} ${right}`),
  );
  expect(missing).toEqual([]);
  expect(noted.filter((one) => !used.has(one))).toEqual([]);
});

test("every role of every example is called by somebody in the list of allowed calls", () => {
  const called = new Set(ALLOWED.flatMap(({ as, to }) => [as, ...to]));
  const idle = audited.flatMap(({ line, holders }) =>
    holders
      .filter(({ key, arn }) => !called.has(key) && !called.has(arn))
      .map(({ key }) => `${line} ${key}`),
  );
  expect(idle).toEqual([]);
});

test("docs/iam.md is what `npm run generate` writes", () => {
  expect(readFileSync(projectFile(IAM_TABLE), "utf8")).toBe(iamTable(sections));
});
