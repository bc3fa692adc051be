import { transformSync } from "@swc/core";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { packageFile } from "../../modules/lib/package-file";

const source = join(__dirname, "../../modules/lib/package-file.ts");

type PackageFile = typeof packageFile;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "package-file-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The compiled function, as a file in that place of another project. */
function compiledAt(place: string): PackageFile {
  const { code } = transformSync(readFileSync(source, "utf8"), {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  const file = join(folder, place);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
  writeFileSync(join(folder, "package.json"), '{ "name": "another-project" }');
  return (createRequire(file)(file) as { packageFile: PackageFile })
    .packageFile;
}

test("finds documents of the sources", () => {
  const file = packageFile("modules", "lib", "package-file.ts");
  expect(readFileSync(file, "utf8")).toBe(readFileSync(source, "utf8"));
});

test("finds documents of the package installed in another project", () => {
  const home = join(folder, "node_modules/wave-on-eks");
  mkdirSync(home, { recursive: true });
  cpSync(packageFile("package.json"), join(home, "package.json"));
  const installed = compiledAt(
    "node_modules/wave-on-eks/build/lib/package-file.js",
  );
  expect(installed("policies/x.json")).toBe(join(home, "policies/x.json"));
});

test("fails in another project's bundle and says how to leave the package out", () => {
  const bundled = compiledAt("dist/main.js");
  expect(() => bundled("policies/x.json")).toThrow(
    /No package wave-on-eks above .*dist.*--external:wave-on-eks/,
  );
});
