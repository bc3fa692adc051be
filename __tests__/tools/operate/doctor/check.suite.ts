import { awsError } from "../../../support/fake-aws";
import { recordedTerminal } from "../../../support/terminal";
import {
  type Finding,
  NotAsked,
  examine,
} from "../../../../tools/operate/doctor/check";
import {
  printReport,
  reportOf,
  stopsDeploy,
} from "../../../../tools/operate/doctor/report";

const finding = (severity: Finding["severity"]): Finding => ({
  path: "dns.hostedZoneId",
  found: `found ${severity}`,
  fix: "mend it",
  severity,
});

const never = () => new Promise<never>(() => undefined);

test("one that fails, or takes too long, is not asked; it keeps none of the others", async () => {
  const outcomes = await examine(
    [
      { about: "fine", ask: () => Promise.resolve([]) },
      { about: "slow", ask: never },
      {
        about: "denied",
        ask: () => Promise.reject(awsError("AccessDeniedException")),
      },
      {
        about: "cut off",
        ask: () =>
          Promise.reject(Object.assign(new Error("x"), { code: "ENOTFOUND" })),
      },
      {
        about: "odd",
        ask: () => Promise.reject(awsError("ThrottlingException")),
      },
      { about: "no way", ask: () => Promise.reject(new NotAsked("a reason")) },
      { about: "wrong", ask: () => Promise.resolve([finding("stops")]) },
    ],
    20,
  );
  expect(outcomes.map(({ state }) => state)).toEqual([
    "passed",
    ...Array<string>(5).fill("not asked"),
    "found",
  ]);
  expect(reportOf("prod", outcomes).notAsked).toEqual([
    { about: "slow", why: "no answer within 0 s" },
    {
      about: "denied",
      why: "not allowed: AccessDeniedException: as AWS says it",
    },
    { about: "cut off", why: "not reached: x" },
    {
      about: "odd",
      why: "an answer that nobody expected: ThrottlingException: as AWS says it",
    },
    { about: "no way", why: "a reason" },
  ]);
});

test("what stops a deploy comes first, and each finding once", () => {
  const found = (...findings: Finding[]) =>
    ({ about: "a", state: "found", findings }) as const;
  const report = reportOf("prod", [
    found(finding("know")),
    found(finding("stops"), finding("stops")),
  ]);
  expect(report.findings).toEqual([finding("stops"), finding("know")]);
  expect(stopsDeploy(report)).toBe(true);
  expect(stopsDeploy(reportOf("prod", [found(finding("know"))]))).toBe(false);
});

test("people read setting, finding and fix, and what is not known", () => {
  const terminal = recordedTerminal({ columns: 200 });
  printReport(
    terminal,
    reportOf("prod", [
      { about: "zones", state: "passed" },
      { about: "quota", state: "not asked", why: "not allowed" },
      { about: "zone", state: "found", findings: [finding("stops")] },
    ]),
  );
  const text = terminal.printed.join("\n");
  expect(text).toMatch(/dns\.hostedZoneId +found stops +mend it/);
  expect(text).toMatch(/quota +not allowed/);
  expect(text).toContain(
    "1 checks passed, 1 findings stop a deploy, 0 are to know, 1 checks were not asked.",
  );
});
