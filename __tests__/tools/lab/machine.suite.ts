import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseCluster } from "../../../tools/lab/kube/choose-cluster";
import { freePort } from "../../../tools/lab/system/free-port";
import { checkTerraform } from "../../../tools/lab/terraform/version";
import { findMoto } from "../../../tools/lab/aws/moto";
import { projectFile } from "../../../modules/lib/project-file";
import { exampleSettings } from "../../support/settings";

/** Programs of the test alone are on PATH. */
let folder: string;
const { PATH } = process.env;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-machine-"));
  process.env.PATH = folder;
});
afterEach(() => {
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true });
});

function program(name: string, script: string): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

const wanted = readFileSync(projectFile(".terraform-version"), "utf8").trim();

describe("Terraform", () => {
  const version = (text: string) => {
    program("terraform", `echo '{"terraform_version": "${text}"}'`);
  };

  test("of the version in .terraform-version is right", () => {
    version(wanted);
    expect(checkTerraform).not.toThrow();
  });

  test("of another version is refused, with both versions and the way out", () => {
    version("1.5.7");
    expect(checkTerraform).toThrow(
      `needs Terraform ${wanted} (.terraform-version), and found 1.5.7: install it`,
    );
  });

  test.each([
    ["missing", () => undefined],
    [
      "broken",
      () => {
        program("terraform", "exit 1");
      },
    ],
  ])("that is %s is said to be so", (_, put) => {
    put();
    expect(checkTerraform).toThrow(`needs Terraform ${wanted}, and none`);
  });
});

describe("moto", () => {
  test("without Python the message says what is needed, and nothing is installed", async () => {
    const said: string[] = [];
    await expect(findMoto((text) => said.push(text), [])).rejects.toThrow(
      /needs Python 3 with venv and pip, or moto \d+\.\d+\.\d+/,
    );
    expect(said).toEqual([]);
  });

  test("of the pinned version is used where it is", async () => {
    program("one", "echo 1.0.0");
    const pinned = /^moto\[server\]==(\S+)$/m.exec(
      readFileSync(projectFile("tools/lab/aws/requirements.txt"), "utf8"),
    )?.[1];
    program("two", `echo ${pinned ?? ""}`);
    const pythons = ["one", "two"].map((name) => join(folder, name));
    expect((await findMoto(() => undefined, pythons)).python).toBe(pythons[1]);
  });
});

describe("LAB_KUBECONFIG", () => {
  const login = JSON.stringify({
    clusters: [{ cluster: { server: "https://lab.invalid:6443" } }],
    users: [{ user: { token: "secret" } }],
  });

  /** A kubectl that answers as a cluster would. */
  const kubectl = (change: Readonly<Record<string, string>> = {}) => {
    const answers = {
      config: `echo '${login}'`,
      get: `echo '{"gitVersion": "v1.36.3"}'`,
      auth: "echo yes",
      ...change,
    };
    program(
      "kubectl",
      [
        'case "$2 $3" in "get namespace") echo "not found" >&2; exit 1;; esac',
        'case "$2" in',
        ...Object.entries(answers).map(([verb, text]) => `${verb}) ${text};;`),
        "esac",
      ].join("\n"),
    );
  };
  const settings = exampleSettings();
  const choose = () =>
    chooseCluster({ LAB_KUBECONFIG: "/lab/kubeconfig" }, settings);

  test("a cluster that answers and lets us do everything is taken", async () => {
    kubectl();
    expect(await choose()).toMatchObject({ given: { version: "1.36.3" } });
  });

  test.each([
    [
      "cannot be read",
      { config: "echo 'no such file' >&2; exit 1" },
      /LAB_KUBECONFIG \/lab\/kubeconfig: kubectl cannot read it: .*no such file/,
    ],
    [
      "cannot be reached",
      { get: "echo 'connection refused' >&2; exit 1" },
      /https:\/\/lab\.invalid:6443 does not answer: .*connection refused/,
    ],
    [
      "is not ours to rule",
      { auth: "echo no; exit 1" },
      /the lab needs every permission in a throw-away cluster/,
    ],
    [
      "is older than the settings",
      { get: `echo '{"gitVersion": "v1.30.1"}'` },
      /its API server is 1\.30\.1, older than cluster\.version/,
    ],
  ])("one that %s is refused", async (_, change, message) => {
    kubectl(change);
    await expect(choose()).rejects.toThrow(message);
  });

  test("one without kubectl is refused", async () => {
    await expect(choose()).rejects.toThrow(/kubectl cannot read it.*ENOENT/);
  });
});

test("ports: each is free, and two that are asked for at once differ", async () => {
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  expect(new Set(ports).size).toBe(3);
});
