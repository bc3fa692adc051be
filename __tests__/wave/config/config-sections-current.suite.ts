import { waveInputs } from "../../support/wave-inputs";
import { type SettingsChange, currentSettings } from "../../support/settings";
import { currentObjects, keysOf } from "../../support/wave";

// Parts of config.yml that exist only when the settings ask for them; the rest is in config-file-current.suite.ts.

const { identity } = waveInputs(currentSettings());
const configFile = (change: SettingsChange = {}) =>
  currentObjects(change).configFile;
const example = configFile();
const ecrHost = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

describe("CFG-R1: Wave logs in to ECR as a role", () => {
  const registriesOf = (change: SettingsChange) =>
    (configFile(change) as { wave: { registries: unknown } }).wave.registries;
  const login = { username: identity.ecrRoleArn, password: "" };

  test("on the host of the build repository, with the external id when there is one", () => {
    expect(registriesOf({})).toEqual({ [ecrHost]: login });
    const current = { ecrExternalId: "wave-prod" };
    expect(registriesOf({ wave: { current } })).toEqual({
      [ecrHost]: { ...login, password: "wave-prod" },
    });
    expect(identity.ecrRoleArn).toMatch(
      /^arn:aws(-cn|-us-gov)?:iam::\d{12}:role\//,
    );
  });

  test.each(["s3://shared/layers", "quay.io/acme/cache"])(
    "and on no host of a cache: %s",
    (cache) => {
      expect(registriesOf({ wave: { build: { cache } } })).toEqual({
        [ecrHost]: login,
      });
    },
  );

  test("the host follows region and partition", () => {
    expect(
      Object.keys(registriesOf({ region: "cn-north-1" }) as object),
    ).toEqual(["123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn"]);
  });

  test("CFG-R2: Docker Hub and Quay beside it, by escaped placeholders", () => {
    const secrets = { dockerHub: "wave/docker.io", quay: "wave/quay.io" };
    expect(registriesOf({ wave: { secrets } })).toEqual({
      "docker.io": {
        username: "$${DOCKER_USER:}",
        password: "$${DOCKER_PAT:}",
      },
      "quay.io": { username: "$${QUAY_USER:}", password: "$${QUAY_PAT:}" },
      [ecrHost]: login,
    });
  });
});

test("CFG-R3, INF-14: builds for arm64 go to nodes of their own", () => {
  const change = { wave: { build: { arm64: true } } };
  expect(configFile(change)).toHaveProperty("wave.build.k8s.nodeSelector", {
    "linux/amd64": "service=wave-build",
    "linux/arm64": "service=wave-build-arm64",
    noarch: "service=wave-build",
  });
});

test("CFG-R5: rates of a busy installation by default, and how many time-outs Wave tolerates", () => {
  expect(example).toHaveProperty("rate-limit", {
    pull: { anonymous: "250/1h", authenticated: "2000/1m" },
    build: { anonymous: "10/1h", authenticated: "100/1h" },
    httpRequest: { "limit-for-period": 500 },
  });
  expect(configFile({ wave: { rateLimit: false } })).not.toHaveProperty(
    "rate-limit",
  );
  const rates = {
    httpRequest: { "limit-for-period": 500 },
    pull: { anonymous: "5/1h", authenticated: "2000/1m" },
    build: { anonymous: "10/1h", authenticated: "100/1h" },
  };
  const rateLimit = { pullAnonymous: "5/1h" };
  expect(configFile({ wave: { rateLimit } })).toHaveProperty(
    "rate-limit",
    rates,
  );
  const timeoutErrorsMaxRate = "30/1m";
  expect(
    configFile({ wave: { rateLimit: { ...rateLimit, timeoutErrorsMaxRate } } }),
  ).toHaveProperty("rate-limit", {
    ...rates,
    "timeout-errors": { "max-rate": "30/1m" },
  });
});

test("CFG-R6, CFG-R9: public repository and licence server by setting", () => {
  expect(keysOf(example)).not.toContain("wave.build.public-repo");
  expect(example).not.toHaveProperty("license");
  const wave = {
    publicRepository: "registry.example.com/public",
    licenseServerUrl: "https://licenses.seqera.io",
  };
  expect(configFile({ wave })).toMatchObject({
    wave: {
      build: { "public-repo": wave.publicRepository },
      closeSessionOnInvalidLicenseToken: true,
    },
    license: { server: { url: wave.licenseServerUrl } },
  });
});

test("CFG-R8: mirrors of the images of Jobs, each on its own; two keys in camelCase", () => {
  const images = {
    buildkit: "mirror.example.com/buildkit:v0.25.2-rootless",
    singularity: "mirror.example.com/singularity:v4.2.1-r4",
    singularityInit: "mirror.example.com/busybox:1.37.0",
    scanner: "mirror.example.com/scanner:v1",
    skopeo: "mirror.example.com/skopeo:v1.20.0",
  };
  expect(configFile({ wave: { images } })).toMatchObject({
    wave: {
      build: {
        "buildkit-image": images.buildkit,
        "singularity-image": images.singularity,
        "singularity-image-init": images.singularityInit,
        enabled: true,
      },
      scan: { image: { name: images.scanner }, enabled: true },
      mirror: { skopeoImage: images.skopeo, enabled: true },
    },
  });
  const { skopeo } = images;
  const one = keysOf(configFile({ wave: { images: { skopeo } } }));
  expect(one).toContain("wave.mirror.skopeoImage");
  expect(one.filter((key) => key.endsWith("-image"))).toEqual([]);
  expect(keysOf(example).filter((key) => /image/i.test(key))).toEqual([]);
});

test("CFG-R10: metrics of Wave's own stay off, and no account for them stands in the file", () => {
  const keys = keysOf(configFile({ wave: { metrics: true } }));
  expect(keys).not.toContain("wave.metrics");
  expect(keys).not.toContain("wave.accounts");
});

test("IAM-09: the role of another account, with its external id when it asks for one", () => {
  expect(keysOf(example)).not.toContain("wave.aws");
  const jumpRoleArn = "arn:aws:iam::210987654321:role/wave-jump";
  expect(configFile({ wave: { current: { jumpRoleArn } } })).toHaveProperty(
    "wave.aws",
    { "jump-role-arn": jumpRoleArn },
  );
  const current = { jumpRoleArn, jumpExternalId: "wave-prod" };
  expect(configFile({ wave: { current } })).toHaveProperty("wave.aws", {
    "jump-role-arn": jumpRoleArn,
    "jump-external-id": "wave-prod",
  });
});
