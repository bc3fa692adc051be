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
