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
import {
  checkProviderLocks,
  copyProviderLocks,
  lockFolder,
} from "../../../modules/core/state/provider-locks";
import { type Lane, laneOf } from "../../../modules/core/versions/lanes";

// A lane of its own: nobody's files are touched.
const lane: Lane = { ...laneOf({ LANE: "living" }), name: "lock-test" };
const committed = join(lockFolder(lane), "data.terraform.lock.hcl");
const outdir = mkdtempSync(join(tmpdir(), "wave-locks-"));
const beside = (id: string) =>
  join(outdir, "stacks", id, ".terraform.lock.hcl");

const lock = (
  aws: string,
  host = "registry.terraform.io",
) => `# Written by init.

provider "${host}/hashicorp/aws" {
  version     = "${aws}"
  constraints = "${aws}"
  hashes = [
    "h1:checksum",
  ]
}

provider "${host}/hashicorp/random" {
  version = "1.0.0"
}
`;

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

afterEach(() => {
  rmSync(outdir, { recursive: true, force: true });
  rmSync(lockFolder(lane), { recursive: true, force: true });
});

const synth = (): App => {
  const app = new App({ outdir });
  for (const id of ["data", "network"]) new TerraformStack(app, id);
  app.synth();
  return app;
};

test("committed checksums stand beside their stack, and no other stack gets any", () => {
  const text = lock(lane.providers.aws);
  write(committed, text);
  checkProviderLocks(lane);
  expect(copyProviderLocks(synth(), lane)).toEqual([]);
  expect(readFileSync(beside("data"), "utf8")).toBe(text);
  expect(existsSync(beside("network"))).toBe(false);
});

test.each(["registry.terraform.io", "registry.opentofu.org"])(
  "committed checksums of another lane, of %s, are refused with what to run",
  (host) => {
    write(committed, lock("6.25.0", host));
    expect(() => {
      checkProviderLocks(lane);
    }).toThrow(`checksums of providers: 1 problem

  providers/lock-test/data.terraform.lock.hcl
    given    ${host}/hashicorp/aws 6.25.0
    allowed  the providers of lane lock-test: aws 6.66.0; helm 3.1.2; kubernetes 3.2.1
    fix      write it anew with \`npm run lane -- lock-test npm run providers:lock\`, or delete it.
`);
  },
);

test("what init left of another lane goes, with a word; what is of this lane stays", () => {
  const app = synth();
  write(beside("data"), lock("6.25.0"));
  write(beside("network"), lock(lane.providers.aws));
  expect(copyProviderLocks(app, lane)).toEqual([
    expect.stringContaining(join("stacks", "data", ".terraform.lock.hcl")),
  ]);
  expect(existsSync(beside("data"))).toBe(false);
  expect(existsSync(beside("network"))).toBe(true);
});
