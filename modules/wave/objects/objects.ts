import { type ConfigMapV1Config } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { type CronJobV1Config } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import { type DeploymentV1Config } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { type HorizontalPodAutoscalerV2Config } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import { type IngressV1Config } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { type LimitRangeV1Config } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { type NamespaceV1Config } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { type NetworkPolicyV1Config } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { type PersistentVolumeClaimV1Config } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import { type PersistentVolumeV1Config } from "@cdktf/provider-kubernetes/lib/persistent-volume-v1";
import { type PodDisruptionBudgetV1Config } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { type ResourceQuotaV1Config } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { type RoleBindingV1Config } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { type RoleV1Config } from "@cdktf/provider-kubernetes/lib/role-v1";
import { type ServiceAccountV1Config } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { type ServiceV1Config } from "@cdktf/provider-kubernetes/lib/service-v1";
import { type NetworkFacts } from "../../core/network-facts";
import { type DataOutputs } from "../../contracts/data";
import { type IdentityOutputs } from "../../contracts/identity";
import { type NetworkOutputs } from "../../contracts/network";
import { type Document } from "../../lib/template";

/** Values from other stacks and resources that the objects hold. */
export interface WaveInputs {
  readonly data: DataOutputs;
  readonly identity: IdentityOutputs;
  readonly network: NetworkFacts;
  /** Subnets that the load balancer may stand in, by zone letter. */
  readonly subnets: Pick<
    NetworkOutputs,
    "publicSubnetIds" | "privateSubnetIds"
  >;
  /** SHA-256 of the rendered `config.yml`: an annotation that restarts Wave when it changes. */
  readonly configChecksum: string;
  /** Hash of the versions of Wave's secrets, never of their values. */
  readonly secretsChecksum: string;
  /** The same of SurrealDB's; empty on the current line. */
  readonly surrealChecksum: string;
}

/** Kinds that several parts of Wave contribute to; keyed by `metadata.name`. */
export interface WaveParts {
  readonly serviceAccounts: Readonly<Record<string, ServiceAccountV1Config>>;
  readonly roles: Readonly<Record<string, RoleV1Config>>;
  readonly roleBindings: Readonly<Record<string, RoleBindingV1Config>>;
  readonly volumes: Readonly<Record<string, PersistentVolumeV1Config>>;
  readonly claims: Readonly<Record<string, PersistentVolumeClaimV1Config>>;
  readonly deployments: Readonly<Record<string, DeploymentV1Config>>;
  readonly services: Readonly<Record<string, ServiceV1Config>>;
  readonly cronJobs: Readonly<Record<string, CronJobV1Config>>;
  readonly networkPolicies: Readonly<Record<string, NetworkPolicyV1Config>>;
}

/**
 * Every typed Kubernetes object of Wave as plain data, keyed by `metadata.name` where there are several.
 * Made by `waveObjects` in `wave-objects.ts`, and created by `createWave` in `wave.ts`.
 */
export interface WaveObjects extends WaveParts {
  /** Parsed `config.yml`, filled; Micronaut's own `${…}` are escaped as `$${…}`. */
  readonly configFile: Document;
  /** ConfigMap with `configFile` as text, and on the classic line with our log configuration if Redis has a password. */
  readonly configMap: ConfigMapV1Config;
  readonly namespaces: Readonly<Record<string, NamespaceV1Config>>;
  /** Of the build namespace; absent with `wave.mode: lite`. */
  readonly quota?: ResourceQuotaV1Config;
  /** Of the build namespace; absent with `wave.mode: lite`. */
  readonly limitRange?: LimitRangeV1Config;
  readonly disruptionBudget: PodDisruptionBudgetV1Config;
  /** Of the build namespace; absent where nothing removes nodes. */
  readonly buildDisruptionBudget?: PodDisruptionBudgetV1Config;
  readonly ingress: IngressV1Config;
  /** Absent without `wave.autoscaling`. */
  readonly autoscaler?: HorizontalPodAutoscalerV2Config;
}
