import { graphOf } from "../../../../tools/audit/graph";
import { secretsTable } from "../../../../tools/audit/report/secrets";
import { synthesize } from "../../../../tools/audit/synthesized";
import { currentSettings, exampleSettings } from "../../../support/settings";
import { rowsOf } from "./audits";

type Stacks = ReturnType<typeof synthesize>;

const settings = currentSettings();
const json = JSON.stringify(synthesize(settings));

function secretsOf(change: (text: string) => string = (text) => text) {
  const stacks = JSON.parse(change(json)) as Stacks;
  const table = secretsTable(graphOf(stacks), stacks, settings);
  const rows = rowsOf(table);
  const rowOf = (secret: string) =>
    rows.find(({ Secret = "" }) => Secret.startsWith(secret));
  return {
    table,
    rowOf,
    people: (secret: string) =>
      rowOf(secret)?.["In plain text for"]?.split("\n") ?? [],
  };
}

const REDIS = "wave-prod-redis";
const NODES =
  "the nodes of all pods named here (their kubelets, pods of chart aws-efs-csi-driver, pods of add-on amazon-cloudwatch-observability)";
const STATE = "state of data: wave-deployer: GetObject";
const DUMP =
  "whoever reads a heap dump of wave/wave: /dumps/java-$(POD_NAME).hprof, on a volume that goes with the pod";

test("who sees a password: by IAM, in a state, in the cluster, on a node, in a dump", () => {
  const { people } = secretsOf();
  expect(people(REDIS)).toEqual([
    "the nodes of all pods named here (their kubelets, pods of chart aws-efs-csi-driver, pods of add-on amazon-cloudwatch-observability)",
    "wave-deployer: GetSecretValue",
    "account (root, IAM): GetSecretValue",
    STATE,
    "state of data: account (root, IAM): GetObject",
    "wave-deployer: AmazonEKSClusterAdminPolicy",
    "wave/wave-sa: as root on a node, by a pod in wave-build",
    DUMP,
  ]);
  expect(people("wave-prod-postgres")).not.toContain(STATE);
  expect(people("wave/cr.seqera.io")).toContain(
    "wave-deployer: GetSecretValue",
  );
  expect(people("wave/cr.seqera.io")).not.toContain(DUMP);
});

test.each<[string, (text: string) => string, string]>([
  [
    "no heap dump",
    (text) => text.replaceAll("-XX:+HeapDumpOnOutOfMemoryError", ""),
    DUMP,
  ],
  [
    "a build namespace that takes nothing privileged",
    (text) => text.replaceAll('enforce":"privileged"', 'enforce":"baseline"'),
    "wave/wave-sa: as root on a node, by a pod in wave-build",
  ],
  [
    "a deployer who does not read states",
    (text) =>
      text
        .replaceAll("ReadAndWriteState", "X")
        .replaceAll(
          String.raw`\"s3:GetObject\",\"s3:PutObject\"`,
          String.raw`\"s3:PutObject\"`,
        ),
    STATE,
  ],
])("%s: one reader less", (_, change, gone) => {
  expect(secretsOf().people(REDIS)).toContain(gone);
  expect(secretsOf(change).people(REDIS)).not.toContain(gone);
});

test("an administrator more of the cluster is a reader more", () => {
  const { people } = secretsOf((text) =>
    text.replaceAll("AmazonEKSViewPolicy", "AmazonEKSEditPolicy"),
  );
  expect(people(REDIS)).toContain("platform-engineers: AmazonEKSEditPolicy");
});

test("every secret has its sentence: who mounts it, and that the kubelet alone sees the login of a pull", () => {
  const { table } = secretsOf();
  for (const [name = ""] of table.rows)
    expect(table.summary?.join("\n")).toContain(`${name}: `);
  const pull = table.summary?.find((one) =>
    one.startsWith("wave/cr.seqera.io"),
  );
  expect(pull).toMatch(
    /^wave\/cr\.seqera\.io: the nodes of all pods named here /,
  );
  expect(pull).not.toContain("pods of wave");
});

test("what charts make and the login of builds have rows, which go with their cause", () => {
  const login = "login to ECR, as role wave-prod-euc1-wave-ecr, which may push";
  const { rowOf } = secretsOf();
  expect(rowOf(login)?.["Read by"]).toContain(
    "jobs that it makes in wave-build",
  );
  expect(rowOf("aws-load-balancer-controller: ")?.["Kept in"]).toBe(
    "Secrets aws-load-balancer-tls and sh.helm.release.v1.*, which keep what Helm has made, namespace kube-system",
  );
  expect(rowOf("amazon-cloudwatch-observability: ")).toMatchObject({
    "Kept in":
      "Secret amazon-cloudwatch-observability-controller-manager-service-cert, namespace amazon-cloudwatch",
    "In plain text for": expect.stringContaining(
      "account (root, IAM): by an access entry",
    ) as string,
  });
  const changed = secretsOf((text) =>
    text
      .replaceAll("ecr:PutImage", "ecr:ListImages")
      .replaceAll('"chart":"aws-load-balancer-controller"', '"chart":"x"')
      .replaceAll('"addon_name":"amazon-cloudwatch', '"addon_name":"x'),
  );
  expect(changed.rowOf("amazon-cloudwatch-observability: ")).toBeUndefined();
  expect(changed.rowOf(login)).toBeUndefined();
  expect(changed.rowOf("aws-load-balancer-controller: ")).toBeUndefined();
});

test("a login of builds is had by who changes the role, works in its pods, or is root on a node", () => {
  const { rowOf } = secretsOf();
  const who = (row: ReturnType<typeof rowOf>) =>
    row?.["In plain text for"]?.split("\n");
  expect(who(rowOf("login to ECR, as role wave-prod-euc1-wave-ecr"))).toEqual(
    expect.arrayContaining([
      "wave-deployer: by changing these roles",
      expect.stringMatching(/^the nodes of all pods/) as string,
      "whoever has the password of Redis: its row",
      "wave/wave-sa: as root on a node, by a pod in wave-build",
      "account (root, IAM): by changing this role",
    ]),
  );
  expect(who(rowOf("aws-load-balancer-controller: "))).toContain(
    "wave/wave-sa: as root on a node, by a pod in wave-build",
  );
});

test("tokens that Wave keeps have a row with the store that they are in", () => {
  expect(
    secretsOf().rowOf("what people and Platform give Wave")?.["Kept in"],
  ).toMatch(
    /^Redis data\/redis\/replication-group\/Default, and its snapshots\n/,
  );
});

test("logins of users to registries are kept where builds are, and no longer without builds", () => {
  const { rowOf } = secretsOf();
  const row = rowOf("logins of users to registries");
  expect(row?.["Kept in"]).toMatch(
    /config\.json of each build, scan and copy in data\/files/,
  );
  expect(row?.["Read by"]).toContain("pods of builds in wave-build");
  expect(
    secretsOf((text) =>
      text.replaceAll('namespace: \\"wave-build', 'x: \\"wave-build'),
    ).rowOf("logins of users to registries"),
  ).toBeUndefined();
});

test("who reads Wave's logs reads logins, where nothing silences what prints them", () => {
  const row = "logins of users to registries";
  const reader = /whoever reads logs of pods of wave\/wave, which print logins/;
  expect(secretsOf().rowOf(row)?.["In plain text for"]).not.toMatch(reader);
  for (const name of ["scan.KubeScanStrategy", "service.CredentialServiceImpl"])
    expect(
      secretsOf((text) => text.replaceAll(name, "x")).rowOf(row)?.[
        "In plain text for"
      ],
    ).toMatch(reader);
});

test("users' code runs as the account of builds alone, beside which a job has one", () => {
  const classic = exampleSettings();
  const stacks = synthesize(classic);
  const rows = rowsOf(secretsTable(graphOf(stacks), stacks, classic));
  const people = (secret: string) =>
    rows.find(({ Secret = "" }) => Secret.startsWith(secret))?.[
      "In plain text for"
    ];
  expect(people("tokens of service account wave-build/wave-build-sa")).toMatch(
    /^users: as their build steps/m,
  );
  expect(
    people("tokens of service account wave-build/wave-build-sweep"),
  ).not.toMatch(/^users/m);
});

test("tokens of service accounts: who has them as files, and who gets them by pods, nodes and tokens of their own", () => {
  const { rowOf, people, table } = secretsOf();
  const name = "tokens of service account wave/wave-sa";
  expect(rowOf(name)).toMatchObject({
    Secret: `${name}: of Kubernetes, which makes jobs in wave-build; for role wave-prod-euc1-wave-server`,
    "Read by": "pods of wave/wave: file",
  });
  expect(people(name)).toEqual([
    "wave-deployer: as cluster administrator, in these pods",
    NODES,
    "wave-deployer: as cluster administrator, by a pod on the node",
    "wave-deployer: AmazonEKSClusterAdminPolicy",
    DUMP,
  ]);
  const csi = "tokens of service account kube-system/efs-csi-node-sa";
  expect(rowOf(csi)?.Secret).toContain("for role wave-prod-euc1-efs-csi-node");
  expect(people(csi)).toContain(
    "wave/wave-sa: as root on a node, by a pod in wave-build",
  );
  expect(
    rowOf("tokens of Kubernetes of further service accounts")?.["Read by"],
  ).toMatch(/pods of chart build-cleanup[^]*pods of add-on coredns/);
  // Its pods, which Wave makes, mount none.
  expect(
    rowsOf(table)
      .map(({ Secret }) => Secret)
      .join(),
  ).not.toContain("service account wave-build/wave-build-sa");
  const without = secretsOf((text) =>
    text.replaceAll(
      '"automount_service_account_token":true',
      '"automount_service_account_token":false',
    ),
  );
  expect(without.rowOf(name)?.Secret).toBe(
    `${name}: for role wave-prod-euc1-wave-server`,
  );
});
