import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LANES, laneOf } from "../../../../modules/core/versions/lanes";
import { openTofuModule } from "../../../../tools/lab/terraform/build-opentofu";
import { chooseProgram } from "../../../../tools/lab/terraform/program";
import { type Way } from "../../../../tools/lab/system/bring";
import { fakePrograms } from "../programs";

const program = fakePrograms();
const says = (answer: string) => `echo '${answer}'; echo 'on linux_amd64'`;
const laneNamed = (name: string) => laneOf({ LANE: name });

let cache: string;
beforeEach(() => (cache = mkdtempSync(join(tmpdir(), "lab-cache-"))));
afterEach(() => {
  rmSync(cache, { recursive: true });
});

const noGo: Way = () => Promise.reject(new Error("there is no Go"));
/** The choice of a lane where nothing can be built, unless it is said how. */
const choose = (lane: string, build = noGo, given?: string) =>
  chooseProgram({
    lane: laneNamed(lane),
    env: {
      PATH: process.env.PATH,
      XDG_CACHE_HOME: cache,
      ...(given !== undefined && { TERRAFORM_BINARY_NAME: given }),
    },
    print: () => undefined,
    build,
  });

describe("a lane plans and applies with", () => {
  test.each([
    ["card", "Terraform v1.11.4", undefined, "Terraform 1.11.4"],
    ["card", "Terraform v1.11.9", "OpenTofu v1.12.6", "Terraform 1.11.9"],
    ["living", "Terraform v1.16.3", undefined, "Terraform 1.16.3"],
    // Its own check takes a preview of a release for the release.
    ["living", "Terraform v1.16.0-rc2", undefined, "Terraform 1.16.0-rc2"],
    ["living", "Terraform v1.16.3", "OpenTofu v1.12.6", "OpenTofu 1.12.6"],
    ["living", "Terraform v1.16.3", "OpenTofu v1.11.1", "Terraform 1.16.3"],
    ["living", undefined, "OpenTofu v1.12.9", "OpenTofu 1.12.9"],
  ])("%s, PATH with %s and %s: %s", async (lane, terraform, tofu, wanted) => {
    if (terraform !== undefined) program("terraform", says(terraform));
    if (tofu !== undefined) program("tofu", says(tofu));
    const { product, version } = await choose(lane);
    expect(`${product} ${version}`).toBe(wanted);
  });

  test("what TERRAFORM_BINARY_NAME names, before the PATH", async () => {
    program("tofu", says("OpenTofu v1.12.6"));
    const path = program("own", says("Terraform v1.15.9"));
    expect(await choose("living", noGo, path)).toMatchObject({
      path,
      version: "1.15.9",
    });
  });

  test("OpenTofu of the cache, built once, where the PATH has none of the lane", async () => {
    const folders: string[] = [];
    const source = program("built", says("OpenTofu v1.12.6"));
    const build = (folder: string) => {
      folders.push(folder);
      writeFileSync(join(folder, "tofu"), readFileSync(source), {
        mode: 0o755,
      });
      return Promise.resolve();
    };
    program("terraform", says("Terraform v1.11.4"));
    const first = await choose("living", build);
    expect(first).toMatchObject({ product: "OpenTofu", version: "1.12.6" });
    expect(await choose("living", build)).toEqual(first);
    expect(folders).toHaveLength(1);
  });
});

describe("refused in one sentence, with what is accepted and the way out:", () => {
  test.each([
    ["card", "Terraform v1.16.3", "the PATH has Terraform 1.16.3: install"],
    ["card", undefined, "the PATH has none: install Terraform 1.11.4 ("],
    ["living", "Terraform v1.11.4", "has Terraform 1.11.4 (there is no Go)"],
    ["living", undefined, "has none (there is no Go): install OpenTofu 1.12.6"],
  ])("lane %s with %s", async (lane, terraform, message) => {
    if (terraform !== undefined) program("terraform", says(terraform));
    await expect(choose(lane)).rejects.toThrow(message);
    await expect(choose(lane)).rejects.toThrow(/^Lane \w+ runs [^\n]+\.$/);
  });

  test("OpenTofu in the lane that has none of it, though it is on the PATH", async () => {
    program("tofu", says("OpenTofu v1.12.6"));
    await expect(choose("card")).rejects.toThrow("the PATH has none");
  });

  test("OpenTofu of another minor", async () => {
    program("tofu", says("OpenTofu v1.13.0"));
    await expect(choose("living")).rejects.toThrow("has OpenTofu 1.13.0");
  });

  test.each([
    ["another version", "which is Terraform 1.11.4: name another"],
    ["nothing", 'is "/no/such/program", which does not run: name another'],
    ["another program", "which does not run: name another"],
  ])("TERRAFORM_BINARY_NAME with %s", async (what, message) => {
    program("terraform", says("Terraform v1.16.3"));
    const given = {
      "another version": program("old", says("Terraform v1.11.4")),
      nothing: "/no/such/program",
      "another program": program("other", says("v2")),
    }[what];
    await expect(choose("living", noGo, given)).rejects.toThrow(message);
  });
});

test("the refusal names the variable that named the program", async () => {
  const env = { LAB_OTHER: "/no/such/program", TERRAFORM_BINARY_NAME: "x" };
  await expect(
    chooseProgram({ lane: laneNamed("living"), env, variable: "LAB_OTHER" }),
  ).rejects.toThrow('LAB_OTHER is "/no/such/program", which does not run');
});

test("what is built is the version of every lane with OpenTofu", () => {
  const text = readFileSync(join(openTofuModule, "go.mod"), "utf8");
  const [, built] =
    /^require github\.com\/opentofu\/opentofu v(\S+)$/m.exec(text) ?? [];
  for (const { opentofu } of LANES)
    if (opentofu) expect(opentofu.version).toBe(built);
});
