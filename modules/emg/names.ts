import { type CoreSettings } from "../core/settings/schema";
import { objectLabels } from "../kubernetes/labels";
import { type NameParts, namesOf } from "../lib/names";
import { type EmgSettings } from "./settings/schema";

// Names of the deployment that this one continues: scripts and people of the EMG team know them.

/** Deployments. The label `app` of each is in `APPS`. */
export const DEPLOYMENTS = {
  api: "emgapiv2-app",
  tasks: "emgapiv2-tasks",
  prefect: "prefect-server",
  login: "oauth2-proxy",
  gateway: "prefect-worker-gateway",
} as const;

/** Label `app` of the pods of each. */
export const APPS = {
  api: "emgapi",
  tasks: "emgapi-tasks",
  prefect: "prefect-server",
  login: "oauth2-proxy",
  gateway: "prefect-worker-gateway",
  jobs: "emg-job",
} as const;

/** Services, and the port that each shares with its pods. */
export const SERVICES = {
  api: { name: "emgapiv2", port: 8000 },
  prefect: { name: "prefect-server", port: 4200 },
  login: { name: "prefect-via-oauth", port: 4180 },
  gateway: { name: "prefect-worker-gateway", port: 8080 },
} as const;

/** Secrets. */
export const SECRETS = {
  api: "emgapi-secret",
  prefect: "prefect-server-secret",
  databases: "emg-db-init",
  pull: "quay-pull-secret",
  github: "github-oauth-secret",
  cookie: "oauth2-proxy-cookie-secret",
  workers: "prefect-workers-basic-auth",
} as const;

/** Volume and claim of each folder. */
export const VOLUMES = {
  data: { volume: "emgapi-vol-nfs", claim: "emgapi-volume-claim-3" },
  results: {
    volume: "emgapi-vol-nfs-services",
    claim: "emgapi-services-volume-claim-1",
  },
} as const;

/** Databases, and the user that owns each. */
export const DATABASES = { api: "emgapi", prefect: "prefect" } as const;

/** Class of the Ingresses, and the label of the namespace that may use it. */
export const INGRESS_CLASS = "emg";
export const EMG_LABEL = { emg: "true" } as const;

/** Last part of the name of the PostgreSQL that is made here. */
export const POSTGRES = "emg-postgres";

/** Path at which workers have the API of Prefect. */
export const WORKERS_PATH = "/workers/api";

/** Name of what stands in AWS: key, file system, database. */
export const storageName = (parts: NameParts): string =>
  namesOf(parts).of("emg");

/** Name of the load balancer: unique in account and region, at most 32 characters. */
export const loadBalancerName = (settings: CoreSettings): string =>
  namesOf(settings).of("emg", 32);

/** Bucket of its access logs: unique among all of AWS, at most 63 characters. */
export const accessLogsBucketName = (settings: CoreSettings): string =>
  namesOf(settings).of(`emg-logs-${settings.accountId}`, 63);

/** Id of the zone that holds the hosts; undefined where nobody writes to one. */
export const zoneIdOf = ({ emg, dns }: EmgSettings): string | undefined =>
  emg.hostedZoneId ?? dns.hostedZoneId;

/** Hosts, of which the API's is there with the API only. */
export const hostsOf = ({ emg }: EmgSettings): string[] => [
  emg.prefect.host,
  ...(emg.api ? [emg.api.host] : []),
];

/** Labels of the objects. */
export const labelsOf = (component: keyof typeof APPS) =>
  objectLabels({ app: APPS[component], component, partOf: "emg" });
