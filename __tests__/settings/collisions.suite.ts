import { loadSettings } from "../../modules/load";
import { type SettingsChange } from "../support/settings";
import {
  fileOf as file,
  reportOnFiles,
  withSettingsFiles,
} from "../support/settings-files";

/** A second environment of the account that shares nothing with the example. */
const apart = {
  environment: "dev",
  network: { cidr: "10.60.0.0/16" },
  wave: {
    hostname: "dev.wave.example.com",
    mail: { domain: "dev.example.com", sender: "wave@dev.example.com" },
  },
} satisfies SettingsChange;

/** `apart` with one more change. */
function but(change: Record<string, unknown>): string {
  const base: Record<string, unknown> = structuredClone(apart);
  for (const [key, value] of Object.entries(change))
    base[key] =
      typeof value === "object"
        ? { ...(base[key] as object | undefined), ...value }
        : value;
  return file(base);
}

const chosen = { ENVIRONMENT: "prod" };

describe("two environments of one account never collide", () => {
  test("environments that share nothing are accepted", () => {
    const { notices } = withSettingsFiles(
      { "prod.yaml": file(), "dev.yaml": file(apart) },
      (folder) => loadSettings({ SETTINGS_DIR: folder, ...chosen }),
    );
    expect(notices.join()).not.toContain("collisions");
  });

  test.each([
    [
      "one state",
      but({ backend: { keyPrefix: "wave/prod" } }),
      "backend",
      "s3://wave-prod-state-123456789012/wave/prod/*.tfstate",
    ],
    [
      "one host name",
      but({ wave: { hostname: "wave.example.com" } }),
      "wave.hostname",
      "wave.example.com",
    ],
    [
      "one repository prefix",
      but({ data: { ecr: { prefix: "wave-prod" } } }),
      "data.ecr.prefix",
      "wave-prod in eu-central-1",
    ],
    [
      "one load-balancer name",
      but({
        wave: {
          hostname: "dev.wave.example.com",
          ingress: { loadBalancerName: "wave-prod-wave-alb" },
        },
      }),
      "wave.ingress.loadBalancerName",
      "wave-prod-wave-alb",
    ],
    [
      "one name of clusters, which the other has by default",
      but({ cluster: { name: "wave-prod-eks" } }),
      "cluster.name",
      "wave-prod-eks in eu-central-1",
    ],
    [
      "one mail domain that both manage",
      but({
        wave: {
          mail: { domain: "example.com", sender: "wave-app@example.com" },
        },
      }),
      "wave.mail.domain",
      "example.com",
    ],
  ])("%s is refused", (_, other, path, value) => {
    const { problems } = reportOnFiles(
      { "prod.yaml": file(), "dev.yaml": other },
      chosen,
    );
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(problems[0]?.given).toContain(value);
    expect(problems[0]?.given).toContain("dev.yaml");
  });

  test("one beginning of names is refused, in parts of any length", () => {
    // wave + prod and wave-prod + … differ in their parts and not in the name.
    const { problems } = reportOnFiles(
      {
        "prod.yaml": file({ name: "wave-eu", environment: "prod" }),
        "dev.yaml": but({ name: "wave", environment: "eu-prod" }),
      },
      chosen,
    );
    expect(problems.map(({ path }) => path)).toContain("environment");
  });

  test("the same name in another region is fine, with a state of its own (ADR 11)", () => {
    const other = but({
      environment: "prod",
      region: "eu-west-1",
      backend: { keyPrefix: "wave/prod-ireland" },
    });
    withSettingsFiles(
      { "prod.yaml": file(), "ireland.yaml": other },
      (folder) => {
        const { settings } = loadSettings({ SETTINGS_DIR: folder, ...chosen });
        expect(settings.region).toBe("eu-central-1");
      },
    );
  });

  test("repositories may be shared when one of the two does not manage them", () => {
    const other = but({
      data: { ecr: { prefix: "wave-prod", existing: true } },
    });
    withSettingsFiles({ "prod.yaml": file(), "dev.yaml": other }, (folder) => {
      const { settings } = loadSettings({ SETTINGS_DIR: folder, ...chosen });
      expect(settings.environment).toBe("prod");
    });
  });

  test("a file with a merge key takes part", () => {
    const system = /^ {4}system:\n/m;
    const merging = but({ wave: { hostname: "wave.example.com" } }).replace(
      system,
      "    system:\n      <<: {}\n",
    );
    expect(merging).toContain("<<: {}");
    const { problems } = reportOnFiles(
      { "prod.yaml": file(), "dev.yaml": merging },
      chosen,
    );
    expect(problems.map(({ path }) => path)).toEqual(["wave.hostname"]);
  });

  test("one state is refused across accounts too", () => {
    const other = but({
      accountId: "210987654321",
      access: {
        deployer: "arn:aws:iam::210987654321:role/wave-deployer",
        admins: [],
      },
      backend: { keyPrefix: "wave/prod" },
    });
    const { problems } = reportOnFiles(
      { "prod.yaml": file(), "dev.yaml": other },
      chosen,
    );
    expect(problems.map(({ path }) => path)).toEqual(["backend"]);
  });

  test("overlapping ranges are refused only when both declare neighbours", () => {
    const cidr = "10.40.0.0/16";
    const neighbours = { disjointFrom: ["192.168.0.0/16"] };
    const dev = (network: object) => but({ network: { cidr, ...network } });
    const prod = file({ network: neighbours });
    const { problems } = reportOnFiles(
      { "prod.yaml": prod, "dev.yaml": dev(neighbours) },
      chosen,
    );
    expect(problems.map(({ path }) => path)).toEqual(["network.cidr"]);
    withSettingsFiles({ "prod.yaml": prod, "dev.yaml": dev({}) }, (folder) => {
      const { settings } = loadSettings({ SETTINGS_DIR: folder, ...chosen });
      expect(settings.network).toMatchObject({ cidr });
    });
  });

  test("examples take no part", () => {
    const files = { "prod.yaml": file(), "example-two.yaml": file() };
    withSettingsFiles(files, (folder) => {
      const { source } = loadSettings({ SETTINGS_DIR: folder, ...chosen });
      expect(source).toMatch(/prod\.yaml$/);
    });
  });

  test.each([
    ["broken YAML", "accountId: 123456789012\nname: ["],
    ["a wrong shape", "accountId: 123456789012\n"],
    ["an alias of nothing", "accountId: 123456789012\nname: *a\n"],
    [
      "levels without end",
      `accountId: 123456789012\nname: ${"[".repeat(5_000)}`,
    ],
  ])("a file with %s is left out with a notice", (_, text) => {
    const { notices } = withSettingsFiles(
      { "prod.yaml": file(), "dev.yaml": text },
      (folder) => loadSettings({ SETTINGS_DIR: folder, ...chosen }),
    );
    expect(notices[0]).toMatch(/dev\.yaml has problems of its own/);
  });
});
