import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { type SettingsInput } from "../../../modules/schema";
import { doctorPolicy } from "../../operate/doctor/policy";
import { type Report } from "../../operate/doctor/report";
import { awsRequest, doctorKey } from "../aws/client";
import { type LogEntry, readLog } from "../aws/request-log";
import { xmlTexts } from "../aws/xml";
import { attachDeployerPolicies, attachPolicies } from "../deployer/policies";
import { type Lab } from "../lab";
import { paths } from "../paths";
import {
  type Patch,
  environmentOf,
  labSettings,
  patched,
  writeLabSettings,
} from "../settings";
import { waveEks } from "./command";
import { startDns } from "./doctor/dns";
import { type Fault, type Ward } from "./doctor/fault";
import { FAULTS } from "./doctor/faults";

/** Longest time that the command may take, in milliseconds. */
const LONGEST = 30_000;

/**
 * Before the first deploy: nothing is found on the right account, and on the line that the faults were written for each seeded fault
 * alone, until its fix is made.
 */
export const checkDoctorBefore = (lab: Lab): Promise<void> =>
  inWard(lab, async (ward) => {
    // Moto loads a service at its first call.
    await doctor(ward);
    await expectFindings(ward, "the right account", []);
    if (lab.line !== "current") return;
    for (const fault of FAULTS) {
      await fault.seed?.(ward);
      await expectFindings(ward, fault.name, [fault], fault);
      await fault.fix?.(ward);
    }
    await expectFindings(ward, "the mended account", []);
    await expectUnreachable(ward);
    await expectDenied(ward);
  });

/** While the environment stands nothing is found. */
export const checkDoctorAfter = (lab: Lab): Promise<void> =>
  inWard(lab, (ward) => expectFindings(ward, "a deployed environment", []));

async function inWard(
  lab: Lab,
  work: (ward: Ward) => Promise<void>,
): Promise<void> {
  const dns = await startDns();
  try {
    // What deployFresh writes.
    lab.settings = writeLabSettings(lab.line, changeOf(lab));
    attachDeployerPolicies(lab.settings);
    attachPolicies([doctorPolicy(lab.settings)]);
    const xml = await awsRequest(lab.aws, "route53", {
      method: "GET",
      path: `/2013-04-01/hostedzone/${lab.hostedZoneId}`,
    });
    const zone = (xmlTexts(xml, "Name")[0] ?? "").replace(/\.$/, "");
    const nameServers = xmlTexts(xml, "NameServer");
    dns.delegations.set(zone, nameServers);
    const start = readLog(paths.requestLog).length;
    await work({ lab, dns, zone, nameServers });
    checkCalls(lab, readLog(paths.requestLog, start));
  } finally {
    dns.close();
  }
}

const changeOf = (lab: Lab) => ({
  retain: false,
  hostedZoneId: lab.hostedZoneId,
  chartRepository: lab.workloads?.chartRepository,
  patch: lab.patch,
  base: lab.base,
});

/** One run, whose findings are these and no others. */
async function expectFindings(
  ward: Ward,
  what: string,
  expected: readonly Pick<Fault, "path" | "says" | "severity">[],
  { patch, env }: Pick<Fault, "patch" | "env"> = {},
): Promise<void> {
  const { lab } = ward;
  const started = Date.now();
  const { code, json } = await doctor(ward, patch, env);
  const ms = Date.now() - started;
  const { findings = [], notAsked = [] } = (json ?? {}) as Partial<Report>;
  const matches = (path: string, found: string, severity: string): boolean =>
    expected.some(
      (one) =>
        one.path === path &&
        (one.severity ?? "stops") === severity &&
        one.says.test(found),
    );
  const said = findings.filter(({ path, found, severity }) =>
    matches(path, found, severity),
  );
  // One fault may be said of several names; another setting is a false alarm.
  const others = findings.filter(
    ({ path }) => !expected.some((one) => one.path === path),
  );
  const stops = expected.some(({ severity }) => severity === undefined);
  const passed =
    json !== undefined &&
    (expected.length === 0 ? notAsked.length === 0 : said.length > 0) &&
    others.length === 0 &&
    code === (stops ? 1 : 0) &&
    ms < LONGEST;
  lab.report.check(
    `doctor: ${what}`,
    passed,
    passed
      ? `${Math.round(ms / 1000)} s, ${notAsked.length} not asked`
      : JSON.stringify({ code, ms, said, others, notAsked }).slice(0, 3000),
  );
  if (expected.length === 0 && notAsked.length > 0)
    lab.report.progress(
      `not asked: ${notAsked.map(({ about, why }) => `${about}: ${why}`).join("; ")}`,
    );
}

/** Without a way to AWS it says so, in time. */
async function expectUnreachable(ward: Ward): Promise<void> {
  const started = Date.now();
  // Nobody listens there.
  const { code, json } = await doctor(ward, undefined, {
    AWS_ENDPOINT_URL: "http://127.0.0.1:1",
  });
  const ms = Date.now() - started;
  const { findings = [], notAsked = [] } = (json ?? {}) as Partial<Report>;
  ward.lab.report.check(
    "doctor: no way to AWS",
    code === 1 &&
      findings.some(
        ({ path, found }) => path === "AWS" && found.startsWith("not reached"),
      ) &&
      notAsked.length > 0 &&
      ms < LONGEST,
    `${Math.round(ms / 1000)} s`,
  );
}

/** What the caller may not read is no pass, and no finding. */
async function expectDenied(ward: Ward): Promise<void> {
  const { lab } = ward;
  lab.report.progress("without doctor-policy.json");
  writeFileSync(paths.deployerPolicies, "[]");
  attachDeployerPolicies(lab.settings);
  const { code, json } = await doctor(ward);
  const { findings = [], notAsked = [] } = (json ?? {}) as Partial<Report>;
  lab.report.check(
    "doctor: what is not allowed is not asked",
    code === 0 &&
      findings.length === 0 &&
      notAsked.some(({ about }) => about.startsWith("quota:")) &&
      notAsked.every(({ why }) => why.startsWith("not allowed")),
    `${notAsked.length} not asked${findings.length > 0 ? JSON.stringify(findings) : ""}`,
  );
}

/** `wave-eks doctor` on the settings of the line with something written over them. */
function doctor(
  { lab, dns }: Ward,
  patch: Patch = {},
  env: NodeJS.ProcessEnv = {},
) {
  const folder = join(paths.settings, "doctor");
  mkdirSync(folder, { recursive: true });
  const input: SettingsInput = patched(
    labSettings(lab.line, changeOf(lab)),
    patch,
  );
  writeFileSync(
    join(folder, `${environmentOf(lab.line)}.yaml`),
    stringify(input),
  );
  return waveEks(lab, ["doctor", "--json"], {
    SETTINGS_DIR: folder,
    AWS_ACCESS_KEY_ID: doctorKey,
    DNS_SERVERS: dns.address,
    // Of the range that the example admits.
    RUNNER_ADDRESS: "203.0.113.20",
    ...env,
  });
}

const READS = /^(Get|List|Describe|Head|Simulate)/;

/** All that the command asked only reads. */
function checkCalls({ report }: Lab, entries: readonly LogEntry[]): void {
  const calls = entries.filter(({ byDoctor }) => byDoctor === true);
  const changing = calls.filter(
    ({ operation, method }) =>
      !READS.test(operation) && method !== "GET" && method !== "HEAD",
  );
  report.check(
    "doctor: only reads",
    calls.length > 0 && changing.length === 0,
    changing.length === 0
      ? `${calls.length} calls`
      : [...new Set(changing.map(({ operation }) => operation))].join(", "),
  );
}
