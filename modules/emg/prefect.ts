import { type Construct } from "constructs";
import { type Application, createApplication } from "../kubernetes/application";
import { DEPLOYMENTS, SECRETS, SERVICES } from "./names";
import { type PartInputs, podDefaults, proxied } from "./pods";
import { type EmgSettings } from "./settings/schema";

const HOME = "/home/prefect";
const UI = "/ui_build";

/** Variables of a Secret have the names of its keys. */
const DATABASE_URL = "PREFECT_API_DATABASE_CONNECTION_URL";
const PASSWORD = "PREFECT_SERVER_API_AUTH_STRING";

/**
 * Creates Prefect's server (https://docs.prefect.io/v3/advanced/self-hosted). It runs once: several need a Redis. It writes to
 * its volumes only, and keeps nothing there.
 */
export function createPrefect(
  scope: Construct,
  { settings, secrets, dependsOn }: PartInputs,
): Application {
  const { images, prefect } = settings.emg;
  const { port, name: service } = SERVICES.prefect;
  const proxy = downloads(settings) ? proxied(settings) : undefined;
  return createApplication(scope, "prefect", {
    ...podDefaults(settings, "prefect"),
    name: DEPLOYMENTS.prefect,
    service,
    port,
    image: images.prefect,
    command: ["/usr/bin/tini", "-g", "--", "/opt/prefect/entrypoint.sh"],
    args: ["prefect", "server", "start"],
    env: environment(settings),
    envFrom: { configMaps: proxy?.configMaps ?? [] },
    secretEnv: secretVariables(settings),
    cpu: prefect.cpu,
    memory: prefect.memory,
    user: { uid: 1001, gid: 1001 },
    volumes: [
      { name: "home", mountPath: HOME, source: { emptyDir: "1Gi" } },
      { name: "tmp", mountPath: "/tmp", source: { emptyDir: "1Gi" } },
      { name: "ui", mountPath: UI, source: { emptyDir: "256Mi" } },
    ],
    probes: {
      // Five minutes: it migrates its database first, and may download packages.
      startup: {
        path: "/api/health",
        port,
        periodSeconds: 5,
        failureThreshold: 60,
      },
      liveness: { path: "/api/health", port },
      // 503 while the database is away.
      readiness: { path: "/api/ready", port },
    },
    recreate: true,
    checksums: { ...proxy?.checksums, secret: secrets.checksums.prefect ?? "" },
    dependsOn,
  });
}

const downloads = ({ emg }: EmgSettings) =>
  emg.prefect.extraPipPackages.length > 0;

/** Variables that are not secret (https://docs.prefect.io/v3/api-ref/settings-ref). */
function environment(settings: EmgSettings): Record<string, string> {
  const { auth, ingress, prefect } = settings.emg;
  const { port } = SERVICES.prefect;
  const url = `https://${prefect.host}`;
  return {
    HOME,
    // Of commands in the pod; the server itself asks nobody.
    PREFECT_API_URL: `http://127.0.0.1:${port}/api`,
    PREFECT_UI_URL: url,
    PREFECT_UI_API_URL: `${url}/api`,
    PREFECT_UI_STATIC_DIRECTORY: UI,
    PREFECT_SERVER_API_HOST: "0.0.0.0",
    // Who closes first must be the load balancer: else it sends into a connection that is closing, and answers 502.
    PREFECT_SERVER_API_KEEPALIVE_TIMEOUT: String(
      ingress.idleTimeoutSeconds + 10,
    ),
    // The session is a cookie, which a page of another site could use. A password is sent by who knows it.
    PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED: String(
      auth.mode === "oauth2-proxy",
    ),
    // Off by default: whoever follows a run would connect, and be told nothing.
    PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED: "true",
    PREFECT_SERVER_LOGS_STREAM_PUBLISHING_ENABLED: "true",
    PREFECT_SERVER_ANALYTICS_ENABLED: "false",
    PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT: "false",
    PREFECT_LOCAL_STORAGE_PATH: `${HOME}/storage`,
    PREFECT_LOGGING_LEVEL: prefect.logLevel,
    PREFECT_SERVER_LOGGING_LEVEL: prefect.logLevel,
    ...(downloads(settings) && {
      EXTRA_PIP_PACKAGES: prefect.extraPipPackages.join(" "),
    }),
  };
}

/** The database, and with prefect-basic the password: of the server, and of commands in the pod. */
function secretVariables({ emg: { auth } }: EmgSettings) {
  const key = (name: string) => ({ secret: SECRETS.prefect, key: name });
  return {
    [DATABASE_URL]: key(DATABASE_URL),
    ...(auth.mode === "prefect-basic" && {
      [PASSWORD]: key(PASSWORD),
      PREFECT_API_AUTH_STRING: key(PASSWORD),
    }),
  };
}
