/**
 * Packs the library, installs it into an empty project as a user would, and compiles and synthesizes there: with cdktf,
 * and with its fork cdktn in its place.
 *
 *   npm run consumer
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFile } from "../modules/lib/project-file";
import { terraformOf } from "../tools/operate/terraform/binary";
import { type Engine, installProject, lockedVersion } from "./engines";
import { runStep } from "./not-run";
import { differences, readStacks } from "./stack-json";

/** What the program makes, and so has to be in its JSON. */
const RESOURCES = [
  "aws_vpc",
  "aws_eks_cluster",
  "aws_eks_node_group",
  "aws_efs_file_system",
  "aws_efs_mount_target",
  "aws_s3_bucket",
  "aws_kms_key",
  "aws_elasticache_replication_group",
  "aws_db_instance",
  "aws_iam_openid_connect_provider",
];

type Stacks = Readonly<Record<string, unknown>>;

const scratch = mkdtempSync(join(tmpdir(), "consumer-"));

/** Runs a program in a project, and returns what it prints. */
function run(cwd: string, program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0)
    throw new Error(`${program} ${args.join(" ")} failed:\n${stdout}${stderr}`);
  return stdout;
}

function pack(): string {
  run(projectFile(), "npm", "pack", "--silent", "--pack-destination", scratch);
  const [tarball] = readdirSync(scratch).filter((file) =>
    file.endsWith(".tgz"),
  );
  if (tarball === undefined) throw new Error("npm pack made no tarball.");
  return join(scratch, tarball);
}

/** A program that imports every file that the package exports: their declarations and what they require must be there. */
function everyImport(home: string): string {
  const folders = ["aws", "kubernetes", "contracts"];
  const files = folders.flatMap((folder) =>
    readdirSync(join(home, "build", folder), {
      recursive: true,
      encoding: "utf8",
    })
      .filter((file) => file.endsWith(".js"))
      .map((file) => `${folder}/${file.slice(0, -3).split("\\").join("/")}`),
  );
  return files
    .map(
      (file) =>
        `export * as _${file.replace(/\W/g, "_")} from "wave-on-eks/${file}";`,
    )
    .join("\n");
}

/** The example of the documentation, as it stands there. */
function documentedExample(): string {
  const text = readFileSync(projectFile("docs/library.md"), "utf8");
  const [, code] = /```ts\n([\s\S]*?)```/.exec(text) ?? [];
  if (code === undefined) throw new Error("docs/library.md has no example.");
  return code;
}

/** Installs, compiles and runs, and returns the JSON of each program's stack. */
function consume(
  engine: Engine,
  tarball: string,
): { folder: string; stacks: Stacks } {
  // Of one name, because local state is written with the path of the project.
  const folder = join(scratch, "project");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  cpSync(projectFile("__tests__/consumer/project"), folder, {
    recursive: true,
  });
  installProject(
    folder,
    engine,
    tarball,
    ...["@cdktf/provider-aws", "typescript", "@types/node"].map(
      (name) => `${name}@${lockedVersion(name)}`,
    ),
  );
  writeFileSync(join(folder, "documented.ts"), documentedExample());
  writeFileSync(
    join(folder, "every.ts"),
    everyImport(join(folder, "node_modules", "wave-on-eks")),
  );
  run(folder, process.execPath, "node_modules/typescript/bin/tsc", "-p", ".");
  const stacks = ["every", "documented", "main"].flatMap((program) => {
    run(folder, process.execPath, `dist/${program}.js`);
    // A synth removes the stacks of the one before it.
    return program === "every" ? [] : [readStacks(join(folder, "cdktf.out"))];
  });
  return { folder, stacks: Object.assign({}, ...stacks) as Stacks };
}

function checkResources({ platform, results }: Stacks): void {
  const { resource } = platform as {
    resource: Record<string, Record<string, Record<string, unknown>>>;
  };
  const missing = RESOURCES.filter((type) => !(type in resource));
  if (missing.length > 0)
    throw new Error(`Not synthesized: ${missing.join(", ")}`);
  const trusts = Object.values(resource.aws_iam_role ?? {}).map((role) =>
    String(role.assume_role_policy),
  );
  if (!trusts.some((it) => it.includes("system:serviceaccount:default:reader")))
    throw new Error("No role trusts the service account.");
  if (results === undefined)
    throw new Error("The documented example was not synthesized.");
}

/** Terraform's own judgement, where the provider can be had. */
function validate(folder: string): void {
  const stack = join(folder, "cdktf.out", "stacks", "platform");
  const terraform = (...args: string[]) =>
    spawnSync(terraformOf(), args, { cwd: stack, encoding: "utf8" });
  const init = terraform("init", "-backend=false", "-input=false", "-no-color");
  if (init.status !== 0) {
    const [told] = /^Error: .*/m.exec(init.stderr) ?? [];
    console.log(
      `SKIPPED terraform validate: ${told ?? init.error?.message ?? "terraform init failed"}`,
    );
    return;
  }
  const { status, stdout, stderr } = terraform("validate", "-no-color");
  if (status !== 0) throw new Error(`terraform validate:\n${stdout}${stderr}`);
  console.log("ok     terraform validate");
}

function main(): void {
  const tarball = pack();
  const cdktf = consume("cdktf", tarball);
  if (existsSync(join(cdktf.folder, "cdktf.json")))
    throw new Error("The project has a cdktf.json: nothing is proved.");
  checkResources(cdktf.stacks);
  console.log("ok     installed, compiled and synthesized with cdktf");
  validate(cdktf.folder);
  const cdktn = consume("cdktn", tarball);
  const found = differences(cdktf.stacks, cdktn.stacks);
  if (found.length > 0)
    throw new Error(`The JSON differs with cdktn:\n${found.join("\n")}`);
  console.log(
    "ok     installed, compiled and synthesized with cdktn: the same JSON",
  );
}

try {
  runStep(main);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
