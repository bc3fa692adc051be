import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type RestoreRecord,
  readRecord,
} from "../../../../tools/operate/restore/record";
import { type Step, runSteps } from "../../../../tools/operate/restore/steps";
import { recordedTerminal } from "../../../support/terminal";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "restore-"));
  file = join(folder, "state", "restore-postgres.json");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const fresh: RestoreRecord = {
  from: "kept",
  stamp: "20260131120000",
  done: [],
  facts: {},
};

/** Steps that note their names, of which one fails once. */
function stepsThat(fails: string, ran: string[]): Step[] {
  let failed = false;
  return ["keep", "stop", "copy", "start"].map((id) => ({
    id,
    does: id,
    run: ({ note, record }) => {
      ran.push(id);
      if (id === "stop") note("replicas of wave", "2");
      if (id === "start") ran.push(record.facts["replicas of wave"] ?? "lost");
      if (id === fails && !failed) {
        failed = true;
        return Promise.reject(new Error("cut off"));
      }
      return Promise.resolve();
    },
  }));
}

test("an interrupted restore goes on with the step that was cut off, and knows what earlier steps noted", async () => {
  const ran: string[] = [];
  const steps = stepsThat("copy", ran);
  const terminal = recordedTerminal();
  await expect(runSteps(steps, fresh, { terminal, file })).rejects.toThrow(
    "cut off",
  );
  const left = readRecord(file);
  expect(left).toMatchObject({
    done: ["keep", "stop"],
    facts: { "replicas of wave": "2" },
  });
  await runSteps(steps, left ?? fresh, { terminal, file });
  expect(ran).toEqual(["keep", "stop", "copy", "copy", "start", "2"]);
  expect(terminal.printed).toEqual([
    "1/4 keep: done before",
    "2/4 stop: done before",
  ]);
  expect(existsSync(file)).toBe(false);
});

test("what a step notes is on the disk before the step ends", async () => {
  const seen: string[] = [];
  const step: Step = {
    id: "stop",
    does: "stop",
    run: ({ note }) => {
      note("replicas of wave", "2");
      seen.push(readFileSync(file, "utf8"));
      return Promise.resolve();
    },
  };
  await runSteps([step], fresh, { terminal: recordedTerminal(), file });
  expect(seen[0]).toContain('"replicas of wave": "2"');
});
