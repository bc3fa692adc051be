import { execFile } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Framework, type Results, readResults } from "./results";

const start = promisify(execFile);

/**
 * Runs checkov over each file alone, some at a time. In one run over all it takes a resource of one file for the companion
 * of one in another, in whatever folder, and passes: a file system without backups beside one that has them.
 *
 * @param files Text by path.
 * @returns what it said of all of them.
 */
export async function scanEach(
  program: string,
  framework: Framework,
  files: Readonly<Record<string, string>>,
): Promise<Results> {
  const waiting = Object.entries(files);
  const found: Results[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      found.push(await scan(program, framework, ...next));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return {
    version: [...new Set(found.map(({ version }) => version))].join(", "),
    passed: found.flatMap(({ passed }) => passed),
    failed: found.flatMap(({ failed }) => failed),
    skipped: found.flatMap(({ skipped }) => skipped),
    unread: found.flatMap(({ unread }) => unread),
  };
}

/** Without network, account, or configuration of the user's. @throws Error when checkov ends without results. */
async function scan(
  program: string,
  framework: Framework,
  file: string,
  text: string,
): Promise<Results> {
  const work = mkdtempSync(join(tmpdir(), "wave-checkov-"));
  try {
    const path = join(work, "scan", file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode: 0o600 });
    const args = [
      ...["--directory", "scan", "--framework", framework],
      ...["--output", "json", "--output-file-path", work],
      // Failures are counted here; any exit code but 0 is a scan that broke.
      ...["--soft-fail", "--skip-download", "--compact"],
    ];
    await start(program, args, {
      cwd: work,
      // A home of its own, and few variables: checkov reads configuration and keys from both.
      env: {
        ...{ PATH: process.env.PATH, HOME: work, LANG: "C.UTF-8" },
        // Otherwise it asks PyPI for its newest version.
        CKV_SKIP_PACKAGE_UPDATE_CHECK: "true",
      },
      maxBuffer: 64 * 1024 * 1024,
    });
    const results = readFileSync(join(work, "results_json.json"), "utf8");
    return readResults(results, framework);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
