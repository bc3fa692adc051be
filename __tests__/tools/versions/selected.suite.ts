import { readFileSync } from "node:fs";
import { exampleEnvironments } from "../../../tools/audit/synthesized";
import { LANES, laneOf } from "../../../modules/core/versions/lanes";
import { first } from "../../../tools/audit/reading";
import {
  VERSIONED,
  VERSION_KEYS,
  laneVersions,
  selectedVersions,
} from "../../../tools/versions/selected";
import { judgeSupport } from "../../../tools/versions/standing";
import { settingsSchema } from "../../../modules/schema";
import { versionsPage } from "../../../tools/versions/versions-page";
import { projectFile } from "../../../modules/lib/project-file";
import { defaultOf } from "../../../modules/settings/describe";
import { everyKey } from "../../../modules/settings/reference";
import { environments } from "../../support/audit-environments";

const lane = laneOf();

/** A day on which nothing had ended: the tests say the same on every day. */
const LONG_AGO = "2020-01-01";

describe("the versions of a lane", () => {
  test("are those of the packages that are installed by another name", () => {
    const living = LANES.filter(({ name }) => name === "living");
    const found = living
      .flatMap(laneVersions)
      .map(({ subject, version }) => `${subject} ${version}`);
    expect(found).toEqual(
      expect.arrayContaining([
        "cdktn 0.24.0",
        "@cdktn/provider-aws 25.7.0",
        "@cdktf/provider-helm 12.1.2",
        "OpenTofu 1.12.6",
        "Terraform provider kubernetes 3.2.1",
      ]),
    );
    expect(found.filter((one) => one.startsWith("cdktf "))).toEqual([]);
  });

  test.each(environments)(
    "are those of the providers of $name",
    ({ stacks }) => {
      for (const { terraform } of Object.values(stacks))
        for (const [name, { version }] of Object.entries(
          (first(terraform, "required_providers") ?? {}) as Record<
            string,
            { version: string }
          >,
        ))
          expect([name, version]).toEqual([
            name,
            lane.providers[name as keyof typeof lane.providers],
          ]);
    },
  );
});

describe("the versions that are selected", () => {
  const selected = selectedVersions(environments);

  test("each has an entry in the table", () => {
    const all = [...selected, ...LANES.flatMap(laneVersions)];
    const unlisted = judgeSupport(all, LONG_AGO)
      .filter(({ kind }) => kind === "unlisted")
      .map(({ text }) => text);
    expect(unlisted).toEqual([]);
  });

  test("come from tools, packages, defaults, resources, charts, providers and images", () => {
    const found = selected.map(
      ({ subject, version, where }) => `${subject} ${version} (${where})`,
    );
    expect(found).toEqual(
      expect.arrayContaining([
        `Node.js ${lane.nodeVersion} (lane ${lane.name})`,
        `Terraform ${lane.terraform.version} (lane ${lane.name})`,
        "Amazon EKS 1.36 (default of cluster.version)",
        "Amazon EKS 1.36 (settings/example.yaml)",
        "EKS add-on coredns EKS's default for 1.36 (settings/example.yaml)",
        "Amazon Linux 2023 (settings/example.yaml)",
        `Terraform provider aws ${lane.providers.aws} (lane ${lane.name})`,
      ]),
    );
    const subjects = new Set(selected.map(({ subject }) => subject));
    for (const subject of [
      "constructs",
      "Amazon RDS for PostgreSQL",
      "Amazon ElastiCache for Redis OSS",
      "chart aws-efs-csi-driver",
      "Kaniko",
      "BuildKit",
    ])
      expect(subjects).toContain(subject);
  });

  test("a default that is a version is known", () => {
    const keys = everyKey(settingsSchema)
      .filter(
        ({ path, schema }) =>
          /version$/i.test(path) && typeof defaultOf(schema) === "string",
      )
      .map(({ path }) => path);
    expect(keys.sort()).toEqual(Object.keys(VERSION_KEYS).sort());
  });

  test("a resource that has a version is known", () => {
    // Numbers of passwords, and the version of a policy's language.
    const others = /_wo_version$|^(secret|password)_version$/;
    const types = environments.flatMap(({ stacks }) =>
      Object.values(stacks).flatMap(({ resource = {} }) =>
        Object.entries(resource).flatMap(([type, all]) =>
          Object.values(all).flatMap((body) =>
            Object.entries(body).some(
              ([key, value]) =>
                /(^|_)(version|runtime)$/.test(key) &&
                !others.test(key) &&
                typeof value === "string",
            )
              ? [type]
              : [],
          ),
        ),
      ),
    );
    expect([...new Set(types)].sort()).toEqual(
      [...Object.keys(VERSIONED), "helm_release"].sort(),
    );
  });
});

test("docs/versions.md is fresh (npm run generate)", () => {
  expect(textOf("docs/versions.md")).toBe(
    versionsPage(exampleEnvironments()).trim(),
  );
});

const textOf = (file: string): string =>
  readFileSync(projectFile(file), "utf8").trim();
