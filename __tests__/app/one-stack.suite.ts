import { TerraformStack } from "cdktf";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../modules/lib/project-file";
import { writeOneStack } from "../../modules/one-stack-app";

const name = "one-stack-test";
afterEach(() => {
  rmSync(projectFile("cdktf.out", name), { recursive: true, force: true });
});

// Or `npm run state` ends in an init that wants other versions.
test("a stack of its own is written without what init left there in another lane", () => {
  const write = () =>
    writeOneStack(name, (app) => new TerraformStack(app, "one"));
  const lock = join(write(), ".terraform.lock.hcl");
  writeFileSync(
    lock,
    'provider "registry.terraform.io/hashicorp/aws" {\n  version     = "1.0.0"\n}\n',
  );
  write();
  expect(existsSync(lock)).toBe(false);
});
