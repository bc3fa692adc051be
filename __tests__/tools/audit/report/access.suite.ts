import { graphOf } from "../../../../tools/audit/graph";
import { accessTable } from "../../../../tools/audit/report/access";
import { synthesize } from "../../../../tools/audit/synthesized";
import { type Table } from "../../../../tools/audit/report/table";
import { type Settings } from "../../../../modules/schema";
import {
  currentSettings,
  deliverySettings,
  exampleSettings,
} from "../../../support/settings";
import { rowsOf } from "./audits";

type Stacks = ReturnType<typeof synthesize>;

const texts = new Map<Settings, string>();

/** The table, after a change of the JSON's text where one is given. */
function tableOf(settings: Settings, change?: (text: string) => string): Table {
  const before = texts.get(settings) ?? JSON.stringify(synthesize(settings));
  texts.set(settings, before);
  const after = change?.(before) ?? before;
  if (change !== undefined) expect(after).not.toBe(before);
  return accessTable(graphOf(JSON.parse(after) as Stacks), settings);
}

const BUILDS = "ECR repository wave-prod/build";
const current = currentSettings();

const cell = (table: Table, asset: string, column: string): string[] =>
  rowsOf(table)
    .find(({ Asset }) => Asset === asset)
    ?.[column]?.split("\n") ?? ["no such row"];

const NODE =
  "the nodes of all pods named here (their kubelets, pods of chart aws-efs-csi-driver, pods of add-on amazon-cloudwatch-observability)";

test("who deletes or overwrites build images", () => {
  const table = tableOf(current);
  expect(cell(table, BUILDS, "Write")).toEqual([
    "wave-prod-euc1-wave-ecr (pods wave/wave-sa): PutImage",
    "wave-deployer: by changing these roles",
    "wave-deployer: as cluster administrator, in these pods",
    NODE,
    "users: by a login that wave/wave-sa gives to builds in wave-build",
    "whoever has the password of Redis: by logins that Wave keeps there",
    "whoever else holds the login to push: table secrets",
    "overwrites: tags are mutable",
  ]);
  expect(cell(table, BUILDS, "Delete")).toEqual([
    "wave-deployer: DeleteRepository",
    "account (root, IAM): BatchDeleteImage, DeleteRepository",
    "ECR by its lifecycle policy: Remove untagged images",
  ]);
  expect(table.summary?.[0]).toBe(
    `ECR repository wave-prod/build: deleted by wave-deployer, account (root, IAM), ECR by its lifecycle policy; overwritten, as tags are mutable, by wave-prod-euc1-wave-ecr (pods wave/wave-sa), ${NODE}, whoever else holds the login to push, wave-deployer (by changing these roles), wave-deployer (as cluster administrator, in these pods), users (by a login that wave/wave-sa gives to builds in wave-build), whoever has the password of Redis (by logins that Wave keeps there); wave-deployer, account (root, IAM) can change its policies.`,
  );
});

test("who may make pods in a namespace may be what their role may", () => {
  expect(cell(tableOf(exampleSettings()), BUILDS, "Write")).toEqual(
    expect.arrayContaining([
      "wave-prod-euc1-wave-build (pods wave-build/wave-build-sa): PutImage",
      "wave/wave-sa: by making pods in wave-build",
      "wave-build/wave-build-sweep: by changing pods in wave-build",
      "users: as their build steps run in pods of wave-build",
    ]),
  );
});

test.each<[string, string, (text: string) => string, string[], string[]]>([
  [
    "a right that is gone",
    "Write",
    (text) => text.replaceAll("ecr:PutImage", "ecr:ListImages"),
    ["account (root, IAM): PutImage"],
    ["wave-prod-euc1-wave-ecr (pods wave/wave-sa): PutImage"],
  ],
  [
    "tags that stay",
    "Write",
    (text) => text.replaceAll('"MUTABLE"', '"IMMUTABLE"'),
    [],
    ["overwrites: tags are mutable"],
  ],
  [
    "a right more",
    "Delete",
    (text) => text.replaceAll("ecr:PutImage", "ecr:BatchDeleteImage"),
    ["wave-prod-euc1-wave-ecr (pods wave/wave-sa): BatchDeleteImage"],
    ["account (root, IAM): BatchDeleteImage, DeleteRepository"],
  ],
  [
    "a lifecycle policy of another repository",
    "Delete",
    (text) =>
      text.replaceAll(
        '"repository":"${aws_ecr_repository.build-repository.name}"',
        '"repository":"elsewhere"',
      ),
    [],
    ["ECR by its lifecycle policy: Remove untagged images"],
  ],
  [
    "another administrator of the cluster",
    "Write",
    (text) =>
      text.replaceAll("AmazonEKSViewPolicy", "AmazonEKSClusterAdminPolicy"),
    ["platform-engineers: as cluster administrator, in these pods"],
    [],
  ],
])("%s changes %s of build images", (_, column, change, come, gone) => {
  const before = cell(tableOf(current), BUILDS, column);
  const after = cell(tableOf(current, change), BUILDS, column);
  expect(after).toEqual(expect.arrayContaining(come));
  expect(before).toEqual(expect.arrayContaining(gone));
  for (const one of come) expect(before).not.toContain(one);
  for (const one of gone) expect(after).not.toContain(one);
});

test("a bucket that lets every account in has to be looked at", () => {
  const asset = "S3 bucket wave-prod-logs-123456789012";
  const open = tableOf(current, (text) =>
    text.replaceAll(
      /\\"Effect\\":\\"Deny\\",\\"Principal\\":\{\\"AWS\\":\\"\*\\"\},\\"Action\\":\\"s3:\*\\",(.*?),\\"Condition\\":\{\\"Bool\\":\{\\"aws:SecureTransport\\":\\"false\\"\}\}/g,
      String.raw`\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},\"Action\":\"s3:*\",$1`,
    ),
  );
  expect(cell(open, asset, "Read")).toContain("ANY OTHER ACCOUNT: GetObject");
  expect(open.look).toContain(`${asset}: open to every account`);
  expect(tableOf(current).look).toEqual([]);
});

test("what lies inside of a bucket is named, and the deployer reads states and no logs", () => {
  const table = tableOf(current);
  expect(cell(table, "S3 bucket wave-prod-logs-123456789012", "Read")).toEqual([
    "wave-prod-euc1-wave-server (pods wave/wave-sa): GetObject build-logs/* build-locks/* scan-reports/*",
    "account (root, IAM): GetObject",
    "wave-deployer: by changing these roles",
    "wave-deployer: as cluster administrator, in these pods",
    NODE,
  ]);
  expect(
    cell(table, "S3 bucket wave-prod-state-123456789012", "Delete")[0],
  ).toBe("wave-deployer: DeleteObject wave/prod/*.tfstate.tflock");
});

test("a role of Kubernetes' own counts in the namespace it is bound in", () => {
  const reads = cell(
    tableOf(deliverySettings()),
    "Kubernetes: secrets",
    "Read",
  );
  expect(reads.filter((one) => one.includes("role admin in"))).toEqual(
    expect.arrayContaining([
      expect.stringContaining("role admin in api-default"),
    ]),
  );
});

test("a log group is written by streams, and each way to a key stands there", () => {
  const table = tableOf(current);
  expect(cell(table, "log group /aws/vpc/wave-prod/flow-log", "Write")).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/flow-log.*: PutLogEvents/) as string,
    ]),
  );
  expect(cell(table, "KMS key state.state-key", "Read")).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^wave-deployer: Decrypt \[.*ViaService = s3/,
      ) as string,
    ]),
  );
});

test("subscribers read a topic, and pods that mount a file system read it", () => {
  const table = tableOf(current);
  expect(cell(table, "SNS topic wave-prod-alarms", "Read")).toContain(
    "operations@example.com: by a subscription (email)",
  );
  expect(
    cell(table, "EFS file system fs-data.files.file-system", "Read"),
  ).toContain(
    "pods in wave-build that mount claim wave-build-fs, with users' build steps",
  );
});

test("what the role of nodes may do is had by who gets a pod onto a node", () => {
  const read = cell(tableOf(current), BUILDS, "Read");
  expect(read).toContain(
    "wave-deployer: as cluster administrator, by a pod on the node",
  );
  expect(read).toContain(
    "wave/wave-sa: as root on a node, by a pod in wave-build",
  );
});

test("who restores a database or copies Redis reads it, and services write what the JSON has them write", () => {
  const table = tableOf(current);
  expect(cell(table, "PostgreSQL wave-prod-postgres", "Read")).toContain(
    "wave-deployer: RestoreDBInstanceFromDBSnapshot, RestoreDBInstanceToPointInTime",
  );
  expect(cell(table, "Redis wave-prod-redis", "Read")).toContain(
    "wave-deployer: CreateSnapshot, CreateReplicationGroup",
  );
  const eks = "network/cluster/Default by enabled_cluster_log_types: audit";
  for (const [asset, writer] of [
    [
      "backup vault wave-prod-efs",
      "AWS Backup by its plan, cron(0 5 ? * * *): as role wave-prod-euc1-backup",
    ],
    ["log group /aws/eks/wave-prod-eks/cluster", eks],
    [
      "log group /aws/rds/instance/wave-prod-postgres/postgresql",
      "data/postgres/instance/Default by enabled_cloudwatch_logs_exports: postgresql",
    ],
  ] as const)
    expect(cell(table, asset, "Write")).toContain(writer);
  const silent = tableOf(current, (text) => text.replaceAll('"audit",', ""));
  expect(
    cell(silent, "log group /aws/eks/wave-prod-eks/cluster", "Write"),
  ).not.toContain(eks);
});
