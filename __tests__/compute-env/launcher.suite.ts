import { TerraformOutput } from "cdktf";
import { type WorkBucket } from "../../modules/compute-env/launcher-policy";
import { createLauncher } from "../../modules/compute-env/launcher";
import {
  ACCOUNT,
  NETWORK,
  documentOf,
  worldOfStack,
} from "../support/compute-env";
import { platformsSettings } from "../support/settings";
import { type Call, isAllowed } from "../support/simulate";
import { onlyResource, resourcesOf, synthOne } from "../support/synth";

type Change = NonNullable<Parameters<typeof platformsSettings>[0]>;
type Launcher = NonNullable<Change["computeEnv"]>["launcher"];

const EXTERNAL_ID = "5f9c1a52-0d7e-4a83-9b61-2c4d8e7f0a13";
const OWN_PLATFORM = `arn:aws:iam::${ACCOUNT}:role/platform`;

const stackOf = (
  computeEnv: NonNullable<Change["computeEnv"]> = {},
  scratch: WorkBucket = {},
  change: Change = {},
) =>
  synthOne((stack) => {
    const { principalArn, roleArn } = createLauncher(stack, {
      settings: platformsSettings({ ...change, computeEnv }),
      network: NETWORK,
      scratch,
      dependsOn: [],
    });
    for (const [name, value] of Object.entries({ principalArn, roleArn }))
      if (value !== undefined)
        new TerraformOutput(stack, name, { value, staticId: true });
  });
const launchedBy = (launcher: Launcher) => stackOf({ launcher });

const cloud = launchedBy({ kind: "role", externalId: EXTERNAL_ID });
const own = launchedBy({
  kind: "role",
  trust: { principalArn: OWN_PLATFORM },
  externalId: "none",
});

const ROLE = `arn:aws:iam::${ACCOUNT}:role/pipelines-prod-euc1-tower-launcher`;
const session = (account: string, role: string) =>
  `arn:aws:sts::${account}:assumed-role/${role}/session`;
const SEQERA = session("161471496260", "SeqeraPlatformCloudAccessRole");

describe("who takes the role", () => {
  const assume = (as: string, externalId?: string): Call => ({
    as,
    does: "sts:AssumeRole",
    to: ROLE,
    with: externalId === undefined ? {} : { "sts:ExternalId": externalId },
  });
  const tag = (as: string): Call => ({ as, does: "sts:TagSession", to: ROLE });

  test.each([
    ["Seqera Cloud with the external id", assume(SEQERA, EXTERNAL_ID), true],
    ["Seqera Cloud tags its session", tag(SEQERA), true],
    ["Seqera Cloud for another customer", assume(SEQERA, "another"), false],
    [
      "Seqera Cloud for a customer whose id holds ours",
      assume(SEQERA, `x${EXTERNAL_ID}x`),
      false,
    ],
    [
      "Seqera Cloud with the id in capitals",
      assume(SEQERA, EXTERNAL_ID.toUpperCase()),
      false,
    ],
    ["Seqera Cloud without an external id", assume(SEQERA), false],
    [
      "another role of Seqera's account",
      assume(session("161471496260", "other"), EXTERNAL_ID),
      false,
    ],
    ["a stranger who knows the id", assume("stranger", EXTERNAL_ID), false],
    ["a stranger tags a session", tag("stranger"), false],
    ["an administrator of this account", assume("admin", EXTERNAL_ID), false],
  ])("T-11: of Seqera Cloud: %s", async (_, call, expected) => {
    expect(await isAllowed(worldOfStack(cloud), call)).toBe(expected);
  });

  test.each([
    ["its role", assume(session(ACCOUNT, "platform")), true],
    ["its role tags the session", tag(session(ACCOUNT, "platform")), true],
    ["Seqera Cloud", assume(SEQERA, EXTERNAL_ID), false],
    ["another role of the account", assume(session(ACCOUNT, "x")), false],
    ["a stranger", assume("stranger"), false],
  ])(
    "T-11: of a Platform of one's own, without external id: %s",
    async (_, call, expected) => {
      expect(await isAllowed(worldOfStack(own), call)).toBe(expected);
    },
  );

  test("T-11: a Platform of one's own may have an external id too", async () => {
    const world = worldOfStack(
      launchedBy({
        kind: "role",
        trust: { principalArn: OWN_PLATFORM },
        externalId: "ours",
      }),
    );
    const platform = session(ACCOUNT, "platform");
    expect(await isAllowed(world, assume(platform, "ours"))).toBe(true);
    expect(await isAllowed(world, assume(platform))).toBe(false);
  });

  test("T-11: no keys are made, for nobody", () => {
    for (const stack of [
      cloud,
      own,
      launchedBy({ kind: "user", arn: `arn:aws:iam::${ACCOUNT}:user/tower` }),
    ])
      expect(JSON.stringify(stack)).not.toContain("aws_iam_access_key");
  });

  test("T-11: name, path and boundary follow the settings", () => {
    const stack = stackOf(
      {},
      {},
      {
        iam: {
          path: "/apps/",
          permissionsBoundaryArn: `arn:aws:iam::${ACCOUNT}:policy/boundary`,
        },
      },
    );
    expect(onlyResource(stack, "aws_iam_role")).toMatchObject({
      name: "pipelines-prod-euc1-tower-launcher",
      path: "/apps/",
      permissions_boundary: `arn:aws:iam::${ACCOUNT}:policy/boundary`,
    });
  });
});

describe("what the role may do", () => {
  const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/data`;
  const s3 = "arn:aws:s3:::";
  const policyOf = (...args: Parameters<typeof stackOf>) =>
    documentOf(onlyResource(stackOf(...args), "aws_iam_role_policy").policy);
  const sidsOf = (...args: Parameters<typeof stackOf>) =>
    policyOf(...args).Statement.map(({ Sid }) => Sid);
  const full = stackOf(
    {
      s3: {
        workBucket: "work-files",
        dataBuckets: ["data-a", "data-b"],
        listAllBuckets: true,
        kmsKeyArns: [KEY],
      },
    },
    {},
  );

  test("T-09: it lists clusters, and describes one; nothing else by default", () => {
    expect(policyOf().Statement).toEqual([
      expect.objectContaining({
        Action: "eks:ListClusters",
        Resource: "*",
      }),
      expect.objectContaining({
        Action: "eks:DescribeCluster",
        Resource: NETWORK.clusterArn,
      }),
    ]);
  });

  test("T-10, T-25: each part of s3 adds its statements, and no other part's", () => {
    const base = ["ListClusters", "OneCluster"];
    expect(sidsOf({ s3: { workBucket: "work-files" } })).toEqual([
      ...base,
      "ListWorkFiles",
      "ReadWorkFiles",
    ]);
    expect(sidsOf({ s3: { dataBuckets: ["data-a"] } })).toEqual([
      ...base,
      "DataBuckets",
      "DataObjects",
    ]);
    expect(sidsOf({ s3: { listAllBuckets: true } })).toEqual([
      ...base,
      "ListBuckets",
    ]);
    expect(
      sidsOf({ s3: { workBucket: "work-files", kmsKeyArns: [KEY] } }),
    ).toEqual([...base, "ListWorkFiles", "ReadWorkFiles", "ReadWithKeys"]);
    expect(
      sidsOf({ s3: { dataBuckets: ["data-a"], kmsKeyArns: [KEY] } }),
    ).toEqual([...base, "DataBuckets", "DataObjects", "WriteWithKeys"]);
  });

  const does = (action: string, to: string, context = {}): Call => ({
    as: "tower-launcher",
    does: action,
    to,
    with: context,
  });
  test.each([
    ["describes the cluster", does("eks:DescribeCluster", NETWORK.clusterArn)],
    ["reads a log", does("s3:GetObject", `${s3}work-files/ab/.command.log`)],
    ["writes data", does("s3:PutObject", `${s3}data-b/x`)],
    ["lists data", does("s3:ListBucket", `${s3}data-a`)],
  ])("T-09, T-10: it %s", async (_, call) => {
    expect(await isAllowed(worldOfStack(full), call)).toBe(true);
  });

  test.each([
    [
      "describes another cluster",
      does("eks:DescribeCluster", NETWORK.clusterArn.replace("prod", "test")),
    ],
    [
      "gives somebody access to the cluster",
      does("eks:CreateAccessEntry", NETWORK.clusterArn),
    ],
    [
      "describes a cluster of this name elsewhere",
      does(
        "eks:DescribeCluster",
        NETWORK.clusterArn.replace("eu-central-1", "us-east-1"),
      ),
    ],
    ["changes a log", does("s3:PutObject", `${s3}work-files/ab/.command.log`)],
    ["reads another bucket", does("s3:GetObject", `${s3}payroll/x`)],
    ["lists another bucket", does("s3:ListBucket", `${s3}payroll`)],
    ["changes a bucket's policy", does("s3:PutBucketPolicy", `${s3}data-a`)],
    ["deletes a bucket", does("s3:DeleteBucket", `${s3}data-a`)],
    [
      "uses another key",
      does("kms:Decrypt", KEY.replace("data", "other"), {
        "kms:ViaService": "s3.eu-central-1.amazonaws.com",
      }),
    ],
    [
      "takes the role of a node",
      does(
        "sts:AssumeRole",
        `arn:aws:iam::${ACCOUNT}:role/pipelines-prod-euc1-compute-node`,
      ),
    ],
  ])("T-09, T-10: denied: it %s", async (_, call) => {
    expect(await isAllowed(worldOfStack(full), call)).toBe(false);
  });

  test("T-25: keys serve through S3 only", () => {
    expect(
      documentOf(onlyResource(full, "aws_iam_role_policy").policy).Statement,
    ).toContainEqual({
      Sid: "WriteWithKeys",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: [KEY],
      Condition: { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } },
    });
  });

  test("T-10, T-25: with Fusion it reads the logs in its prefix, by its key, and no more of the bucket", async () => {
    const stack = stackOf(
      { storage: { kind: "fusion", prefix: "runs" } },
      { bucket: "nf-work", keyArn: KEY },
    );
    const world = worldOfStack(stack);
    const log = does("s3:GetObject", `${s3}nf-work/runs/ab/.command.log`);
    const other = does("s3:GetObject", `${s3}nf-work/results/x`);
    expect(await isAllowed(world, log)).toBe(true);
    expect(await isAllowed(world, other)).toBe(false);
    expect(
      documentOf(onlyResource(stack, "aws_iam_role_policy").policy).Statement,
    ).toContainEqual(
      expect.objectContaining({ Action: "kms:Decrypt", Resource: [KEY] }),
    );
  });
});

describe("how it enters the cluster", () => {
  test("T-08: by one entry with the group, for the role, after its permissions", () => {
    const entry = onlyResource(cloud, "aws_eks_access_entry");
    expect(entry).toMatchObject({
      cluster_name: NETWORK.clusterName,
      principal_arn: "${aws_iam_role.launcher.arn}",
      type: "STANDARD",
      kubernetes_groups: ["tower-launcher"],
    });
    expect(entry).not.toHaveProperty("user_name");
    expect(entry.depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\./),
    ]);
    expect(cloud.resource).not.toHaveProperty(
      "aws_eks_access_policy_association",
    );
    expect(JSON.stringify(cloud)).not.toContain("aws-auth");
  });

  test("T-08: a user that exists gets the entry, and no role is made", () => {
    const arn = `arn:aws:iam::${ACCOUNT}:user/tower`;
    const stack = launchedBy({ kind: "user", arn });
    expect(Object.keys(stack.resource ?? {})).toEqual(["aws_eks_access_entry"]);
    expect(onlyResource(stack, "aws_eks_access_entry").principal_arn).toBe(arn);
    expect(stack.output).toMatchObject({ principalArn: { value: arn } });
    expect(stack.output).not.toHaveProperty("roleArn");
  });

  test("T-08: a name of the user only where one is given", () => {
    const stack = launchedBy({
      kind: "role",
      externalId: EXTERNAL_ID,
      compatUsername: "tower-launcher-user",
    });
    expect(
      Object.values(resourcesOf(stack, "aws_eks_access_entry")),
    ).toMatchObject([{ user_name: "tower-launcher-user" }]);
  });

  test("T-08: none: neither role nor entry", () => {
    expect(launchedBy({ kind: "none" })).not.toHaveProperty("resource");
  });
});
