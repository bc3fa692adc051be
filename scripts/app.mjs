// The app command of cdktf.json: compiles main.ts on every run, so it cannot run stale code, and synthesizes.
//
// Own code is bundled anew each time (about 15 ms). The packages it imports are bundled once for each set of imports, lock
// file and Node.js release, and kept with V8's code cache: loading a hundred package files one by one costs more than the
// whole synth. `npm run bench` measures it.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import "./no-token-traces.cjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");
const require = createRequire(join(dist, "main.js"));

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
      ...options,
    ],
    {
      cwd: root,
      encoding: "utf8",
      input,
      maxBuffer: 2 ** 28,
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
}

/** Writes a file in one step: a second run at the same time never reads half of it. */
function writeWhole(file, content) {
  const draft = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(draft, content);
  renameSync(draft, file);
}

/** The packages that the code requires, as one bundle: a map from each name to a function that loads it. */
function packagesOf(code) {
  const names = [
    ...new Set(
      [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name),
    ),
  ]
    .filter((name) => !name.startsWith("node:"))
    .sort();
  const hash = createHash("sha256");
  for (const part of [
    process.version,
    readFileSync(join(root, "package-lock.json")),
    ...names,
  ])
    hash.update(part);
  const file = join(dist, "packages", `${hash.digest("hex").slice(0, 16)}.js`);
  if (!existsSync(file)) {
    const entry = names.map(
      (name) =>
        `${JSON.stringify(name)}: () => require(${JSON.stringify(name)})`,
    );
    const bundled = bundle(
      `module.exports = {${entry.join()}};`,
      "--minify-whitespace",
    );
    rmSync(dirname(file), { recursive: true, force: true });
    writeWhole(file, bundled);
  }
  return file;
}

/** Runs a CommonJS file; `cachedData` is V8's code cache of an earlier run. */
function run(code, filename, requireFor, cachedData) {
  // The wrapper that Node.js puts around every CommonJS file.
  const wrapped = `(function (exports, require, module, __filename, __dirname) { ${code}\n})`;
  const script = new Script(wrapped, { filename, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(
    module.exports,
    requireFor,
    module,
    filename,
    dirname(filename),
  );
  return { exports: module.exports, script };
}

const code = bundle(undefined, "main.ts", "--packages=external");
const packages = packagesOf(code);
const cache = `${packages}.cache`;
const cached = existsSync(cache) ? readFileSync(cache) : undefined;
const loaded = run(readFileSync(packages, "utf8"), packages, require, cached);

run(
  code,
  join(dist, "main.js"),
  (name) => loaded.exports[name]?.() ?? require(name),
);

// After the run, so that the cache holds the functions the run needed.
if (cached === undefined || loaded.script.cachedDataRejected)
  writeWhole(cache, loaded.script.createCachedData());
