// The app command of cdktf.json: bundles main.ts and synthesizes, without a type-check.
//
// It cannot run stale code: a bundle is used again only while every file that went into it has the same content. Own code
// and the packages it imports are two bundles, kept with V8's code cache, because loading hundreds of files one by one
// costs more than the whole synth. `npm run bench` measures it.
//
// Runs at the same time share dist/: a file there is replaced in one step and never removed, and says in its first bytes
// what it belongs to, so that a run takes no file of another state of the sources.
import { isAscii } from "node:buffer";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";
import { laneOf, refuseOtherNode, refuseUninstalled } from "./lane-table.mjs";
import "./no-token-traces.cjs";

// The CLI prints stderr as an error, and nobody here can mend what a package asks of Node.js.
process.noDeprecation = true;

// A synth is over before optimized code pays: a fifth less CPU and 11 MB less memory.
setFlagsFromString("--no-opt");
setFlagsFromString("--min-semi-space-size=16");

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const lane = laneOf();
refuseOtherNode(lane);
refuseUninstalled(lane);
/** Where the code says it is, wherever it is kept: Node.js finds the lane's own packages from there, and then the project's. */
const home = join(root, lane.folder, "dist");
const dist = cacheFolder();
const require = createRequire(join(home, "main.js"));

/** dist/ of the lane; where that cannot be written, such as in a read-only checkout, a folder of this run alone. */
function cacheFolder() {
  try {
    mkdirSync(home, { recursive: true });
    accessSync(home, constants.W_OK);
    return home;
  } catch {
    const own = mkdtempSync(join(tmpdir(), "wave-on-eks-"));
    process.once("exit", () => rmSync(own, { recursive: true, force: true }));
    return own;
  }
}

/** Runs esbuild's binary: its JavaScript interface takes longer to load than the work takes. */
function bundle(input, ...options) {
  const program = process.platform === "win32" ? "esbuild.exe" : "bin/esbuild";
  const binary = require.resolve(
    `@esbuild/${process.platform}-${process.arch}/${program}`,
  );
  return execFileSync(
    binary,
    [
      "--bundle",
      "--platform=node",
      "--target=node20",
      "--format=cjs",
      "--log-level=error",
      "--legal-comments=none",
      // What Node.js puts around every CommonJS file.
      "--banner:js=(function (exports, require, module, __filename, __dirname) {",
      "--footer:js=})",
      ...options,
    ],
    {
      cwd: input === undefined ? root : join(root, lane.folder),
      encoding: "utf8",
      input,
      maxBuffer: 2 ** 28,
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
}

/** Keeps a file of dist/ for later runs, replaced in one step, under the hash of what it was made from. */
function keep(name, hash, content) {
  const file = join(dist, name);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, Buffer.concat([Buffer.from(hash), content]));
  renameSync(draft, file);
}

/** A kept file, unless there is none, or one of another hash. */
function kept(name, hash) {
  let file;
  try {
    file = readFileSync(join(dist, name));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
  return file.latin1Slice(0, HASH_LENGTH) === hash
    ? file.subarray(HASH_LENGTH)
    : undefined;
}

const HASH_LENGTH = 64;

/** esbuild writes little but ASCII, which is quicker to read as such. */
const textOf = (code) => (isAscii(code) ? code.latin1Slice() : code.toString());

/** Hash of texts, and of the content of files. */
function hashOf(texts, files) {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text).update("\0");
  for (const file of files) hash.update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/** What every bundle depends on beside its own files. */
const common = [
  "package-lock.json",
  join(lane.folder, "package-lock.json"),
  "tsconfig.json",
  "scripts/app.mjs",
];

/** Own code as one file, bundled anew when a file that went into the last bundle has changed or is gone. */
function ownCode() {
  try {
    const inputs = JSON.parse(readFileSync(join(dist, "inputs.json"), "utf8"));
    const hash = hashOf(inputs, [...common, ...inputs]);
    const code = kept("own.js", hash);
    if (code !== undefined) return { name: "own.js", hash, code };
  } catch (error) {
    // No bundle yet, or a file of it is gone.
    if (error.code !== "ENOENT") throw error;
  }
  const draft = join(dist, `draft-${process.pid}`);
  bundle(
    undefined,
    "main.ts",
    "--packages=external",
    `--outfile=${draft}/own.js`,
    `--metafile=${draft}/metafile.json`,
  );
  const code = readFileSync(join(draft, "own.js"));
  const { inputs: used } = JSON.parse(
    readFileSync(join(draft, "metafile.json"), "utf8"),
  );
  rmSync(draft, { recursive: true });
  const inputs = Object.keys(used);
  const hash = hashOf(inputs, [...common, ...inputs]);
  keep("own.js", hash, code);
  keep("inputs.json", "", Buffer.from(JSON.stringify(inputs)));
  return { name: "own.js", hash, code };
}

/** Bindings of the fork ask for it by its name, the rest by cdktf's: one copy is loaded. */
const oneEngine = lane.cli === "cdktn" ? ["--alias:cdktn=cdktf"] : [];

/** The packages that the code requires, as one bundle: a map from each name to a function that loads it. */
function packagesOf(code) {
  const required = [...code.matchAll(/\brequire\("([^"]+)"\)/g)];
  const names = [...new Set(required.map(([, name]) => name))]
    .filter((name) => !name.startsWith("node:"))
    .sort();
  const name = "packages.js";
  const hash = hashOf([process.version, ...names], common);
  const known = kept(name, hash);
  if (known !== undefined) return { name, hash, code: known };
  const entry = names.map(
    (name) => `${JSON.stringify(name)}: () => require(${JSON.stringify(name)})`,
  );
  const bundled = Buffer.from(
    bundle(
      `module.exports = {${entry.join()}};`,
      "--minify-whitespace",
      ...oneEngine,
    ),
  );
  keep(name, hash, bundled);
  return { name, hash, code: bundled };
}

/** Runs a bundle with V8's code cache of an earlier run, and returns its exports and a way to keep the cache. */
function run({ name, hash, code }, requireFor) {
  const cache = `${name}.cache`;
  const cachedData = kept(cache, hash);
  const filename = join(home, name);
  const script = new Script(textOf(code), { filename, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, requireFor, module, filename, home);
  const keepCache = () => {
    if (cachedData === undefined || script.cachedDataRejected)
      keep(cache, hash, script.createCachedData());
  };
  return { exports: module.exports, keepCache };
}

const own = ownCode();
const packages = packagesOf(textOf(own.code));
const loaded = run(packages, require);
const app = run(own, (name) => loaded.exports[name]?.() ?? require(name));

// After the run, so that the caches hold the functions the run needed.
loaded.keepCache();
app.keepCache();
