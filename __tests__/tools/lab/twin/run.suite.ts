import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { passwordsOf } from "../../../../tools/lab/twin/checks/logs";
import {
  kitTemplate,
  runKit,
  shownVariables,
} from "../../../../tools/lab/twin/kit";
import { parametersOf } from "../../../../tools/lab/twin/postgres";
import { LOCK, lockedVersion, need } from "../../../../tools/lab/twin/programs";
import { pageOf } from "../../../../tools/lab/twin/record";
import { twinSettings } from "../../../../tools/lab/twin/settings";
import { Report } from "../../../../tools/lab/report";
import { readFileSync } from "node:fs";

beforeEach(() => {
  jest.spyOn(console, "log").mockImplementation(() => undefined);
});

test("the worker kit's script writes what its template shows, and a shell reads the headers as JSON", async () => {
  const folder = mkdtempSync(join(tmpdir(), "twin-kit-"));
  const { variables, mode } = await runKit(folder, {
    name: "codon",
    password: "abc123",
    url: "https://prefect.example.org/workers/api",
  });
  expect(Object.keys(variables).sort()).toEqual(
    shownVariables(kitTemplate()).sort(),
  );
  expect(JSON.parse(variables.PREFECT_CLIENT_CUSTOM_HEADERS ?? "")).toEqual({
    Authorization: `Basic ${Buffer.from("codon:abc123").toString("base64")}`,
  });
  expect(mode).toBe("600");
  rmSync(folder, { recursive: true });
});

test("the lock file has Prefect in the version of the image, and a checksum for each package", () => {
  const lock = readFileSync(LOCK, "utf8");
  expect(twinSettings().emg.images.prefect).toContain(
    `:${lockedVersion("prefect", lock)}-`,
  );
  const packages = lock.split(/\n(?=[a-z0-9])/).slice(1);
  expect(packages.length).toBeGreaterThan(50);
  for (const one of packages) expect(one).toContain("--hash=sha256:");
});

test("what needs a program that is missing is skipped, and the report says which", () => {
  const report = new Report();
  expect(need(report, "gateway", { path: "/a" }, { path: "/b" })).toEqual([
    "/a",
    "/b",
  ]);
  expect(report.checks).toEqual([]);
  need(report, "gateway", { path: "/a" }, { lacks: "nginx" });
  expect(report.checks).toEqual([
    { name: "gateway", outcome: "skipped", detail: "missing: nginx" },
  ]);
});

test("PostgreSQL gets the parameters of the stack that are not of RDS", () => {
  const parameter = [
    { name: "log_statement", value: "ddl" },
    { name: "rds.force_ssl", value: "1" },
  ];
  expect(
    parametersOf({
      resource: { aws_db_parameter_group: { a: { parameter } } },
    }),
  ).toEqual({ log_statement: "ddl" });
});

test("of a secret with fields those are looked for that are secret", () => {
  const operator = JSON.stringify({ clientId: "i", clientSecret: "s" });
  expect(passwordsOf(["generated", operator])).toEqual(["generated", "s"]);
});

test("a run is kept with every check, and its texts do not break the table", () => {
  const page = pageOf({
    date: "2026-11-28",
    seconds: 100,
    notices: ["nginx 1"],
    checks: [
      { name: "a | b", outcome: "passed", detail: "one\ntwo" },
      { name: "c", outcome: "skipped" },
    ],
  });
  expect(page).toContain("1 checks passed, 0 failed, 1 skipped, 100 s");
  expect(page).toContain("- nginx 1");
  expect(page).toContain("| a \\| b | passed | one two |");
});
