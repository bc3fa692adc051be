// The app command of cdktf.json: bundles main.ts and synthesizes, without a type-check.
//
// It cannot run stale code: a bundle is used again only while every file that went into it has the same content. Own code
// and the packages it imports are two bundles, kept with V8's code cache, because loading hundreds of files one by one
// costs more than the whole synth. `npm run bench` measures it.
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

/** Hash of texts, and of the content of files. */
function hashOf(texts, files) {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text).update("\0");
  for (const file of files) hash.update(readFileSync(join(root, file)));
  return hash.digest("hex").slice(0, 16);
}

/** What every bundle depends on beside its own files. */
const common = ["package-lock.json", "tsconfig.json", "scripts/app.mjs"];

/** Own code as one file, bundled anew when a file that went into the last bundle has changed or is gone. */
function ownCode() {
  const list = join(dist, "own", "inputs.json");
  try {
    const { inputs, hash } = JSON.parse(readFileSync(list, "utf8"));
    const file = join(dist, "own", `${hash}.js`);
    if (hash === hashOf(inputs, [...common, ...inputs]) && existsSync(file))
      return file;
  } catch {
    // No bundle yet, or a file of it is gone.
  }
  const draft = join(dist, `draft-${process.pid}`);
  bundle(
    undefined,
    "main.ts",
    "--packages=external",
    `--outfile=${draft}/own.js`,
    `--metafile=${draft}/inputs.json`,
  );
  const code = readFileSync(join(draft, "own.js"));
  const metafile = readFileSync(join(draft, "inputs.json"), "utf8");
  const inputs = Object.keys(JSON.parse(metafile).inputs);
  rmSync(draft, { recursive: true });
  const hash = hashOf(inputs, [...common, ...inputs]);
  const file = join(dist, "own", `${hash}.js`);
  rmSync(dirname(file), { recursive: true, force: true });
  writeWhole(file, code);
  writeWhole(list, JSON.stringify({ inputs, hash }));
  return file;
}

/** The packages that the code requires, as one bundle: a map from each name to a function that loads it. */
function packagesOf(code) {
  const required = [...code.matchAll(/\brequire\("([^"]+)"\)/g)];
  const names = [...new Set(required.map(([, name]) => name))]
    .filter((name) => !name.startsWith("node:"))
    .sort();
  const hash = hashOf([process.version, ...names], common);
  const file = join(dist, "packages", `${hash}.js`);
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

/** Runs a CommonJS file with V8's code cache of an earlier run, and returns its exports and a way to keep the cache. */
function run(filename, code, requireFor) {
  const cache = `${filename}.cache`;
  const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
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
  const keepCache = () => {
    if (cachedData === undefined || script.cachedDataRejected)
      writeWhole(cache, script.createCachedData());
  };
  return { exports: module.exports, keepCache };
}

mkdirSync(dist, { recursive: true });
const own = ownCode();
const code = readFileSync(own, "utf8");
const packages = packagesOf(code);
const loaded = run(packages, readFileSync(packages, "utf8"), require);
const app = run(own, code, (name) => loaded.exports[name]?.() ?? require(name));

// After the run, so that the caches hold the functions the run needed.
loaded.keepCache();
app.keepCache();
