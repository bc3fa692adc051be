import { type StackJson } from "../../../../tools/audit/graph";
import { placePod } from "../../../../tools/lab/twin/places";
import { podOf } from "../../../../tools/lab/twin/pods";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const spec = {
  volume: [
    { name: "config", config_map: { name: "settings" } },
    { name: "passwords", secret: { secret_name: "keys" } },
    { name: "tmp", empty_dir: { size_limit: "64Mi" } },
  ],
  container: [
    {
      image: "example.org/server:1",
      command: ["/init", "server"],
      args: ["--listen=0.0.0.0:80", "--upstream=http://other:4200"],
      env: [
        { name: "PLAIN", value: "1" },
        {
          name: "PASSWORD",
          value_from: { secret_key_ref: { name: "keys", key: "password" } },
        },
      ],
      env_from: [
        { config_map_ref: { name: "settings" } },
        { secret_ref: { name: "keys" } },
      ],
      volume_mount: [
        { name: "config", mount_path: "/etc/server" },
        { name: "passwords", mount_path: "/etc/keys" },
        { name: "tmp", mount_path: "/tmp" },
      ],
    },
  ],
};

const named = (name: string, rest: object) => ({
  metadata: { name },
  ...rest,
});

const stackOf = (keys: Record<string, string>): StackJson => ({
  resource: {
    kubernetes_deployment_v1: {
      a: named("server", { spec: { template: { spec } } }),
    },
    kubernetes_job_v1: {
      b: named("init-${local.hash}", { spec: { template: { spec } } }),
    },
    kubernetes_config_map_v1: {
      c: named("settings", { data: { "a.conf": "pid /tmp/a;" } }),
    },
    kubernetes_secret_v1: { d: named("keys", { data_wo: keys }) },
  },
});
const stack = stackOf({ password: "${ephemeral.x}" });

test("a pod has the command, variables and files that a kubelet would give it", () => {
  expect(podOf(stack, "deployment", "server")).toEqual({
    name: "server",
    image: "example.org/server:1",
    command: [
      ...["/init", "server"],
      ...["--listen=0.0.0.0:80", "--upstream=http://other:4200"],
    ],
    env: {
      "a.conf": "pid /tmp/a;",
      password: "${ephemeral.x}",
      PLAIN: "1",
      PASSWORD: "${ephemeral.x}",
    },
    mounts: [
      { path: "/etc/server", files: { "a.conf": "pid /tmp/a;" } },
      { path: "/etc/keys", files: { password: "${ephemeral.x}" } },
      { path: "/tmp", files: {} },
    ],
  });
});

test("a Job is found by the beginning of its name, a Deployment by the whole", () => {
  expect(podOf(stack, "job", "init").image).toBe("example.org/server:1");
  expect(() => podOf(stack, "deployment", "serv")).toThrow(
    "no deployment serv in the stack",
  );
});

test("a variable of a key that the Secret does not have is no empty text", () => {
  expect(() => podOf(stackOf({}), "deployment", "server")).toThrow(
    "PASSWORD: Secret keys has no key password",
  );
});

test("addresses and folders of this machine take the place of the cluster's, in arguments and files, once", () => {
  const root = mkdtempSync(join(tmpdir(), "twin-"));
  const placed = placePod(podOf(stack, "deployment", "server"), root, {
    "0.0.0.0": "127.0.0.1",
    "0.0.0.0:80": "127.0.0.1:4200",
    "other:4200": "127.0.0.1:5000",
  });
  expect(placed.command.slice(2)).toEqual([
    "--listen=127.0.0.1:4200",
    "--upstream=http://127.0.0.1:5000",
  ]);
  expect(readFileSync(join(root, "etc/server/a.conf"), "utf8")).toBe(
    `pid ${root}/tmp/a;`,
  );
  expect(placed.changes).toContain("other:4200 → 127.0.0.1:5000");
  expect(placed.folders.get("/tmp")).toBe(join(root, "tmp"));
  rmSync(root, { recursive: true });
});
