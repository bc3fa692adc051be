import { createPrefect } from "../../modules/emg/prefect";
import { BASIC, PROXY, synthPart } from "../support/emg-parts";
import { type SettingsChange } from "../support/settings";

const prefect = (change: SettingsChange = {}) =>
  synthPart(createPrefect, change);
const variables = (change?: SettingsChange) =>
  prefect(change).container.variables;
const ofSecret = (key: string) => ({
  secret_key_ref: { name: "prefect-server-secret", key },
});

const PACKAGES: SettingsChange = {
  emg: { prefect: { extraPipPackages: ["nextflowpy==0.13.1", "x[cli]==1.0"] } },
};

test("E-22: people and workers find the server by https, and commands in its pod by the pod", () => {
  const { container } = prefect();
  expect(container.variables).toMatchObject({
    PREFECT_UI_URL: "https://prefect.emg.example.org",
    PREFECT_UI_API_URL: "https://prefect.emg.example.org/api",
    PREFECT_API_URL: "http://127.0.0.1:4200/api",
    PREFECT_SERVER_API_HOST: "0.0.0.0",
  });
  expect(container).toMatchObject({
    image: "docker.io/prefecthq/prefect:3.8.3-python3.12",
    command: ["/usr/bin/tini", "-g", "--", "/opt/prefect/entrypoint.sh"],
    args: ["prefect", "server", "start"],
    port: [{ container_port: 4200 }],
  });
  // Checks of TLS are never switched off.
  expect(container.variables).not.toHaveProperty("PYTHONHTTPSVERIFY");
  expect(container.variables).not.toHaveProperty("CURL_CA_BUNDLE");
});

test("E-22: the server keeps a connection longer than the load balancer, which so closes it first", () => {
  const timeout = (idleTimeoutSeconds: number) =>
    variables({ emg: { ingress: { idleTimeoutSeconds } } })
      .PREFECT_SERVER_API_KEEPALIVE_TIMEOUT;
  expect(timeout(120)).toBe("130");
  expect(timeout(4000)).toBe("4010");
});

test("E-83: a session of the browser cannot be used by another site; with prefect-basic the password is asked of everybody", () => {
  const csrf = "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED";
  expect(variables()).toMatchObject({ [csrf]: "true" });
  expect(variables()).not.toHaveProperty("PREFECT_SERVER_API_AUTH_STRING");
  expect(variables(BASIC)).toMatchObject({
    [csrf]: "false",
    PREFECT_SERVER_API_AUTH_STRING: ofSecret("PREFECT_SERVER_API_AUTH_STRING"),
    // Of commands in the pod.
    PREFECT_API_AUTH_STRING: ofSecret("PREFECT_SERVER_API_AUTH_STRING"),
  });
});

test("E-22: the address of the database comes from a Secret, and another one restarts the server", () => {
  const { container, checksums } = prefect();
  const key = "PREFECT_API_DATABASE_CONNECTION_URL";
  expect(container.variables[key]).toEqual(ofSecret(key));
  expect(checksums).toEqual({ "checksum/secret": "p" });
});

test("E-31, E-85: the server is ready when its database is, and lives while it answers: with a password too, which neither path asks", () => {
  for (const change of [{}, BASIC])
    expect(prefect(change).container).toMatchObject({
      startup_probe: { http_get: { path: "/api/health", port: "4200" } },
      liveness_probe: { http_get: { path: "/api/health" } },
      readiness_probe: { http_get: { path: "/api/ready" } },
    });
});

test("E-31, E-84: one server at a time, which is not root and writes to its volumes only", () => {
  const { deployment, pod, container } = prefect();
  expect(deployment.spec).toMatchObject({
    replicas: "1",
    strategy: { type: "Recreate" },
  });
  expect(pod.security_context).toMatchObject({
    run_as_non_root: true,
    run_as_user: "1001",
    run_as_group: "1001",
  });
  expect(container.security_context).toMatchObject({
    read_only_root_filesystem: true,
  });
  const folders = (container.volume_mount as { mount_path: string }[]).map(
    ({ mount_path: path }) => path,
  );
  // What its variables name is in a volume.
  const { HOME, PREFECT_UI_STATIC_DIRECTORY, PREFECT_LOCAL_STORAGE_PATH } =
    container.variables;
  expect(folders).toEqual([HOME, "/tmp", PREFECT_UI_STATIC_DIRECTORY]);
  expect(PREFECT_LOCAL_STORAGE_PATH).toBe(`${String(HOME)}/storage`);
});

test("E-22: who follows a run by WebSocket is sent its log, which Prefect keeps to itself by default", () => {
  expect(variables()).toMatchObject({
    PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED: "true",
    PREFECT_SERVER_LOGS_STREAM_PUBLISHING_ENABLED: "true",
  });
});

test("E-22: the log has the level of the settings, and the server sends nothing home", () => {
  expect(variables({ emg: { prefect: { logLevel: "DEBUG" } } })).toMatchObject({
    PREFECT_LOGGING_LEVEL: "DEBUG",
    PREFECT_SERVER_LOGGING_LEVEL: "DEBUG",
    PREFECT_SERVER_ANALYTICS_ENABLED: "false",
  });
});

test("E-20, E-22: packages are downloaded where they are asked for, through the proxy where there is one", () => {
  expect(variables()).not.toHaveProperty("EXTRA_PIP_PACKAGES");
  expect(variables(PACKAGES).EXTRA_PIP_PACKAGES).toBe(
    "nextflowpy==0.13.1 x[cli]==1.0",
  );
  const through = (change: SettingsChange) =>
    prefect(change).container.env_from ?? [];
  expect(through(PROXY)).toEqual([]);
  expect(through(PACKAGES)).toEqual([]);
  expect(through({ ...PROXY, ...PACKAGES })).toEqual([
    { config_map_ref: { name: "proxy-config" } },
  ]);
});
