import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createGateway } from "../../modules/emg/gateway";
import { SERVICES, WORKERS_PATH } from "../../modules/emg/names";
import { projectFile } from "../../modules/lib/project-file";
import { synthPart } from "../support/emg-parts";
import { onlyResource } from "../support/synth";

const gateway = () => synthPart(createGateway);
const config = readFileSync(
  projectFile("manifests", "emg", "nginx.conf"),
  "utf8",
);

/** Directives of each location, by what the location says. */
const locations = new Map(
  [...config.matchAll(/^ {4}location ([^{]*?) \{\n([^}]*)\}/gm)].map(
    ([, location = "", body = ""]) => [
      location,
      body
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "" && !line.startsWith("#")),
    ],
  ),
);

test("E-54, E-84: two pods start nginx itself with the file of the ConfigMap, and not the image's entrypoint, which writes to its root", () => {
  const { json, container, deployment, pod } = gateway();
  expect(deployment.spec.replicas).toBe("2");
  expect(container.command?.at(0)).toBe("nginx");
  expect(container.security_context).toMatchObject({
    read_only_root_filesystem: true,
  });
  expect(pod.security_context).toMatchObject({ run_as_user: "101" });
  const mounts = container.volume_mount as { mount_path: string }[];
  const folders = mounts.map(({ mount_path: path }) => path);
  // What nginx writes, and what it reads.
  const paths = [
    ...[...config.matchAll(/(?:_temp_path|pid|_file) (\/[^;]+);/g)].map(
      ([, path = ""]) => path,
    ),
    container.command?.at(-1) ?? "",
  ];
  expect(paths).toHaveLength(8);
  for (const path of paths)
    expect(folders.some((folder) => path.startsWith(`${folder}/`))).toBe(true);
  const map = onlyResource(json, "kubernetes_config_map_v1");
  expect(map).toMatchObject({ data: { "nginx.conf": config } });
});

test("E-54: passwords of workers are a file of a Secret that the group of nginx reads; another version makes new pods", () => {
  const { pod, container, checksums } = gateway();
  const volumes = pod.volume as { secret?: unknown }[];
  expect(volumes.map(({ secret }) => secret).filter(Boolean)).toEqual([
    { secret_name: "prefect-workers-basic-auth", default_mode: "0440" },
  ]);
  expect(pod.security_context).toMatchObject({ fs_group: "101" });
  expect(container.variables).toEqual({});
  expect(checksums).toMatchObject({
    "checksum/workers": "w",
    // Of the file itself: an expression of Terraform's around its quotes would not be read.
    "checksum/config": createHash("sha256").update(config).digest("hex"),
  });
});

test("E-54: one path leads to Prefect, asks for a password, and keeps it", () => {
  const { name, port } = SERVICES.prefect;
  for (const [location, directives] of locations) {
    const leads = directives.some((one) => one.startsWith("proxy_pass"));
    expect([location, leads]).toEqual([
      location,
      location === `${WORKERS_PATH}/`,
    ]);
  }
  expect(locations.get(`${WORKERS_PATH}/`)).toEqual(
    expect.arrayContaining([
      'auth_basic "Authentication Required";',
      "auth_basic_user_file /etc/workers/auth;",
      `proxy_pass http://${name}:${port}/api/;`,
      'proxy_set_header Authorization "";',
      "proxy_set_header Upgrade $http_upgrade;",
      "proxy_set_header Connection $connection_upgrade;",
    ]),
  );
});

test("E-54: the path of workers without its slash, and every other one, is not found; no password stands in the log", () => {
  expect(locations.get(`= ${WORKERS_PATH}`)).toEqual(["return 404;"]);
  expect(locations.get("/")).toEqual(["return 404;"]);
  expect(config).toContain("server_tokens off;");
  expect(config).toMatch(/log_format workers '[^']*\$worker[^']*';/);
  expect(config).not.toMatch(/\$http_authorization/);
});

test("E-54: the kubelet asks the port of the server, at a path that asks for no password", () => {
  const { container } = gateway();
  const probe = { http_get: { path: "/healthz", port: "8080" } };
  expect(container).toMatchObject({
    readiness_probe: probe,
    liveness_probe: probe,
  });
  expect(config).toContain(`listen ${SERVICES.gateway.port};`);
  expect(locations.get("= /healthz")).toContain('return 200 "ok\\n";');
});

test("E-54, E-60: who is refused is not named in a log, because some send their password as their name", () => {
  expect(config).toMatch(/map \$status \$worker \{\s+401\s+-;/);
  expect(config).not.toMatch(/log_format[^;]*\$remote_user/);
  expect(locations.get(`${WORKERS_PATH}/`)).toContain("error_log stderr crit;");
});
