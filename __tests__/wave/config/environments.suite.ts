import { withRelease } from "../../../modules/wave/release/release";
import {
  CLASSIC_ENVIRONMENTS,
  CURRENT_ENVIRONMENTS,
  micronautEnvironments,
} from "../../../modules/wave/config/environments";
import {
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../../support/settings";

const base = ["redis", "surrealdb", "buildlogs-aws", "k8s"];
const environments = (wave: Parameters<typeof exampleSettings>[0]) =>
  micronautEnvironments(withRelease(exampleSettings(wave)));

test("DEP-07, ENV-05, ENV-06: redis, surrealdb, buildlogs-aws and k8s always; mail and aws-ses with mail", () => {
  expect(environments({})).toEqual([...base, "mail", "aws-ses"]);
  expect(environments({ wave: { mail: undefined } })).toEqual(base);
});

test("ENV-02: never ec2, which would make Wave read Parameter Store", () => {
  expect(
    environments({
      wave: { metrics: true, rateLimit: {}, environments: ["prod"] },
    }),
  ).not.toContain("ec2");
});

test("CFG-R5, CFG-R10, DEP-07: rate-limit and prometheus by setting", () => {
  expect(
    environments({ wave: { mail: undefined, rateLimit: {}, metrics: true } }),
  ).toEqual([...base, "rate-limit", "prometheus"]);
});

test("ENV-01: the operator's own come last, once each; prod is left out as upstream", () => {
  expect(
    environments({
      wave: { mail: undefined, environments: ["prod", "redis"] },
    }),
  ).toEqual([...base, "prod"]);
  expect(environments({})).not.toContain("prod");
});

test("ENV-01, ENV-03: the names this line reacts to; those of the current line are not among them", () => {
  expect(CLASSIC_ENVIRONMENTS.join(" ")).toBe(
    "redis surrealdb buildlogs-aws k8s mail aws-ses ec2 rate-limit prometheus licman prod " +
      "legacy-http-connector surrealdb-legacy mysql buildlogs-local dev dev-k8s",
  );
  const all = environments({ wave: { rateLimit: {}, metrics: true } });
  expect(CLASSIC_ENVIRONMENTS).toEqual(expect.arrayContaining(all));
});

describe("current line", () => {
  const currentBase = ["postgres", "redis", "k8s", "rate-limit", "alb"];
  const liteBase = ["lite", "postgres", "redis", "rate-limit", "alb"];
  const everything = {
    wave: {
      metrics: true,
      rateLimit: {},
      current: { strict: true },
      environments: ["licman", "redis"],
    },
  };
  const added = ["prometheus", "strict", "licman"];

  test.each([
    ["with builds", currentSettings, currentBase],
    ["of Wave Lite", liteSettings, liteBase],
  ])("DEP-07, ENV-03: environments %s", (_what, settings, names) => {
    expect(
      micronautEnvironments(
        withRelease(settings({ wave: { mail: undefined } })),
      ),
    ).toEqual(names);
    expect(
      micronautEnvironments(
        withRelease(settings({ wave: { mail: undefined, rateLimit: false } })),
      ),
    ).toEqual(names.filter((name) => name !== "rate-limit"));
    expect(micronautEnvironments(withRelease(settings(everything)))).toEqual([
      ...names,
      ...(names.includes("lite") ? [] : ["mail", "aws-ses"]),
      ...added,
    ]);
  });

  test("ENV-03: the names this line reacts to; those that are gone are not among them", () => {
    expect(CURRENT_ENVIRONMENTS.join(" ")).toBe(
      "postgres redis k8s lite rate-limit mail aws-ses prometheus alb strict " +
        "ec2 licman reserved-words legacy-http-connector prod",
    );
    expect(CURRENT_ENVIRONMENTS).toEqual(
      expect.arrayContaining([...currentBase, ...liteBase, ...added]),
    );
  });

  test("ENV-02: k8s is off where no pods are made, and ec2 everywhere", () => {
    const lite = micronautEnvironments(withRelease(liteSettings(everything)));
    expect(lite).not.toContain("k8s");
    const current = micronautEnvironments(
      withRelease(currentSettings(everything)),
    );
    expect([...lite, ...current]).not.toContain("ec2");
  });
});
