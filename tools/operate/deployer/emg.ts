import { databaseLogGroups } from "../../../modules/emg/key";
import {
  accessLogsBucketName,
  hostsOf,
  zoneIdOf,
} from "../../../modules/emg/names";
import { type EmgSettings } from "../../../modules/emg/settings/schema";
import { type Settings, hasEmg } from "../../../modules/schema";

/** What Prefect and the EMG API have that the deployer makes by name. */
export interface EmgParts {
  readonly buckets: readonly string[];
  readonly logGroups: readonly string[];
  readonly zones: readonly string[];
  readonly records: readonly string[];
  readonly hasCertificate: boolean;
  readonly hasFiles: boolean;
  readonly hasPostgres: boolean;
}

const NONE: EmgParts = {
  buckets: [],
  logGroups: [],
  zones: [],
  records: [],
  hasCertificate: false,
  hasFiles: false,
  hasPostgres: false,
};

/** The parts of an environment; none without the section. */
export const emgPartsOf = (settings: Settings): EmgParts =>
  hasEmg(settings) ? partsOf(settings) : NONE;

function partsOf(settings: EmgSettings): EmgParts {
  const { api, certificateArn, database, ingress } = settings.emg;
  const zone = zoneIdOf(settings);
  const hasPostgres = database.kind === "rds";
  const hosts = hostsOf(settings);
  const hasCertificate = certificateArn === undefined;
  const proofs = hasCertificate ? hosts.map((host) => `_*.${host}`) : [];
  return {
    buckets: ingress.accessLogs
      ? [`arn:aws:s3:::${accessLogsBucketName(settings)}`]
      : [],
    logGroups: databaseLogGroups(settings),
    zones: zone === undefined ? [] : [zone],
    records: zone === undefined ? [] : [...hosts, ...proofs],
    hasCertificate,
    hasFiles: api !== undefined,
    hasPostgres,
  };
}
