import { readFileSync } from "node:fs";
import { projectFile } from "../../../../modules/lib/project-file";
import { type StackJson, graphOf } from "../../../../tools/audit/graph";
import { dataTable } from "../../../../tools/audit/report/data";
import { synthesize } from "../../../../tools/audit/synthesized";
import { currentSettings, exampleSettings } from "../../../support/settings";
import { rowsOf } from "./audits";

const classic = synthesize(exampleSettings());
const current = synthesize(currentSettings());

type Blocks = Record<string, Record<string, Record<string, unknown>>>;

/** The table after a change of the JSON. */
function tableAfter(
  stacks: Readonly<Record<string, StackJson>>,
  change: (resources: Blocks) => void,
) {
  const copy = structuredClone(stacks);
  for (const stack of Object.values(copy)) change(stack.resource ?? {});
  const table = dataTable(graphOf(copy), (path) => `line of ${path}`);
  return {
    ...table,
    row: (path: string) => rowsOf(table).find((row) => row.Path === path) ?? {},
  };
}

const unchanged = () => undefined;
const each =
  (type: string, change: (body: Record<string, unknown>) => void) =>
  (resources: Blocks) => {
    for (const body of Object.values(resources[type] ?? {})) change(body);
  };
const without = (type: string) => (resources: Blocks) => {
  resources[type] = {};
};

const FILES = "data/files/file-system/Default";
const REDIS = "data/redis/replication-group/Default";
const POSTGRES = "data/postgres/instance/Default";
const LOGS = "data/buckets/logs/Default";

test("what AWS makes beside the stacks is named while something asks for it", () => {
  const beside = (change: (resources: Blocks) => void) =>
    tableAfter(current, change).summary?.find((one) =>
      one.startsWith("In no stack"),
    );
  expect(beside(unchanged)).toMatch(/\/aws\/efs\/utils[^]*RDSOSMetrics/);
  expect(
    beside(
      each("aws_db_instance", (body) => {
        body.monitoring_interval = 0;
      }),
    ),
  ).not.toContain("RDSOSMetrics");
  expect(beside(unchanged)).toMatch(/ContainerInsights[^;]*15 months/);
  expect(
    beside(
      each("aws_eks_addon", (body) => {
        if (body.addon_name === "amazon-cloudwatch-observability")
          body.addon_name = "coredns";
      }),
    ),
  ).not.toContain("ContainerInsights");
  expect(beside(without("aws_iam_role_policy"))).not.toContain("efs/utils");
});

test("nothing of the examples is open, without a backup, or gone without a trace", () => {
  for (const stacks of [classic, current])
    expect(tableAfter(stacks, unchanged).look).toEqual([]);
});

test("Redis names its key with the line that makes it, and what a destroy leaves", () => {
  expect(tableAfter(classic, unchanged).row(REDIS)).toMatchObject({
    Key: "data/storage-key/Default\nline of data/storage-key/Default",
    "TLS by": "transit_encryption_mode = required",
    Backup: "daily snapshots, 7 days",
    "On destroy":
      "refused: prevent_destroy\nelse deleted with its daily snapshots",
    "Left after it": "final snapshot, until somebody deletes it",
  });
});

test("what is in a store is told by what names it", () => {
  const { row } = tableAfter(current, unchanged);
  expect(row(LOGS).Holds?.split("\n")).toEqual([
    "config.yml: wave.build.logs.path",
    "config.yml: wave.build.locks.path",
    "config.yml: wave.scan.reports.path",
  ]);
  expect(row("state/state-bucket/Default").Holds).toContain(
    "Terraform state of data",
  );
  const surreal = tableAfter(classic, unchanged).row(
    "workloads/volume-surreal-pv",
  );
  expect(surreal.Holds?.split("\n")).toEqual([
    "claim wave/surreal-fs",
    "pods of wave/surrealv1",
  ]);
});

test.each<[string, (resources: Blocks) => void, string]>([
  [
    "a file system that is not encrypted",
    each("aws_efs_file_system", (body) => (body.encrypted = false)),
    `${FILES} is not encrypted.`,
  ],
  [
    "a database that is not encrypted",
    each("aws_db_instance", (body) => delete body.storage_encrypted),
    `${POSTGRES} is not encrypted.`,
  ],
  [
    "a file system that takes connections without TLS",
    without("aws_efs_file_system_policy"),
    `${FILES} does not require TLS.`,
  ],
  [
    "a bucket whose policy is gone",
    without("aws_s3_bucket_policy"),
    `${LOGS} does not require TLS.`,
  ],
  [
    "Redis that takes connections without TLS",
    each(
      "aws_elasticache_replication_group",
      (body) => (body.transit_encryption_mode = "preferred"),
    ),
    `${REDIS} does not require TLS.`,
  ],
  [
    "a database without force_ssl",
    without("aws_db_parameter_group"),
    `${POSTGRES} does not require TLS.`,
  ],
  [
    "a backup that selects nothing",
    without("aws_backup_selection"),
    `${FILES} has no backup.`,
  ],
  [
    "a database without backups",
    each("aws_db_instance", (body) => (body.backup_retention_period = 0)),
    `${POSTGRES} has no backup.`,
  ],
  [
    "a bucket without versions",
    without("aws_s3_bucket_versioning"),
    `${LOGS} has no backup.`,
  ],
])("has to be looked at: %s", (_, change, sentence) => {
  expect(tableAfter(current, change).look).toContain(sentence);
});

describe("a destroy", () => {
  const unprotected = (resources: Blocks) => {
    for (const type of Object.values(resources))
      for (const body of Object.values(type)) delete body.lifecycle;
  };

  test("is refused by prevent_destroy, stack by stack", () => {
    expect(tableAfter(classic, unchanged).summary?.[0]).toMatch(
      /^A destroy of data, .*workloads.* is refused before anything is deleted/,
    );
    expect(
      tableAfter(classic, unchanged).row("data/redis/password/Default"),
    ).toMatchObject({
      "On destroy": "refused with stack data\nelse scheduled for deletion",
      "Left after it": "30 days to restore it",
    });
    const open = tableAfter(classic, unprotected);
    expect(open.summary?.[0]).toMatch(/^Nothing refuses a destroy/);
    expect(open.row(REDIS)["On destroy"]).toBe(
      "deleted with its daily snapshots",
    );
  });

  test("that leaves nothing of a store has to be looked at", () => {
    const after = tableAfter(classic, (resources) => {
      unprotected(resources);
      each("aws_s3_bucket", (body) => (body.force_destroy = true))(resources);
      each(
        "aws_elasticache_replication_group",
        (body) => delete body.final_snapshot_identifier,
      )(resources);
    });
    expect(after.look).toEqual(
      [
        REDIS,
        "data/buckets/access-logs/bucket/Default",
        LOGS,
        "state/state-bucket/Default",
      ].map((path) => `A destroy deletes ${path}, and nothing of it is left.`),
    );
  });
});

test("what a database records, topics, queues and tables of services are stores too", () => {
  const insights = (change: (resources: Blocks) => void) =>
    rowsOf(tableAfter(current, change)).filter(({ Store = "" }) =>
      Store.startsWith("Performance Insights of"),
    );
  expect(insights(unchanged)).toMatchObject([
    { Kept: "7 days", Holds: expect.stringMatching(/^statements/) as string },
  ]);
  expect(
    insights(
      each("aws_db_instance", (body) => {
        body.performance_insights_enabled = false;
      }),
    ),
  ).toEqual([]);
  const topic = "network/alarms/Default";
  expect(tableAfter(current, unchanged).row(topic)).toMatchObject({
    Holds: "alarms of CloudWatch",
    "TLS by": "its policy",
  });
  const { row, look } = tableAfter(
    current,
    each("aws_sns_topic", (body) => {
      delete body.policy;
      delete body.kms_master_key_id;
    }),
  );
  expect(row(topic).Key).toMatch(/^AWS's key/);
  expect(look).toContain(`${topic} does not require TLS.`);
});

test("what stands beside a bucket that is left is named, as it goes first", () => {
  const gone = (change: (resources: Blocks) => void) =>
    tableAfter(current, change).summary?.find((one) =>
      one.includes("has lost what a destroy takes"),
    );
  expect(gone(unchanged)).toContain("aws_s3_bucket_public_access_block");
  expect(gone(without("aws_s3_bucket_public_access_block"))).not.toContain(
    "aws_s3_bucket_public_access_block",
  );
});

test("the bucket of states keeps its policy: the deployer has no right to delete either", () => {
  const keeps = "The bucket of states keeps its policy";
  const { summary } = tableAfter(current, unchanged);
  expect(summary?.some((one) => one.startsWith(keeps))).toBe(true);
  const policy = readFileSync(
    projectFile("policies/deployer/state-bucket.json"),
    "utf8",
  );
  expect(policy).toContain('"s3:PutBucketPolicy"');
  expect(policy).not.toContain("s3:Delete");
});

test("volumes say which folder of the file system they open", () => {
  expect(tableAfter(current, unchanged).row(FILES).Holds).toContain(
    "volume wave-build-pv: folder /wave as user 101",
  );
});

test("what AWS refuses to delete keeps what it refers to: keys, logs, secrets", () => {
  const left = (
    path: string,
    change: (resources: Blocks) => void = unchanged,
  ): string | undefined =>
    tableAfter(current, change).row(path)["Left after it"];
  const key = "data/storage-key/Default";
  const cluster = "network/cluster/Default";
  expect(left(cluster)).toBe("all of it, until its protection is off");
  expect(left("network/logs-key/Default")).toBe(
    `all of it, while ${cluster} stays`,
  );
  expect(left(key)).toMatch(/^all of it, while /);
  const free = (resources: Blocks): void => {
    each("aws_ecr_repository", (body) => {
      body.force_delete = true;
    })(resources);
    each("aws_backup_vault", (body) => {
      body.force_destroy = true;
    })(resources);
    each("aws_db_instance", (body) => {
      body.deletion_protection = false;
    })(resources);
  };
  const others = (change: (resources: Blocks) => void): string | undefined =>
    tableAfter(current, change).summary?.find((one) =>
      one.startsWith("Left with"),
    );
  expect(others(unchanged)).toBe(
    `Left with what AWS made it for: the security group that EKS made for ${cluster}, the default security group of network/vpc/Default.`,
  );
  expect(
    others(
      each("aws_eks_cluster", (body) => {
        body.deletion_protection = false;
      }),
    ),
  ).not.toContain("EKS made");
  expect(left(key, free)).toBe("30 days to restore it");
  expect(tableAfter(current, free).summary?.join()).toMatch(
    /The same destroy schedules [^.]*data\/storage-key/,
  );
});
