import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import {
  type Evidence,
  isProof,
  keepEvidence,
  newestProof,
  redactor,
} from "../../../../tools/operate/prove/evidence";
import { openTarget } from "../../../../tools/operate/target";

const { settings } = openTarget("example", {});

const evidence: Evidence = {
  date: "2027-01-02",
  commit: "abc",
  level: "aws",
  program: "Terraform 1.11.4",
  region: "eu-central-1",
  resources: { network: 70 },
  steps: [
    { step: "deploy", outcome: "passed", detail: "4 stacks", seconds: 9 },
  ],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evidence-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("account, host, addresses, names and ARNs are not kept", () => {
  const detail = [
    settings.accountId,
    settings.wave?.hostname,
    "mail.example.com",
    "arn:aws:s3:::some-bucket",
    "arn:aws:iam::123456789012:role/x",
    "wave-prod-postgres",
    "203.0.113.10",
  ].join(" ");
  const step = { ...evidence.steps[0], step: "x", outcome: "failed", detail };
  const file = keepEvidence(
    { ...evidence, steps: [step as Evidence["steps"][number]] },
    redactor(settings),
    folder,
  );
  const kept = readFileSync(file, "utf8");
  expect(kept).not.toMatch(/123456789012|example\.com|arn:|wave-prod|203\.0/);
  expect(kept).toContain("<account> <host> mail.<domain> <arn> <arn>");
});

test("the newest proof of a level is one in which nothing failed", () => {
  const same = (text: string): string => text;
  const keep = (date: string, change: Partial<Evidence> = {}): string =>
    basename(keepEvidence({ ...evidence, date, ...change }, same, folder));
  expect(newestProof("aws", folder)).toBeUndefined();
  expect(keep("2027-01-02")).toBe("2027-01-02-aws.json");
  keep("2027-01-05", { level: "emulated" });
  keep("2027-01-04", {
    steps: [{ step: "deploy", outcome: "failed", detail: "", seconds: 1 }],
  });
  expect(newestProof("aws", folder)?.file).toBe("2027-01-02-aws.json");
});

test("what was not run is no failure", () => {
  const steps = evidence.steps.map((step) => ({
    ...step,
    outcome: "not run" as const,
  }));
  expect(isProof({ ...evidence, steps })).toBe(true);
});
