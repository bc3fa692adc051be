import { exampleSettings } from "../support/settings";
import { type StackJson, synthApp } from "../support/synth";

const terraformOf = (stack: StackJson | undefined) =>
  stack?.terraform as { backend?: Record<string, unknown>; cloud?: unknown };

const remoteStateOf = (stack: StackJson | undefined, producer: string) =>
  stack?.data?.terraform_remote_state?.[producer];

describe("backend s3", () => {
  const stacks = synthApp();

  test("native lock file, one key per stack", () => {
    expect(terraformOf(stacks.data).backend?.s3).toEqual({
      bucket: "wave-prod-state-123456789012",
      key: "wave/prod/data.tfstate",
      region: "eu-central-1",
      use_lockfile: true,
    });
  });

  test("encrypted with the bucket's key, or with the key of the settings", () => {
    const kmsKeyArn =
      "arn:aws:kms:eu-central-1:123456789012:key/8a0b1c2d-3e4f-4a5b-8c6d-7e8f9a0b1c2d";
    const { network } = synthApp(
      exampleSettings({
        backend: { kind: "s3", bucket: "team-state", kmsKeyArn },
      }),
    );
    expect(terraformOf(network).backend?.s3).toMatchObject({
      encrypt: true,
      kms_key_id: kmsKeyArn,
    });
    // `encrypt` without a key asks S3 for SSE-S3 and so switches the bucket's own key off.
    expect(terraformOf(stacks.network).backend?.s3).not.toHaveProperty(
      "encrypt",
    );
  });

  test("a consumer reads where the producer writes", () => {
    const written = terraformOf(stacks.network).backend?.s3 as { key: string };
    const read = remoteStateOf(stacks.data, "network");
    expect(read).toMatchObject({ backend: "s3", config: { key: written.key } });
  });

  test("keyPrefix and region of the bucket by setting", () => {
    const { network } = synthApp(
      exampleSettings({
        backend: {
          kind: "s3",
          bucket: "team-state",
          keyPrefix: "platform/wave",
          region: "eu-west-1",
        },
      }),
    );
    expect(terraformOf(network).backend?.s3).toMatchObject({
      bucket: "team-state",
      key: "platform/wave/network.tfstate",
      region: "eu-west-1",
    });
  });
});

describe("by a role", () => {
  const stateRole = {
    roleArn: "arn:aws:iam::210987654321:role/team/terraform-state",
    externalId: "wave:prod",
  };
  const deployer = "arn:aws:iam::123456789012:role/wave-deployer";
  const stacks = synthApp(
    exampleSettings({
      backend: { kind: "s3", bucket: "central", assumeRole: stateRole },
      access: { assumeRole: { roleArn: deployer } },
    }),
  );
  const names = Object.keys(stacks);

  test.each(names)("%s: its state, and every state that it reads", (name) => {
    const assumed = {
      role_arn: stateRole.roleArn,
      external_id: stateRole.externalId,
    };
    expect(terraformOf(stacks[name]).backend?.s3).toMatchObject({
      assume_role: assumed,
    });
    for (const read of Object.values(
      stacks[name]?.data?.terraform_remote_state ?? {},
    ))
      expect(read.config).toMatchObject({
        bucket: "central",
        assume_role: assumed,
      });
  });

  test.each(names)("%s: AWS is asked as the deployer", (name) => {
    expect(stacks[name]?.provider?.aws).toMatchObject([
      {
        assume_role: [{ role_arn: deployer }],
        allowed_account_ids: ["123456789012"],
      },
    ]);
  });

  test("and so is Kubernetes, by both providers", () => {
    const { kubernetes, helm } = stacks.workloads?.provider ?? {};
    for (const exec of [
      (kubernetes?.[0]?.exec as unknown[])[0],
      (helm?.[0]?.kubernetes as { exec: unknown }).exec,
    ])
      expect((exec as { args: string[] }).args.slice(-2)).toEqual([
        "--role-arn",
        deployer,
      ]);
  });

  test("no role where none is written", () => {
    const { workloads } = synthApp();
    expect(
      JSON.stringify([
        workloads?.terraform,
        workloads?.data,
        workloads?.provider,
      ]).match(/"assume_role"|--role-arn/),
    ).toBeNull();
  });
});

test("backend cloud uses one named workspace per stack, and readers name the same", () => {
  const stacks = synthApp(
    exampleSettings({
      backend: {
        kind: "cloud",
        organization: "acme",
        project: "wave",
      },
    }),
  );
  expect(terraformOf(stacks.network).cloud).toEqual({
    organization: "acme",
    workspaces: { name: "wave-prod-network", project: "wave" },
  });
  expect(remoteStateOf(stacks.data, "network")).toMatchObject({
    backend: "remote",
    config: {
      organization: "acme",
      workspaces: { name: "wave-prod-network" },
    },
  });
});

test("local state is relative and outside the output folder", () => {
  const stacks = synthApp(exampleSettings({ backend: { kind: "local" } }));
  const local = terraformOf(stacks.network).backend?.local as { path: string };
  expect(local.path).toMatch(
    /^\.\.\/\.\.\/\.\.\/.*\.state\/wave-prod\/network\.tfstate$/,
  );
  expect(remoteStateOf(stacks.data, "network")).toMatchObject({
    config: { path: local.path },
  });
});
