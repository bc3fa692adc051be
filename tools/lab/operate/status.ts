import { requireWave } from "../../../modules/schema";
import { namesOf } from "../../../modules/lib/names";
import { clusterNameOf } from "../../../modules/core/cluster/cluster";
import { postgresName } from "../../../modules/wave/stores/postgres-names";
import { type Row } from "../../operate/status/part";
import { type Report } from "../../operate/status/report";
import { queryCall, restCall } from "../aws/client";
import { adminKey } from "../kube/principals";
import { type Lab } from "../lab";
import { sleep, until } from "../system/process";
import { waveEks } from "./command";

/** One of `access.admins`, with the policy view: nobody of AWS asks what it may read. */
const asReader = { AWS_ACCESS_KEY_ID: adminKey(0) };

interface Seen {
  readonly code: number;
  readonly report: Report | undefined;
  readonly wrong: readonly Row[];
  /** What Terraform says of each stack. */
  readonly drift: readonly Row[];
  readonly notAsked: readonly string[];
  readonly text: string;
}

async function statusOf(
  lab: Lab,
  options: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Seen> {
  const { code, json, text } = await waveEks(
    lab,
    ["status", "--json", ...options],
    env,
  );
  const report = json as Report | undefined;
  const parts = report?.parts ?? [];
  return {
    code,
    report,
    wrong: parts.flatMap(({ rows }) =>
      rows.filter(({ standing }) => standing === "wrong"),
    ),
    drift: parts
      .filter(({ part }) => part.startsWith("drift of"))
      .flatMap(({ rows }) => rows),
    notAsked: parts.flatMap(({ part, notAsked: why }) =>
      why === undefined ? [] : [`${part}: ${why}`],
    ),
    text,
  };
}

const told = (rows: readonly Row[]): string =>
  rows.map(({ what, found }) => `${what}: ${found}`).join("; ");

/** Before the first deploy nothing stands, and nothing is wrong. */
export async function checkNothingStands(lab: Lab): Promise<void> {
  await lab.stateBucket;
  const { code, report, text } = await statusOf(lab, []);
  lab.report.check(
    "status: an environment that was never deployed is no fault",
    code === 0 && report?.deployed === false,
    report?.deployed === false ? "" : text.slice(-500),
  );
}

/** `status` of an environment that is right, and of the same one with troubles. */
export async function checkStatus(lab: Lab): Promise<void> {
  const { report } = lab;
  const right = await statusOf(lab, ["--no-drift"], asReader);
  report.check(
    "status: nothing is wrong with an environment that is right",
    right.code === 0 &&
      right.report?.deployed === true &&
      right.wrong.length === 0,
    right.code === 0 ? "" : told(right.wrong) || right.text.slice(-500),
  );
  report.check(
    "status: a reader is told everything",
    right.notAsked.length === 0,
    right.notAsked.join("; "),
  );
  await checkDrift(lab);
  const mend = await makeTrouble(lab);
  const { code, wrong } = await statusOf(lab, ["--no-drift"], asReader);
  const all = told(wrong);
  report.check("status: troubles end it with 1", code === 1, all);
  for (const [trouble, words] of TROUBLES)
    report.check(`status: names ${trouble}`, words.test(all), all);
  const { drift } = await statusOf(lab, []);
  report.check(
    "status: names what was changed behind Terraform's back, and its stack",
    drift.some(
      ({ what, found, standing }) =>
        what === "drift of data" &&
        found.startsWith("aws_db_instance.") &&
        standing === "wrong",
    ),
    told(drift),
  );
  await mend();
  await checkDrift(lab);
}

/** Who deploys may ask for every stack. */
async function checkDrift(lab: Lab): Promise<void> {
  const { drift, text } = await statusOf(lab, []);
  lab.report.check(
    "status: an environment that nobody has touched has no drift",
    drift.length === lab.stacks.length &&
      drift.every(({ found }) => found === "none"),
    drift.length > 0 ? told(drift) : text.slice(-500),
  );
}

const TROUBLES: readonly (readonly [string, RegExp])[] = [
  ["an alarm", /alarm \S+-lab-trouble: made by hand/],
  [
    "an old image of nodes",
    /node group \S+: image \S+-20250701, \d+ days old, and/,
  ],
  [
    "a database without backups",
    /point in time of database \S+: backups are off/,
  ],
  ["a build that failed", /build \S+\/failed-build: Failed/],
];

/** @returns what takes it away again. */
async function makeTrouble(lab: Lab): Promise<() => Promise<void>> {
  const { aws, settings } = lab;
  const { prefix } = namesOf(settings);
  const cluster = clusterNameOf(settings);
  const alarm = `${prefix}-lab-trouble`;
  const monitoring = (action: string, parameters: Record<string, string>) =>
    queryCall(aws, "monitoring", "2010-08-01", action, parameters);
  await monitoring("PutMetricAlarm", {
    AlarmName: alarm,
    ComparisonOperator: "GreaterThanThreshold",
    EvaluationPeriods: "1",
    MetricName: "lab",
    Namespace: "lab",
    Period: "60",
    Statistic: "Sum",
    Threshold: "1",
  });
  await monitoring("SetAlarmState", {
    AlarmName: alarm,
    StateValue: "ALARM",
    StateReason: "made by hand",
  });
  const { nodegroups } = (await restCall(
    aws,
    "eks",
    "GET",
    `/clusters/${cluster}/node-groups`,
  )) as { nodegroups: string[] };
  const group = `/clusters/${cluster}/node-groups/${nodegroups[0] ?? ""}`;
  const release = (releaseVersion: string) =>
    restCall(aws, "eks", "POST", `${group}/update-version`, { releaseVersion });
  const minor = settings.cluster.version;
  await release(`${minor}.0-20250701`);
  const retention = (days: string) =>
    queryCall(aws, "rds", "2014-10-31", "ModifyDBInstance", {
      DBInstanceIdentifier: postgresName(settings),
      BackupRetentionPeriod: days,
      ApplyImmediately: "true",
    });
  await retention("0");
  const { buildNamespace } = requireWave(settings).wave;
  const pods = `/api/v1/namespaces/${buildNamespace}/pods`;
  const api = lab.workloads?.api;
  await api?.call("POST", pods, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "failed-build" },
    spec: {
      // On no node, so that nobody but this check says how it is.
      schedulerName: "nobody",
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name: "build",
          image: "registry.example.com/build:1",
          resources: {
            requests: { cpu: "10m", memory: "16Mi" },
            limits: { memory: "16Mi" },
          },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
          },
        },
      ],
    },
  });
  await api?.call("PUT", `${pods}/failed-build/status`, {
    ...((await api.call("GET", `${pods}/failed-build`)) as object),
    status: { phase: "Failed", reason: "Evicted" },
  });
  return async () => {
    await monitoring("DeleteAlarms", { "AlarmNames.member.1": alarm });
    await release(`${minor}.0-20260101`);
    // RDS changes nothing while it still makes the last change.
    await until("the change of the database", 120, () =>
      retention("7").then(
        () => true,
        () => undefined,
      ),
    );
    await api?.call("DELETE", `${pods}/failed-build?gracePeriodSeconds=0`);
    // Both changes take the emulator some seconds.
    await sleep(10_000);
  };
}
