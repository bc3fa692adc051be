import { App } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApp } from "../../../../modules/app";
import { CIS_EKS_1_8_0 } from "../../../../tools/audit/report/cis-items";
import { JSON_LIMITS } from "../../../../tools/audit/report/json-only";
import { readManifest, sha256 } from "../../../../tools/audit/report/manifest";
import { rules } from "../../../../tools/audit/rules";
import { projectFile } from "../../../../modules/lib/project-file";
import {
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../../../support/settings";
import { auditSample } from "./audits";

const classic = auditSample(exampleSettings());
const current = auditSample(currentSettings());
const lite = auditSample(liteSettings({ backend: { kind: "local" } }));
const samples = [
  { line: "classic", ...classic },
  { line: "current", ...current },
  { line: "Wave Lite, state in files", ...lite },
];

const fileLines = (file: string): string[] =>
  readFileSync(projectFile(file), "utf8").split("\n");

describe.each(samples)("$line", ({ inventory, files, synthesized }) => {
  test("every resource of every stack is in the inventory", () => {
    const blocks = Object.values(synthesized.stacks).flatMap(
      ({ resource = {}, ephemeral = {} }) =>
        [...Object.values(resource), ...Object.values(ephemeral)].flatMap(
          (ones) => Object.keys(ones),
        ),
    );
    expect(inventory.length).toBe(blocks.length);
    expect(inventory.length).toBeGreaterThan(100);
  });

  test("every resource has a line inside modules/ whose call names its class", () => {
    const wrong = inventory.filter(({ source, made }) => {
      if (source === undefined) return true;
      const { at, excerpt } = source;
      const [first = ""] = excerpt.split("\n");
      const line = fileLines(at.file)[at.line - 1] ?? "";
      return !(
        at.file.startsWith("modules/") &&
        line.trim() === first.trim() &&
        /\bnew \w+\(|\b(?:place|create)\w+\(/.test(line) &&
        new RegExp(`\\b${made}\\b`).test(excerpt)
      );
    });
    expect(wrong.map(({ subject }) => subject.path)).toEqual([]);
  });

  test("MANIFEST has the sum of every other file", () => {
    const listed = readManifest(files.MANIFEST ?? "");
    expect([...(listed ?? [])]).toEqual(
      Object.keys(files)
        .filter((name) => name !== "MANIFEST")
        .sort()
        .map((name) => [name, sha256(files[name] ?? "")]),
    );
  });

  test("what is beside the stacks: their charts, objects, documents, the deployer's policies, registers, packages", () => {
    const names = Object.keys(files);
    for (const chart of Object.values(synthesized.texts).flatMap((text) =>
      [...text.matchAll(/"(assets\/[^"]+)"/g)].map(([, path = ""]) => path),
    ))
      expect(names).toContain(`terraform/workloads/${chart}/Chart.yaml`);
    for (const name of [
      "terraform/network/versions.tf",
      "deployer/deployer-network.json",
      "registers/exceptions.yaml",
      "package-lock.json",
    ])
      expect(names).toContain(name);
    const made = names.filter((name) => name.startsWith("kubernetes/0"));
    expect(made.length).toBeGreaterThan(10);
    expect(
      JSON.parse(
        files[
          names.find((name) =>
            /^policies\/network\/aws_kms_key\./.test(name),
          ) ?? ""
        ] ?? "",
      ),
    ).toHaveProperty("Statement");
    expect(files["REPRODUCE.md"]).toContain(
      "git clone https://example.com/wave wave-on-eks",
    );
    expect(files["REPRODUCE.md"]).toContain("git checkout abc123\n");
  });
});

test("the stacks are those of a plain synth, byte for byte, and the same twice", () => {
  const outdir = mkdtempSync(join(tmpdir(), "wave-audit-test-"));
  buildApp(exampleSettings(), new App({ outdir })).synth();
  for (const id of ["network", "data", "identity", "workloads"])
    expect(classic.files[`terraform/${id}/cdk.tf.json`]).toBe(
      readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8"),
    );
  rmSync(outdir, { recursive: true });
  const again = auditSample(exampleSettings(), classic.synthesized);
  expect(again.files).toEqual(classic.files);
});

test("local state is named as the command that deploys the stack names it", () => {
  expect(lite.synthesized.texts.network).toContain(
    '"path": "../../../.state/wave-prod/network.tfstate"',
  );
  expect(classic.synthesized.texts.state).toContain(
    '"path": "../../../../.state/wave-prod/state.tfstate"',
  );
});

describe("tables", () => {
  test("a resource that any kind's function places is shown where the kind is said", () => {
    const [policy] = classic
      .rows("resources")
      .filter(({ Path }) => Path === "workloads/network-policy-wave");
    expect(policy?.Source).toMatch(/^modules\/wave\/wave\.ts:\d+$/);
    expect(policy?.["Called from"]).toContain("modules/app.ts:");
  });

  test("INF-06: stores let in the cluster on their port, and build nodes only to the files", () => {
    const stores = current
      .rows("network")
      .filter(({ Through }) => Through === "security group rule")
      .filter(({ Path }) => Path?.startsWith("data/"))
      .map(({ From, To, Port }) => `${From ?? ""} > ${To ?? ""} ${Port ?? ""}`);
    expect(stores).toEqual([
      "nodes/build/launch-template (aws_launch_template) > files/file-system (aws_efs_file_system) 2049",
      "control plane, nodes and pods of its group > files/file-system (aws_efs_file_system) 2049",
      "control plane, nodes and pods of its group > postgres/instance (aws_db_instance) 5432",
      "control plane, nodes and pods of its group > redis/replication-group (aws_elasticache_replication_group) 6379",
    ]);
  });

  test("who reaches Wave's pods, and a port that another stack knows", () => {
    const rows = classic
      .rows("network")
      .filter(({ Path }) => Path === "workloads/network-policy-wave");
    expect(rows.find(({ Direction }) => Direction === "in")).toMatchObject({
      From: "10.40.192.0/22\n10.40.196.0/22\n10.40.200.0/22",
      To: "pods of wave: app=wave-app",
      Port: "9090",
    });
    expect(rows.map(({ Port }) => Port)).toContain("6379");
  });

  test("EXC-16: Redis' password is in the state of data, and no other secret anywhere", () => {
    const inState = (sample: typeof classic) =>
      sample
        .rows("secrets")
        .filter((row) => row["In state of"] !== "none")
        .map((row) => [row.Secret, row["In state of"]]);
    for (const sample of [classic, current])
      expect(inState(sample)).toEqual([["wave-prod-redis-…", "data"]]);
    expect(
      current.rows("state").find(({ Stack }) => Stack === "data"),
    ).toMatchObject({ "Secrets in it": "wave-prod-redis-…" });
  });

  test("SUR-08: who sees the password of SurrealDB", () => {
    const [root, wave] = classic
      .rows("secrets")
      .filter(({ Secret }) => Secret?.includes("surreal"));
    expect(root?.["Read by"]?.split("\n")).toEqual([
      "Secret wave/surreal-credentials: SURREAL_PASS, users.surql",
      "pods of wave/surrealv1: environment variable",
      "pods of wave/surrealv1: file",
      "pods of wave/surreal-export: environment variable",
    ]);
    expect(wave?.["Read by"]?.split("\n")).toContain(
      "pods of wave/wave: environment variable",
    );
  });

  test("the exceptions and risks are those of the environment, and none is open", () => {
    const ids = (sample: typeof classic, table: string) =>
      sample.rows(table).map(({ Id }) => Id);
    expect(ids(classic, "exceptions")).toContain("EXC-18");
    expect(ids(current, "exceptions")).not.toContain("EXC-18");
    for (const sample of samples) {
      expect(ids(sample, "risks")).not.toContain("NONE");
      expect(sample.inventory.flatMap(({ failed }) => failed)).toEqual([]);
    }
  });

  test("every permission says what it is for", () => {
    for (const { rows } of samples) {
      const purposes = rows("permissions").map((row) => row.For);
      expect(purposes.length).toBeGreaterThan(10);
      expect(purposes.filter((purpose) => !purpose)).toEqual([]);
    }
  });
});

test("of the JSON alone the first page names every table that is left out", () => {
  const alone = auditSample(exampleSettings(), classic.synthesized, {
    settings: undefined,
  });
  const left = JSON_LIMITS.map(([, text]) => text).join("\n");
  const ids = (sample: typeof classic) => sample.tables.map(({ id }) => id);
  expect(
    ids(classic)
      .filter((id) => !new RegExp(`(^|[ \n])${id}[,:]`).test(left))
      .sort(),
  ).toEqual(ids(alone).sort());
  expect(alone.files["index.html"]).toContain("Left out for want of settings");
  expect(alone.tables.flatMap(({ summary = [] }) => summary)).toEqual([]);
});

test("auditing.md sends to every table, and to none that is missing", () => {
  const [, section = ""] = readFileSync(
    projectFile("docs/auditing.md"),
    "utf8",
  ).split("## Questions and answers");
  const answers = section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split(" | ")[1] ?? "");
  const named = [...answers.join().matchAll(/`([a-z-]+)`/g)].map(
    ([, id]) => id,
  );
  expect(named.sort()).toEqual(classic.tables.map(({ id }) => id).sort());
});

describe("CIS EKS 1.8.0", () => {
  test("all 50 items, once each, as many a chapter as the benchmark has", () => {
    const ids = CIS_EKS_1_8_0.map(({ id }) => id);
    expect(new Set(ids).size).toBe(50);
    const chapters = ["2.", "3.", "4.", "5."].map(
      (start) => ids.filter((id) => id.startsWith(start)).length,
    );
    expect(chapters).toEqual([2, 13, 23, 12]);
  });

  test("rules name no other item, and each item by code has a rule, or a check of checkov's", () => {
    const named = rules
      .flatMap(({ externalIds }) => externalIds)
      .filter((name) => name.startsWith("CIS-EKS "))
      .map((name) => name.slice("CIS-EKS ".length));
    const byCode = CIS_EKS_1_8_0.filter(({ by }) => by === "code");
    const scanned = byCode.filter(({ checks = [] }) => checks.length > 0);
    expect(
      [...new Set([...named, ...scanned.map(({ id }) => id)])].sort(),
    ).toEqual(byCode.map(({ id }) => id).sort());
  });

  test("at least 30 of 50 by code with builds, none unexplained", () => {
    const met = (sample: typeof classic, pattern: RegExp) =>
      sample.rows("cis").filter(({ Met = "" }) => pattern.test(Met)).length;
    for (const sample of [classic, current])
      expect(met(sample, /^by code/)).toBeGreaterThanOrEqual(30);
    for (const sample of samples) expect(met(sample, /NOT/)).toBe(0);
    expect(
      CIS_EKS_1_8_0.filter(({ by, note }) => by === "operator" && note === ""),
    ).toEqual([]);
  });
});
