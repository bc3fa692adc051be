import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { toBeValidSarifLog } from "@microsoft/jest-sarif";
import { type Log, type Result } from "sarif";
import { readFileSync } from "node:fs";
import { laneOf } from "../../../../modules/core/versions/lanes";
import { projectFile } from "../../../../modules/lib/project-file";
import { readExceptions } from "../../../../tools/audit/exceptions";
import { currentSettings, exampleSettings } from "../../../support/settings";
import { auditSample } from "./audits";

expect.extend({ toBeValidSarifLog });

const lock = readFileSync(projectFile("package-lock.json"), "utf8");
const approvals = {
  text: "",
  entries: { "EXC-22": { approver: "Ben", approved: "2026-01-01" } },
};
const classic = auditSample(exampleSettings(), undefined, { lock, approvals });
const DIGEST = `sha256:${"ab".repeat(32)}`;
const current = auditSample(
  currentSettings({
    wave: { images: { singularityInit: `docker.io/busybox:1.37@${DIGEST}` } },
  }),
);

interface Sbom {
  readonly components: readonly Readonly<
    Record<"type" | "name" | "version", string> & {
      purl?: string;
      hashes?: { content: string }[];
      licenses?: object[];
      properties?: object[];
    }
  >[];
}
const textOf = (name: string, sample = classic): string =>
  sample.files[name] ?? "";
const { components } = JSON.parse(textOf("sbom.cdx.json")) as Sbom;
const named = (name: string) => components.find((one) => one.name === name);

test("the bill of materials is CycloneDX 1.6, each component once", async () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  for (const sample of [classic, current])
    expect(await validator.validate(textOf("sbom.cdx.json", sample))).toBe(
      null,
    );
  const names = components.map(
    ({ name, version, purl = `${name} ${version}` }) => purl,
  );
  expect(new Set(names).size).toBe(names.length);
});

test("it has every image, chart and add-on, cluster, providers, programs and packages", () => {
  const cells = (table: string, column: string): string[] =>
    classic.rows(table).map((row) => row[column] ?? "");
  const images = components.filter(({ type }) => type === "container");
  expect(
    images.map(({ name, version }) => `${name}:${version}`).sort(),
  ).toEqual([...new Set(cells("images", "Image"))].sort());
  const names = components.map(({ name }) =>
    name.replace("provider hashicorp/", "provider "),
  );
  expect(
    cells("versions", "What").filter(
      (what) =>
        !names.includes(what) && !cells("images", "What").includes(what),
    ),
  ).toEqual([]);
  expect(named("Amazon EKS")?.version).toMatch(/^1\.\d\d$/);
  expect(named("EKS add-on vpc-cni")).not.toHaveProperty("version");
  expect(named("Terraform provider hashicorp/aws")?.version).toBe(
    laneOf().providers.aws,
  );
});

test("an image is named by its digest, and one of Docker's own by its full name", () => {
  const { components: found } = JSON.parse(
    textOf("sbom.cdx.json", current),
  ) as Sbom;
  expect(found.map(({ purl }) => purl)).toContain(
    `pkg:oci/busybox@${DIGEST}?repository_url=docker.io%2Flibrary%2Fbusybox&tag=1.37`,
  );
});

test("a package has its sum, its licence and whether it is for development", () => {
  const { packages } = JSON.parse(lock) as {
    packages: Record<string, { version: string; integrity: string }>;
  };
  const { version, integrity } = packages["node_modules/yaml"] ?? {};
  expect(named("yaml")).toEqual({
    type: "library",
    name: "yaml",
    version,
    purl: `pkg:npm/yaml@${String(version)}`,
    hashes: [
      {
        alg: "SHA-512",
        content: Buffer.from(
          String(integrity).replace("sha512-", ""),
          "base64",
        ).toString("hex"),
      },
    ],
    licenses: [{ license: { id: "ISC" } }],
  });
  expect(named("@swc/core")).toMatchObject({
    purl: expect.stringMatching(/^pkg:npm\/%40swc\/core@/) as string,
    properties: [{ name: "cdx:npm:package:development", value: "true" }],
  });
});

const resultsOf = (sample = classic): Result[] =>
  (JSON.parse(textOf("findings.sarif", sample)) as Log).runs[0]?.results ?? [];

test("the findings are SARIF 2.1.0, with every rule that judged something", () => {
  for (const sample of [classic, current]) {
    const log = JSON.parse(textOf("findings.sarif", sample)) as Log;
    expect(log).toBeValidSarifLog();
    const rules = log.runs[0]?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(
      sample
        .rows("rules")
        .filter(({ Judged }) => Judged !== "0")
        .map(({ Rule }) => Rule),
    );
    for (const { ruleId, ruleIndex } of resultsOf(sample))
      expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId);
  }
});

test("what breaks a rule names its resource, the line that makes it, and the exception that somebody accepted", () => {
  const broken = resultsOf();
  const pairs = broken.map(
    ({ ruleId, locations: [at] = [] }) =>
      `${String(ruleId)} ${String(at?.logicalLocations?.[0]?.fullyQualifiedName)}`,
  );
  const counts = classic.rows("rules").map(({ Broken }) => Number(Broken));
  expect(new Set(pairs).size).toBe(counts.reduce((sum, one) => sum + one));
  const all = broken.flatMap(({ suppressions = [] }) => suppressions);
  expect(all.length).toBeGreaterThan(10);
  expect(new Set(all.map(({ status }) => status)).size).toBe(2);
  for (const { status, justification = "", properties } of all) {
    const entry = readExceptions().find(({ id }) => id === properties?.id);
    expect(justification).toContain(entry?.reason);
    expect(status).toBe(entry?.id === "EXC-22" ? "accepted" : "underReview");
  }
  for (const {
    locations: [at] = [],
    relatedLocations: [made] = [],
  } of broken) {
    const { uri = "" } = at?.physicalLocation?.artifactLocation ?? {};
    expect(Object.keys(classic.files)).toContain(uri);
    expect(made?.physicalLocation?.artifactLocation?.uri).toMatch(
      /^modules\/.+\.ts$/,
    );
    expect(made?.physicalLocation?.region?.startLine).toBeGreaterThan(0);
  }
});

test("on another day an exception has ended and suppresses nothing, and the bill of materials is the same", () => {
  const late = auditSample(exampleSettings(), classic.synthesized, {
    lock,
    approvals,
    day: "2099-01-01",
  });
  const states = resultsOf(late).flatMap(({ suppressions = [] }) =>
    suppressions.map(({ status }) => status),
  );
  expect(new Set(states)).toEqual(new Set(["underReview"]));
  // Nothing but the day differs: no serial number, no time.
  expect(
    textOf("sbom.cdx.json", late).replace("2099-01-01", "2026-01-02"),
  ).toBe(textOf("sbom.cdx.json"));
});
