/**
 * Runs Terraform over the folders of `npm run audit` for the examples: init, validate, and the tests that re-run the rules with
 * mocked providers. Where only another AWS provider is there, over copies that it understands.
 */
import { execFileSync } from "node:child_process";
import {
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
import { prepareProviders } from "../tools/lab/stand-ins/provider-mirror";
import { writeOverrides } from "../tools/lab/stand-ins/overrides";
import { chooseProgram } from "../tools/lab/terraform/program";
import { MODULE, TEST_FILE } from "../tools/audit/report/terraform-tests";
import {
  type SynthesizedStack,
  readStack,
} from "../tools/lab/terraform/synthesized";

/** Those that `npm test` audits too. */
const EXAMPLES = ["example", "example-current"].filter(
  (name) => process.argv.length < 3 || process.argv.includes(name),
);

async function main(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "wave-audit-terraform-"));
  try {
    const program = await chooseProgram().catch((error: unknown) => {
      console.log(`SKIPPED all: ${String(error)}`);
    });
    if (program === undefined) return;
    const own = { mirror: join(work, "mirror"), cliConfig: join(work, "rc") };
    mkdirSync(own.mirror);
    const { env, standIn, missing, notices } = prepareProviders(program, {
      own,
    });
    for (const notice of notices) console.log(`Note: ${notice}`);
    for (const example of EXAMPLES) {
      const folder = join(work, example);
      const audit = ["scripts/run.mjs", "scripts/audit.ts", example, folder];
      execFileSync(process.execPath, audit, { stdio: "ignore" });
      for (const id of readdirSync(join(folder, "terraform"))) {
        const cwd = join(folder, "terraform", id);
        const stack = readStack(id, cwd);
        const lacks = Object.entries(stack.json.terraform.required_providers)
          .map(
            ([, { source, version }]) =>
              `hashicorp/${source.replace(/^.*\//, "")} ${version}`,
          )
          .filter((name) => missing.includes(name));
        if (lacks.length > 0) {
          console.log(`SKIPPED ${example} ${id}: no ${lacks.join(", ")}`);
          continue;
        }
        if (standIn) adapt(stack);
        const terraform = (...args: string[]) =>
          execFileSync(program.path, args, {
            ...{ cwd, encoding: "utf8", stdio: "pipe" },
            env: { ...process.env, ...env },
          });
        terraform("init", "-backend=false", "-input=false");
        terraform("validate");
        const output = terraform("test", "-no-color");
        if (id === "state") proveFailing(cwd, terraform);
        const [passed = "no tests"] = /\d+ passed, .*/.exec(output) ?? [];
        console.log(`ok      ${example} ${id}: valid, ${passed}`);
      }
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** An attribute that breaks one rule makes the assert of this rule fail, and no other. */
function proveFailing(
  folder: string,
  terraform: (...args: string[]) => string,
): void {
  const file = join(folder, "cdk.tf.json");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("BucketOwnerEnforced", "ObjectWriter"));
  let output = "";
  try {
    output = terraform("test", "-no-color");
  } catch (error) {
    const { stdout, stderr } = error as Record<"stdout" | "stderr", string>;
    output = stdout + stderr;
  }
  writeFileSync(file, text);
  const failed = [...output.matchAll(/^[a-z0-9-]+\/[a-z0-9-]+ aws_\S+:/gm)];
  if (
    failed.length !== 1 ||
    failed[0]?.[0].startsWith("s3/ownership ") !== true
  )
    throw new Error(`expected that s3/ownership fails alone: ${output}`);
  console.log(
    "ok      a bucket with ACLs fails s3/ownership, and nothing else",
  );
}

/** What the AWS provider that is there does not know goes, from the JSON and from what is asked of it. */
function adapt(stack: SynthesizedStack): void {
  const tests = join(stack.folder, TEST_FILE);
  const module = join(stack.folder, MODULE);
  const dropped = writeOverrides([stack], true);
  if (existsSync(module)) writeOverrides([readStack(stack.id, module)], true);
  if (!existsSync(tests)) return;
  const test = JSON.parse(readFileSync(tests, "utf8")) as {
    run: { rules: { assert: { condition: string; error_message: string }[] } };
  };
  const names = dropped.map((name) => name.replace(/^.*: /, "").split("."));
  const { rules } = test.run;
  const asked = rules.assert.filter(
    ({ condition }) =>
      !names.some(([type = "", ...path]) =>
        new RegExp(`\\b${type}\\.[\\w-]+\\.${path.join("\\b.*\\b")}\\b`).test(
          condition,
        ),
      ),
  );
  for (const { error_message: message } of rules.assert)
    if (!asked.some((one) => one.error_message === message))
      console.log(`SKIPPED ${stack.id}: not in this AWS provider: ${message}`);
  rules.assert = asked;
  writeFileSync(tests, JSON.stringify(test));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
