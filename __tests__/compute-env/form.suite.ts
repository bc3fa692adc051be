import { type FormInputs, notesOf } from "../../modules/compute-env/form";
import { STORAGES, withComputeEnv } from "../support/compute-env";
import { type SettingsChange, platformsSettings } from "../support/settings";

const ROLE =
  "arn:aws:iam::123456789012:role/pipelines-prod-euc1-tower-launcher";
const inputs: FormInputs = {
  scratch: { bucket: "my-bucket" },
  launcher: { roleArn: ROLE, principalArn: ROLE },
  network: {
    clusterEndpoint: "https://api.example.com",
    clusterCertificateAuthority: "Y2E=",
  },
  waveUrl: undefined,
};

const notes = (
  change: SettingsChange = {},
  more: Partial<FormInputs> = {},
): Readonly<Record<string, unknown>> => ({
  ...notesOf(platformsSettings(change), { ...inputs, ...more }),
});
const formOf = (
  change: SettingsChange = {},
  more: Partial<FormInputs> = {},
): Readonly<Record<string, unknown>> =>
  JSON.parse(String(notes(change, more).form)) as Record<string, unknown>;

test("T-15, T-16: one output for each field of the form, with a file system", () => {
  expect(notes()).toMatchObject({
    clusterName: "pipelines-prod-eks",
    region: "eu-central-1",
    namespace: "tower-nf",
    headServiceAccount: "tower-launcher-sa",
    computeServiceAccount: "tower-job-sa",
    storageMode: "efs",
    storageClaim: "tower-scratch",
    storageMountPath: "/scratch",
    workDir: "/scratch",
    launcherRoleArn: ROLE,
    clusterEndpoint: "https://api.example.com",
    clusterCertificateAuthority: "Y2E=",
  });
});

test("T-15, T-29: the form has the same values, under the names of Platform's API", () => {
  const made = notes();
  expect(formOf()).toEqual({
    discriminator: "eks-platform",
    region: made.region,
    clusterName: made.clusterName,
    namespace: made.namespace,
    headServiceAccount: made.headServiceAccount,
    computeServiceAccount: made.computeServiceAccount,
    storageClaimName: made.storageClaim,
    storageMountPath: made.storageMountPath,
    workDir: made.workDir,
    waveEnabled: false,
    fusion2Enabled: false,
    nextflowConfig: made.nextflowConfig,
    headPodSpec: made.headPodSpec,
  });
});

test("T-16: the work directory is a folder of the mount, where one is named", () => {
  const storage = { mountPath: "/mnt/work", workDir: "/mnt/work/nextflow" };
  expect(
    notes({ computeEnv: { storage: { kind: "efs", ...storage } } }),
  ).toMatchObject({ storageMountPath: "/mnt/work", workDir: storage.workDir });
  expect(
    notes({
      computeEnv: { storage: { kind: "efs", mountPath: "/mnt/work" } },
    }).workDir,
  ).toBe("/mnt/work");
});

test("T-16, T-29: with Fusion the work directory is the folder of the bucket, and nothing is mounted", () => {
  for (const storage of [STORAGES.fusion, STORAGES.privileged]) {
    const change = {
      computeEnv: { storage: { ...storage, prefix: "runs/work" } },
    };
    const { storageClaim, storageMountPath, workDir } = notes(change);
    expect([storageClaim, storageMountPath, workDir]).toEqual([
      undefined,
      undefined,
      "s3://my-bucket/runs/work",
    ]);
    const form = formOf(change);
    expect(form).toMatchObject({
      workDir: "s3://my-bucket/runs/work",
      waveEnabled: true,
      fusion2Enabled: true,
    });
    expect(form).not.toHaveProperty("storageClaimName");
  }
});

test("T-26: a claim of somebody else is named", () => {
  expect(notes({ computeEnv: { storage: STORAGES.claim } })).toMatchObject({
    storageClaim: "my-fsx-claim",
    storageMode: "claim",
  });
});

test("T-28: with Wave in the environment it is switched on, and its address is there", () => {
  const waveUrl = "https://wave.example.com";
  expect(notes({}, { waveUrl }).waveUrl).toBe(waveUrl);
  expect(formOf({}, { waveUrl }).waveEnabled).toBe(true);
});

test("T-29: head and tasks learn of the proxy by variables", () => {
  const { environment } = formOf({
    network: { proxy: { url: "http://proxy.example.com:3128" } },
  });
  expect(environment).toContainEqual({
    name: "HTTPS_PROXY",
    value: "http://proxy.example.com:3128",
    head: true,
    compute: true,
  });
});

test.each([
  [
    "a node group",
    { minSize: 1 },
    {
      nodeSelector: { service: "compute" },
      tolerations: [
        {
          key: "service",
          operator: "Equal",
          value: "compute",
          effect: "NoSchedule",
        },
      ],
    },
  ],
  ["any node", { kind: "existing" }, {}],
  [
    "nodes that exist",
    {
      kind: "existing",
      nodeSelector: { pool: "nextflow" },
      tolerations: [{ operator: "Exists" }],
    },
    {
      nodeSelector: { pool: "nextflow" },
      tolerations: [{ operator: "Exists" }],
    },
  ],
] as const)("T-21: head pods run on %s", (_name, nodes, spec) => {
  const change = { computeEnv: { nodes } } as unknown as SettingsChange;
  expect(JSON.parse(String(notes(change).headPodSpec))).toEqual({ spec });
});

test.each<[string, SettingsChange["computeEnv"], string]>([
  ["a role", {}, `Assume role ${ROLE}, External ID 5f9c1a52-`],
  [
    "a role of instances",
    {
      launcher: {
        trust: { principalArn: "arn:aws:iam::123456789012:role/platform" },
        externalId: "none",
      },
    },
    `Assume role ${ROLE}, which the role of its instances assumes`,
  ],
  [
    "a user",
    { launcher: { kind: "user", arn: "arn:aws:iam::123456789012:user/tower" } },
    "the access keys of arn:aws:iam::123456789012:user/tower",
  ],
  [
    "a token",
    { launcher: { kind: "none" }, serviceAccountToken: true },
    "the token that token_command prints",
  ],
  ["nobody", { launcher: { kind: "none" } }, "Nobody logs in from outside"],
])("T-15: what to give Platform: %s", (_name, computeEnv, text) => {
  expect(notes({ computeEnv }).launcherPrincipalHint).toContain(text);
});

test("T-13: the token is printed by a command, and is no output", () => {
  expect(notes().tokenCommand).toBeUndefined();
  expect(
    notes({ computeEnv: { serviceAccountToken: true } }).tokenCommand,
  ).toBe(
    "kubectl --namespace tower-nf get secret tower-launcher-token --output go-template='{{.data.token | base64decode}}'",
  );
});

test("T-17: commands ask for what launcher and accounts may do, and say what is answered", () => {
  const { verifyCommands } = notes({ computeEnv: { namespace: "pipelines" } });
  const commands = verifyCommands as string[];
  expect(commands.slice(0, 2)).toEqual([
    "aws eks update-kubeconfig --name pipelines-prod-eks --region eu-central-1",
    "kubectl cluster-info",
  ]);
  const head = "--as=system:serviceaccount:pipelines:tower-launcher-sa";
  for (const who of ["--as=platform --as-group=tower-launcher", head]) {
    for (const resource of ["jobs.batch", "pods/exec", "deployments.apps"])
      expect(commands).toContain(
        `kubectl auth can-i create ${resource} --namespace pipelines ${who} # yes`,
      );
    expect(commands).toContain(
      `kubectl auth can-i get secrets --namespace pipelines ${who} # no`,
    );
    expect(commands).toContain(
      `kubectl auth can-i create pods --namespace default ${who} # no`,
    );
  }
  expect(commands.at(-1)).toBe(
    "kubectl auth can-i create pods --namespace pipelines --as=system:serviceaccount:pipelines:tower-job-sa # no",
  );
});

test("no output is a secret: the external id is an identifier, and nothing else comes close", () => {
  const text = JSON.stringify(
    notesOf(withComputeEnv({ serviceAccountToken: true }), inputs),
  );
  expect(text).not.toMatch(/BEGIN|password|AKIA/i);
});
