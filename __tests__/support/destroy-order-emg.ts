import { type Pair } from "./destroy-order-delivery";

const INGRESS = /^kubernetes_ingress_v1\./;
const INGRESS_CLASS = /^kubernetes_ingress_class_v1\./;
const PARAMS = /^helm_release\.ingress-class-params$/;
const SERVICE = /^kubernetes_service_v1\./;
const PROGRAMS = /^kubernetes_deployment_v1\./;
const API = /^kubernetes_deployment_v1\.deployment-(api|tasks)$/;
const MIGRATION = /^kubernetes_job_v1\.job-migrate$/;
const DATABASES = /^kubernetes_job_v1\.job-databases$/;
const CLAIM = /^kubernetes_persistent_volume_claim_v1\./;
const VOLUME = /^kubernetes_persistent_volume_v1\./;

/** The order inside the stack `emg`, of which a deployment takes the reverse. */
export const EMG_DESTROY_ORDER: readonly Pair[] = [
  [
    /^aws_route53_record\.record-/,
    /\.ingress-prefect$/,
    "no name for what is gone",
  ],
  [INGRESS, INGRESS_CLASS, "without its class an Ingress cannot be finalized"],
  [INGRESS_CLASS, PARAMS, "a class has its parameters to its end"],
  [
    PARAMS,
    /^aws_s3_bucket(_policy)?\./,
    "logs are written as long as there is a load balancer",
  ],
  [INGRESS, SERVICE, "without its Service an Ingress cannot be finalized"],
  [INGRESS, PROGRAMS, "nobody is sent to what is gone"],
  [
    /\.deployment-(login|gateway)$/,
    /\.service-prefect$/,
    "nginx asks for the address of the Service once, when it starts",
  ],
  [API, MIGRATION, "no version serves a database that is not its own"],
  [MIGRATION, DATABASES, "migrations need the database and its owner"],
  [PROGRAMS, DATABASES, "programs log in to what was made for them"],
  [
    DATABASES,
    /^kubernetes_(secret|config_map)_v1\.(emg-db-init|databases-files)$/,
    "the Job reads its passwords",
  ],
  [
    PROGRAMS,
    /^kubernetes_(secret|network_policy)_v1\./,
    "pods have their passwords, and their closed ports, to their end",
  ],
  [
    DATABASES,
    /^aws_(db_instance|vpc_security_group_ingress_rule)\.postgres_/,
    "the Job reaches the database",
  ],
  [API, CLAIM, "pods hold their claims"],
  [MIGRATION, CLAIM, "pods hold their claims"],
  [
    VOLUME,
    /^aws_efs_(mount_target|file_system_policy|access_point)\./,
    "no mount outlives its file system",
  ],
];
