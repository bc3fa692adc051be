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
import { laneOf } from "../../../../modules/core/versions/lanes";
import { prepareProviders } from "../../../../tools/lab/stand-ins/provider-mirror";

const lane = {
  ...laneOf({ LANE: "living" }),
  providers: { aws: "6.66.0", helm: "3.1.2", kubernetes: "3.2.1" },
};
const tofu = { product: "OpenTofu", version: "1.12.6", path: "tofu" } as const;
const terraform = { ...tofu, product: "Terraform", path: "terraform" } as const;
const PLATFORM = "linux_amd64";

const { LAB_PROVIDER_MIRROR: before } = process.env;
afterAll(() => {
  if (before !== undefined) process.env.LAB_PROVIDER_MIRROR = before;
});

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "lab-mirror-"))));
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Puts a provider into the mirror that is given, such as `aws/5.100.0`. */
function put(one: string, host = "registry.terraform.io"): void {
  const folder = join(root, "given", host, "hashicorp", one, PLATFORM);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "program"), one);
}

function prepare(
  program: typeof tofu | typeof terraform = tofu,
  from: "given" | "machine" = "given",
) {
  const own = {
    mirror: join(root, "lab", "mirror"),
    cliConfig: join(root, "lab", "terraform.rc"),
  };
  return prepareProviders(program, {
    lane,
    own,
    [from]: join(root, "given"),
  });
}

/** What the program finds below its registry. */
const linked = (one: string, host = "registry.opentofu.org"): string =>
  readFileSync(
    join(root, "lab/mirror", host, "hashicorp", one, PLATFORM, "program"),
    "utf8",
  );

const putAll = () => {
  for (const one of ["aws/6.66.0", "helm/3.1.2", "kubernetes/3.2.1"]) put(one);
};

test("a provider of either registry is found below that of the program", () => {
  put("aws/6.66.0");
  put("helm/3.1.2");
  put("kubernetes/2.38.0");
  put("kubernetes/3.2.1", "registry.opentofu.org");
  put("kubernetes/3.3.0", "registry.opentofu.org");
  expect(prepare()).toMatchObject({ standIn: false, missing: [] });
  expect(linked("kubernetes/3.2.1")).toBe("kubernetes/3.2.1");
  expect(linked("aws/6.66.0")).toBe("aws/6.66.0");
  prepare(terraform);
  const hosts = readdirSync(join(root, "lab", "mirror"));
  expect(hosts).toEqual(["registry.terraform.io"]);
  expect(linked("helm/3.1.2", hosts[0])).toBe("helm/3.1.2");
});

test("the CLI runs the program of the lane, with the mirror alone", () => {
  putAll();
  const { env } = prepare();
  expect(env.TERRAFORM_BINARY_NAME).toBe("tofu");
  expect(readFileSync(env.TF_CLI_CONFIG_FILE ?? "", "utf8")).toContain(
    join(root, "lab", "mirror"),
  );
});

test("the newest AWS provider stands in for the pinned one, and the report says so", () => {
  putAll();
  rmSync(join(root, "given/registry.terraform.io/hashicorp/aws"), {
    recursive: true,
  });
  put("aws/5.99.0");
  put("aws/5.100.0");
  const { notices, standIn } = prepare();
  expect(standIn).toBe(true);
  expect(notices).toContain("AWS provider 5.100.0 stands in for 6.66.0");
  expect(linked("aws/6.66.0")).toBe("aws/5.100.0");
});

test("archives are taken of the pinned version alone", () => {
  putAll();
  const folder = join(root, "given", "registry.opentofu.org", "hashicorp/helm");
  mkdirSync(folder, { recursive: true });
  rmSync(join(root, "given/registry.terraform.io/hashicorp/helm"), {
    recursive: true,
  });
  for (const version of ["3.1.1", "3.1.2"])
    writeFileSync(
      join(folder, `terraform-provider-helm_${version}_${PLATFORM}.zip`),
      "",
    );
  expect(prepare().missing).toEqual([]);
  expect(
    readdirSync(join(root, "lab/mirror/registry.opentofu.org/hashicorp/helm")),
  ).toEqual([`terraform-provider-helm_3.1.2_${PLATFORM}.zip`]);
});

test("Kubernetes in another version is taken for none where nobody gave the mirror", () => {
  delete process.env.LAB_PROVIDER_MIRROR;
  put("aws/6.66.0");
  put("helm/3.1.2");
  put("kubernetes/2.38.0");
  expect(prepare(tofu, "machine").missing).toEqual([
    "hashicorp/kubernetes 3.2.1",
  ]);
  const folder = "lab/mirror/registry.opentofu.org/hashicorp/kubernetes";
  expect(existsSync(join(root, folder))).toBe(false);
});

test("without Kubernetes and Helm the run goes on, and says what is missing", () => {
  put("aws/6.66.0");
  expect(prepare().missing).toEqual([
    "hashicorp/helm 3.1.2",
    "hashicorp/kubernetes 3.2.1",
  ]);
});

describe("before anything is written, one sentence names what the mirror lacks:", () => {
  afterEach(() => {
    expect(existsSync(join(root, "lab"))).toBe(false);
  });

  test("an AWS provider", () => {
    expect(() => prepare()).toThrow(
      /^Lane living needs provider hashicorp\/aws 6\.66\.0 of registry\.opentofu\.org, and LAB_PROVIDER_MIRROR \S+ has none: put it into \S+\/registry\.opentofu\.org\/hashicorp\/aws\/6\.66\.0\/\S+, or unset LAB_PROVIDER_MIRROR\.$/,
    );
  });

  test("Kubernetes of the lane, where it has another", () => {
    put("aws/6.66.0");
    put("kubernetes/2.38.0");
    expect(() => prepare(terraform)).toThrow(
      /hashicorp\/kubernetes 3\.2\.1 of registry\.terraform\.io, and \S+ \S+ has 2\.38\.0: put it into .*, or take hashicorp\/kubernetes out of it/,
    );
  });
});
