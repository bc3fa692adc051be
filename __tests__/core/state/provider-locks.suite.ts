import { App, TerraformStack } from "cdktf";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectFile } from "../../../modules/lib/project-file";
import { copyProviderLocks } from "../../../modules/core/state/provider-locks";

const lock = projectFile("providers", "lock-test.terraform.lock.hcl");
const outdir = mkdtempSync(join(tmpdir(), "wave-locks-"));
const inStack = (id: string) =>
  join(outdir, "stacks", id, ".terraform.lock.hcl");

afterAll(() => {
  rmSync(outdir, { recursive: true });
  rmSync(lock);
});

test("a committed lock file stands beside its stack, and no other stack gets one", () => {
  mkdirSync(dirname(lock), { recursive: true });
  writeFileSync(lock, "checksums");
  const app = new App({ outdir });
  for (const id of ["lock-test", "without"]) new TerraformStack(app, id);
  app.synth();
  copyProviderLocks(app);
  expect(readFileSync(inStack("lock-test"), "utf8")).toBe("checksums");
  expect(existsSync(inStack("without"))).toBe(false);
});
