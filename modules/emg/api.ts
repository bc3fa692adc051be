import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { type NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { type Construct } from "constructs";
import { createApplication } from "../kubernetes/application";
import { type Dependencies } from "../kubernetes/create-all";
import { createOneShotJob } from "../kubernetes/one-shot-job";
import { type PodProps } from "../kubernetes/pod";
import { sha256 } from "../lib/sha256";
import {
  DATA_FOLDER,
  SETTINGS_FOLDER,
  SITE_SETTINGS,
  configMaps,
} from "./api-config";
import { DEPLOYMENTS, SECRETS, SERVICES, VOLUMES, labelsOf } from "./names";
import { podDefaults, proxied } from "./pods";
import { type Secrets } from "./secrets";
import { type ApiSettings, type EmgSettings } from "./settings/schema";
import { type Files, createVolumes } from "./storage";

/** What the API stands on. */
export interface ApiProps {
  readonly settings: EmgSettings;
  readonly api: ApiSettings;
  readonly secrets: Secrets;
  readonly files: Files;
  readonly namespace: NamespaceV1;
  /** Databases first of all: they are migrated before a new version serves. */
  readonly dependsOn: Dependencies;
}

/** Creates the EMG API: migrations once per image and configuration, then the pods that answer, and the one that works on tasks. */
export function createApi(scope: Construct, props: ApiProps): Dependencies {
  const { settings, api, secrets } = props;
  const configs = configMaps(settings, api);
  const dependsOn = [
    ...props.dependsOn,
    ...createVolumes(scope, settings, props.files, props.namespace),
    ...Object.entries(configs).map(
      ([name, data]) =>
        new ConfigMapV1(scope, name, {
          metadata: {
            name,
            namespace: settings.emg.namespace,
            labels: labelsOf("api"),
          },
          data,
          dependsOn: [...props.dependsOn],
        }),
    ),
  ];
  const pod = podOfApi(settings, api, Object.keys(configs));
  const config = sha256(JSON.stringify(configs));
  const migration = createOneShotJob(scope, "migrate", {
    ...pod,
    labels: labelsOf("jobs"),
    name: "ebi-wp-k8s-hl-emgapi-migrate",
    command: ["python", "manage.py", "migrate", "--noinput"],
    revision: [api.image, config, externalHost(settings)].join(" "),
    backoffLimit: 2,
    deadlineSeconds: 1800,
    dependsOn,
  });
  const running = {
    ...pod,
    checksums: {
      ...proxied(settings).checksums,
      config,
      secrets: secrets.checksums.api ?? "",
    },
    dependsOn: [...dependsOn, migration],
  };
  return [
    ...createApplication(scope, "api", {
      ...running,
      ...answering(api),
    }).dependsOn,
    ...(api.taskWorker
      ? createApplication(scope, "tasks", {
          ...running,
          name: DEPLOYMENTS.tasks,
          labels: labelsOf("tasks"),
          command: ["python", "manage.py", "db_worker"],
          recreate: true,
        }).dependsOn
      : []),
  ];
}

/** Another database of the operator's is migrated too; one that is made here keeps its name. */
const externalHost = ({ emg: { database } }: EmgSettings): string =>
  database.kind === "external" ? database.host : "";

/** What all pods of the application have. */
const podOfApi = (
  settings: EmgSettings,
  api: ApiSettings,
  configs: readonly string[],
): PodProps => {
  const pod = podDefaults(settings, "api");
  return {
    ...pod,
    pullSecrets: [
      ...(api.pullSecret === undefined ? [] : [SECRETS.pull]),
      ...pod.pullSecrets,
    ],
    name: DEPLOYMENTS.api,
    image: api.image,
    envFrom: {
      secrets: [SECRETS.api],
      configMaps: [
        ...configs.filter((name) => name !== SITE_SETTINGS),
        ...proxied(settings).configMaps,
      ],
    },
    fieldEnv: { POD_IP: "status.podIP" },
    cpu: api.cpu,
    memory: api.memory,
    user: api.user,
    readOnlyRoot: api.readOnlyRoot,
    volumes: [
      {
        name: "settings",
        mountPath: SETTINGS_FOLDER,
        readOnly: true,
        source: { configMap: SITE_SETTINGS },
      },
      {
        name: "data",
        mountPath: DATA_FOLDER,
        source: { claim: VOLUMES.data.claim },
      },
      ...(api.storage.results
        ? [
            {
              name: "results",
              mountPath: "/results",
              readOnly: true,
              source: { claim: VOLUMES.results.claim },
            },
          ]
        : []),
      { name: "tmp", mountPath: "/tmp", source: { emptyDir: "1Gi" } },
    ],
  };
};

/** What the pods have that answer. Django refuses a host that is not its own, also of the kubelet. */
function answering(api: ApiSettings) {
  const { name: service, port } = SERVICES.api;
  const health = {
    path: api.healthPath,
    port,
    host: api.host,
    timeoutSeconds: 5,
  };
  return {
    command: [
      ...["gunicorn", "--bind", `:${port}`],
      ...["--workers", String(api.gunicornWorkers), "emgapiv2.wsgi"],
    ],
    replicas: api.replicas,
    port,
    service,
    probes: {
      startup: { ...health, periodSeconds: 5, failureThreshold: 60 },
      readiness: health,
      liveness: { ...health, failureThreshold: 6 },
    },
    // The load balancer stops sending meanwhile.
    preStop: ["/bin/sh", "-c", "sleep 15"],
  };
}
